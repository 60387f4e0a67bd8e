#include "cli/document_relations.h"

#include <algorithm>

#include "model/url.h"

namespace sluice::cli {

using owner::Document;
using owner::Registry;

std::vector<std::string> source_keys(const Registry& registry, const Document& document) {
  std::vector<std::string> keys;
  for (const auto& source : registry.sources_of(document.id)) keys.push_back(source.path_key);
  return keys;
}

std::vector<std::string> children_keys(const Registry& registry, const Document& document) {
  std::vector<std::string> keys;
  for (const auto& row : registry.children_of(document.path_key)) {
    if (row.container == document.path_key) keys.push_back(row.path_key);
  }
  return keys;
}

DocumentRelations relations_of(const Registry& registry, const Document& document) {
  const auto child = registry.child(document.path_key);
  return {.sources = source_keys(registry, document),
          .attempts = registry.attempts_of(document.id),
          .parent = child ? child->container : std::string(),
          .files = registry.files_of(document.id),
          .fetched = registry.fetch_facts(document.path_key)};
}

DocumentRelations RelationsInTurn::operator()(const Document& document) const {
  const auto is_among = [&](const std::vector<std::int64_t>& ids) {
    return std::binary_search(ids.begin(), ids.end(), document.id);
  };
  DocumentRelations relations;
  relations.sources = is_among(unusual_.with_other_sources)
                          ? source_keys(registry_, document)
                          : std::vector<std::string>{document.path_key};
  if (is_among(unusual_.with_attempts)) relations.attempts = registry_.attempts_of(document.id);
  if (is_among(unusual_.with_files)) relations.files = registry_.files_of(document.id);
  if (is_url(document.path_key)) relations.fetched = registry_.fetch_facts(document.path_key);
  const auto child = has_children_ ? registry_.child(document.path_key) : std::nullopt;
  if (child) relations.parent = child->container;
  return relations;
}

}  // namespace sluice::cli
