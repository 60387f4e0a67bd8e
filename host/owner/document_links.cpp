#include "owner/document_links.h"

#include <algorithm>
#include <set>

#include "owner/link_resolver.h"
#include "owner/link_rows.h"
#include "owner/link_targets.h"

namespace sluice::owner {
namespace {

std::vector<std::string> sorted(const std::set<std::string>& names) {
  return {names.begin(), names.end()};
}

}  // namespace

DocumentLinks links_of_document(const KnowledgeBase& kb, const Document& document) {
  const Registry& registry = kb.registry();
  LinkResolver resolver(kb);
  std::set<std::string> to;
  for (const LinkRow& link : registry.links_of(document.id)) {
    if (const auto target = resolver.target(document.path_key, link.wish)) to.insert(target->name);
  }
  std::vector<std::string> paths = registry.former_paths_of(document.id);
  for (SourceRow& source : registry.sources_of(document.id)) {
    paths.push_back(std::move(source.path_key));
  }
  std::set<std::int64_t> waiting;
  for (const std::string& path_key : paths) {
    const std::string by_name = std::string(kByName) + file_key(path_key);
    for (const std::string& target : {path_key, by_name}) {
      for (const std::int64_t id : registry.waiting_for(target)) waiting.insert(id);
    }
  }
  std::set<std::string> from;
  for (const std::int64_t id : waiting) {
    const auto other = registry.document(id);
    if (!other) continue;
    const std::vector<LinkRow> links = registry.links_of(id);
    const bool leads_here = std::any_of(links.begin(), links.end(), [&](const LinkRow& link) {
      const auto target = resolver.target(other->path_key, link.wish);
      return target && target->document == document.id;
    });
    if (leads_here) from.insert(other->name);
  }
  return {sorted(to), sorted(from)};
}

}  // namespace sluice::owner
