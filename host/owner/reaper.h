// Deletes staging that no living process owns. Never follows a symlink, leaves what it cannot
// delete with a warning, and never fails the command that called it.
#pragma once

#include <string>
#include <vector>

#include "owner/knowledge_base.h"

namespace sluice::owner {

// True if there may be anything to reap besides `own_batch`; needs no lock.
bool has_leftovers(KnowledgeBase& kb, const std::string& own_batch);

// Moves dead staging out of the way. REQUIRES: the exclusive KB lock, and recovery done.
// Returns how many batches were dead.
int move_to_trash(KnowledgeBase& kb, const std::string& own_batch);

// Deletes what was moved, by this process or one that died. Needs no lock. Returns what stays, as
// paths.
std::vector<std::string> empty_trash(KnowledgeBase& kb);

}  // namespace sluice::owner
