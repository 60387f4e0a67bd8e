#include "owner/published.h"

#include <algorithm>

#include "model/layout.h"
#include "owner/journal.h"
#include "owner/publish.h"

namespace sluice::owner {
namespace {

namespace layout = layout;

// The leaf of a document's name has no dot: what is before the first one is all that may be it.
std::string name_in(const std::string& path) {
  const auto target = parse_published(path);
  if (!target) return {};
  const std::string leaf = target->name.substr(0, target->name.find_first_of("./"));
  return leaf.empty() ? leaf : layout::name_in(target->folder, leaf);
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
  const auto folder = kb.folder(*target);
  const auto info = folder ? kb.files().info(*folder, target->name) : std::nullopt;
  if (!info || info->kind != platform::FileKind::kRegular) return false;
  return info->identity.size != document.markdown_size ||
         hash_file(kb.files(), *folder, target->name) != document.markdown_sha256;
}

}  // namespace sluice::owner
