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
  if (kb.registry().document_by_name_key(name_key(name))) return false;
  std::vector<std::string> paths = {layout::raw_path(name, wish.extension),
                                    layout::markdown_path(name), layout::images_path(name)};
  for (const auto& kind : wish.sidecar_kinds) paths.push_back(layout::sidecar_path(name, kind));
  for (const std::string& path : paths) {
    const auto target = parse_target(path);
    if (!target || kb.files().info(kb.shelf(target->shelf), target->name)) return false;
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

}  // namespace

std::string resolve_name(const KnowledgeBase& kb, const NameWish& wish) {
  if (is_free(kb, wish.wanted, wish)) return wish.wanted;
  const std::string in_folder = name_in_folder(wish);
  if (!in_folder.empty() && is_free(kb, in_folder, wish)) return in_folder;
  // The suffix is checked as well: somebody's document may be called just that.
  for (std::size_t digits = 8; digits <= 64; digits += 8) {
    std::string name = suffixed_name(wish.wanted, wish.path_key, digits);
    if (is_free(kb, name, wish)) return name;
  }
  throw Error("name", wish.wanted, "every name for it is in use",
              "remove the files with its names from raw/ and wiki/sources/");
}

}  // namespace sluice::owner
