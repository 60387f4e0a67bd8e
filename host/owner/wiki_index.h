// wiki/index.md: a table of contents of all documents, by the folders of their sources. It is a
// projection of the registry, published as documents are: through the journal, by one rename. A
// file that somebody has changed is kept beside the new one.
#pragma once

#include <string>

#include "owner/group.h"
#include "owner/knowledge_base.h"

namespace sluice::owner {

// Whether a knowledge base is to have an index. kAsBefore: the command does not know, and keeps it
// as it is.
enum class Index { kAsBefore, kKept, kNone };

// The text for the registry as it is: by folder and name, so that it does not depend on the order
// in which documents came.
std::string index_text(const KnowledgeBase& kb);

// True if wiki/index.md is not what it should be: it lacks events, is not there, or is to go.
bool index_is_behind(const KnowledgeBase& kb, Index wanted);

// Stages the index, or takes it away, as a step of the group's journal. REQUIRES: as Group.
class IndexWriter {
 public:
  IndexWriter(const KnowledgeBase& kb, Group& group) : kb_(kb), group_(group) {}
  void write(Index wanted);

 private:
  const KnowledgeBase& kb_;
  Group& group_;
};

}  // namespace sluice::owner
