// What the host reads of an OpenKB folder, which may come from somebody else: the list of
// documents, the pages of a long one, the record of an export, and links to pictures in Markdown.
// The first byte says which of them the rest is.
#include <optional>

#include "frame/require.h"
#include "model/layout.h"
#include "openkb/json.h"
#include "openkb/picture_links.h"

namespace {

using namespace sluice;
using sluice::fuzz::require;

void check_list(std::string_view text) {
  const auto entries = openkb::parse_entries(text);
  if (!entries) return;
  for (const openkb::Entry& entry : *entries) {
    for (const std::string* path : {&entry.raw_path, &entry.source_path}) {
      require(path->empty() || layout::is_contained(*path), "a path stays in the folder");
    }
    require(entry.name.find('/') == std::string::npos, "a name has no folder");
    require(entry.doc_name.empty() || layout::is_plain_name(entry.doc_name),
            "nor has a document's");
    const bool is_absolute = entry.path.starts_with('/');
    require(entry.path.empty() || layout::is_contained(entry.path.substr(is_absolute ? 1 : 0)),
            "the path of a source has no way up");
  }
  openkb::ExportedRow row;
  row.entry.sha256 = platform::Sha256Digest{};
  row.entry.doc_name = "d";
  const std::string changed = openkb::changed_list(text, {}, {row});
  const auto again = openkb::parse_entries(changed);
  require(again && again->size() <= entries->size() + 1, "a changed list can be read");
  require(openkb::changed_list(changed, {}, {row}) == changed, "a second change changes nothing");
}

void check_pages(std::string_view text) {
  const auto pages = openkb::parse_pages(text);
  if (!pages) return;
  const std::string written = openkb::format_pages(*pages);
  const auto again = openkb::parse_pages(written);
  require(again && again->size() == pages->size(), "pages can be read back");
  require(openkb::format_pages(*again) == written, "writing them again changes nothing");
  for (const openkb::Page& page : *pages) require(page.number > 0, "a page has a number");
}

void check_record(std::string_view text) {
  const auto exported = openkb::parse_exported(text);
  for (const auto& [id, one] : exported) {
    for (const std::string& file : one.files) {
      require(layout::is_contained(file), "nothing is deleted outside the folder");
    }
  }
  const std::string written = openkb::format_exported(exported);
  require(openkb::format_exported(openkb::parse_exported(written)) == written, "it is read back");
}

void check_links(std::string_view text) {
  const auto find = [](const std::string& name) -> std::optional<std::size_t> {
    return name.size() < 8 ? std::optional(name.size()) : std::nullopt;
  };
  std::size_t last = 0;
  for (const openkb::PictureLink& link : openkb::find_picture_links(text, "d", find)) {
    require(link.begin >= last && link.begin < link.end && link.end < text.size(),
            "links are in the text, in order, and do not overlap");
    require(text.substr(link.begin, link.end - link.begin).find("images/d/") != text.npos,
            "a link leads to the document's pictures");
    last = link.end;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 4) {
    case 0:
      check_list(text);
      break;
    case 1:
      check_pages(text);
      break;
    case 2:
      check_record(text);
      break;
    default:
      check_links(text);
  }
  return 0;
}
