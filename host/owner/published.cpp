#include "owner/published.h"

#include <algorithm>

#include "model/layout.h"
#include "owner/journal.h"
#include "owner/publish.h"

namespace sluice::owner {
namespace {

namespace layout = layout;

// A document's name has no dot: what is before the first one is all that may be it.
std::string name_in(const std::string& path) {
  const std::string images = std::string(layout::kImages) + "/";
  if (path.starts_with(images)) {
    const std::string name = path.substr(images.size());
    return name.substr(0, name.find('/'));
  }
  const auto target = parse_target(path);
  return target ? target->name.substr(0, target->name.find('.')) : std::string();
}

}  // namespace

std::optional<Document> document_that_published(const Registry& registry, const std::string& path) {
  const std::string name = name_in(path);
  if (name.empty()) return std::nullopt;
  auto document = registry.document_by_name(name);
  if (!document || path == document->raw || path == document->markdown) return document;
  if (path == layout::images_path(name) && document->assets > 0) return document;
  const auto files = registry.files_of(document->id);
  const bool is_its = std::any_of(files.begin(), files.end(),
                                  [&](const PublishedFile& file) { return file.path == path; });
  return is_its ? document : std::nullopt;
}

bool is_edited(const KnowledgeBase& kb, const Document& document) {
  const auto target = parse_target(document.markdown);
  if (!target) return false;
  const platform::Dir& shelf = kb.shelf(target->shelf);
  const auto info = kb.files().info(shelf, target->name);
  if (!info || info->kind != platform::FileKind::kRegular) return false;
  return info->identity.size != document.markdown_size ||
         hash_file(kb.files(), shelf, target->name) != document.markdown_sha256;
}

}  // namespace sluice::owner
