// Says that a command waits for the lock, and who holds it.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "owner/knowledge_base.h"

namespace sluice::cli {

// For commands without a progress line: one line on standard error for each holder. `kb` must not
// outlive `io`.
void say_lock_waits(owner::KnowledgeBase& kb, const GlobalArgs& global, Io& io);

}  // namespace sluice::cli
