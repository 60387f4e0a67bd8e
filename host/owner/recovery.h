// Finishes what owners that died have committed and not yet published. Idempotent, and safe to die
// in. REQUIRES: the exclusive KB lock.
#pragma once

#include <string>
#include <vector>

#include "owner/knowledge_base.h"

namespace sluice::owner {

struct Recovery {
  std::int64_t finished = 0;          // documents whose publish was completed
  std::vector<std::string> warnings;  // hand-edited files that were kept
  std::vector<std::string> damages;   // what could not be finished and was set aside
  // Rows of batches that are alive: published, since they gave the lock away, but perhaps not yet
  // durable. The next transaction behind a sync may delete them.
  struct Published {
    std::string batch;
    std::int64_t last_row = 0;
  };
  std::vector<Published> published;
};

// Throws Error (kDamaged) if a row cannot be finished now; after kMaxAttempts it is set aside
// instead.
inline constexpr std::int64_t kMaxAttempts = 5;
Recovery recover(KnowledgeBase& kb, const std::string& own_batch);

}  // namespace sluice::owner
