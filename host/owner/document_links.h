// The documents that a document links to, and those that link to it, as `show` lists them.
#pragma once

#include <string>
#include <vector>

#include "owner/knowledge_base.h"

namespace sluice::owner {

struct DocumentLinks {
  // Names of documents, each once, in order.
  std::vector<std::string> to;
  std::vector<std::string> from;
};

DocumentLinks links_of_document(const KnowledgeBase& kb, const Document& document);

}  // namespace sluice::owner
