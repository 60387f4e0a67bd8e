// What belongs to documents besides their own rows, for `list` and `show`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/json.h"
#include "owner/registry.h"

namespace sluice::cli {

// Path keys of all that has its bytes.
std::vector<std::string> source_keys(const owner::Registry& registry,
                                     const owner::Document& document);

// The documents that it holds itself, by path key.
std::vector<std::string> children_keys(const owner::Registry& registry,
                                       const owner::Document& document);

// Everything that `list` and `show` have of it beside its own row.
DocumentRelations relations_of(const owner::Registry& registry, const owner::Document& document);

// The same as relations_of() for one document after another: the registry is asked only about those
// that have more than most.
class RelationsInTurn {
 public:
  explicit RelationsInTurn(const owner::Registry& registry)
      : registry_(registry),
        unusual_(registry.unusual_documents()),
        has_children_(registry.has_children()) {}

  DocumentRelations operator()(const owner::Document& document) const;

 private:
  const owner::Registry& registry_;
  const owner::UnusualDocuments unusual_;
  const bool has_children_;
};

}  // namespace sluice::cli
