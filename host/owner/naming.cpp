#include "owner/naming.h"

#include "model/layout.h"
#include "model/names.h"
#include "model/source.h"
#include "owner/journal.h"
#include "platform/error.h"

namespace sluice::owner {
namespace {

namespace layout = layout;

// True if no document has the name, under any spelling, and nothing stands where its files would
// go.
bool is_free(const KnowledgeBase& kb, const std::string& name, const NameWish& wish) {
  const std::string key = name_key(name);
  if (kb.registry().document_with_name_key(key)) return false;
  // Its raw file would stand where a folder is.
  const bool is_mirror = kb.layout() == layout::Kind::kMirror;
  if (is_mirror && wish.extension.empty() && kb.registry().has_documents_in(key)) return false;
  std::vector<std::string> paths = {layout::raw_path(name, wish.extension),
                                    layout::markdown_path(name), layout::images_path(name)};
  for (const auto& kind : wish.sidecar_kinds) paths.push_back(layout::sidecar_path(name, kind));
  for (const std::string& path : paths) {
    const auto target = parse_target(path);
    if (!target || kb.info(*target)) return false;
  }
  return true;
}

// "docs-README" of docs/README.md; empty for what is in no folder, or within a document, whose name
// has that one's in front.
std::string name_in_folder(const NameWish& wish) {
  const std::string_view key = wish.path_key;
  const std::size_t end = key.rfind('/');
  if (end == std::string_view::npos || key.find(kWithin) != std::string_view::npos) return {};
  const std::string_view folder = key.substr(0, end);
  const std::string name = document_name(folder.substr(folder.rfind('/') + 1));
  return document_name(name + "-" + wish.wanted);
}

// Whether the folder of that name cannot be: a raw file without an extension has its path, or
// something that is not ours.
bool is_blocked(const KnowledgeBase& kb, const std::string& folder) {
  const auto document = kb.registry().document_by_name_key(name_key(folder));
  if (document && !document->raw.empty() && extension_of(document->raw).empty()) return true;
  for (const std::string& path : {layout::raw_path(folder, ""), layout::folder_path(folder)}) {
    const auto target = parse_target(path);
    const auto there = target ? kb.info(*target) : std::nullopt;
    if (there && there->kind != platform::FileKind::kDirectory) return true;
  }
  return false;
}

// The folder for a source, with a hash behind each part that is blocked.
std::string free_folder(const KnowledgeBase& kb, std::string_view wanted) {
  std::string folder;
  while (!wanted.empty()) {
    const std::string_view part = layout::take_part(wanted);
    std::string next = layout::name_in(folder, part);
    for (std::size_t digits = 8; digits <= 64 && is_blocked(kb, next); digits += 8) {
      next = layout::name_in(folder, suffixed_name(part, next, digits));
    }
    folder = std::move(next);
  }
  return folder;
}

// What to try before a hash: "report-docx" beside "report" of a PDF, or the name of the folder in
// front.
std::string second_choice(const KnowledgeBase& kb, const NameWish& wish) {
  if (kb.layout() == layout::Kind::kFlat) return name_in_folder(wish);
  if (wish.extension.empty()) return {};
  return document_name(wish.wanted + "-" + wish.extension);
}

}  // namespace

std::string resolve_name(const KnowledgeBase& kb, const NameWish& wish) {
  const std::string folder = free_folder(kb, wish.folder);
  const std::string wanted = layout::name_in(folder, wish.wanted);
  if (is_free(kb, wanted, wish)) return wanted;
  const std::string second = second_choice(kb, wish);
  if (!second.empty()) {
    std::string name = layout::name_in(folder, second);
    if (is_free(kb, name, wish)) return name;
  }
  // The suffix is checked as well: somebody's document may be called just that.
  for (std::size_t digits = 8; digits <= 64; digits += 8) {
    std::string name = layout::name_in(folder, suffixed_name(wish.wanted, wish.path_key, digits));
    if (is_free(kb, name, wish)) return name;
  }
  throw Error("name", wish.wanted, "every name for it is in use",
              "remove the files with its names from raw/ and wiki/sources/");
}

}  // namespace sluice::owner
