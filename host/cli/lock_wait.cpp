#include "cli/lock_wait.h"

#include "cli/text.h"

namespace sluice::cli {

void say_lock_waits(owner::KnowledgeBase& kb, const GlobalArgs& global, Io& io) {
  if (global.quiet) return;
  kb.on_wait([&io](const std::string& holder) {
    if (!holder.empty()) io.err << "waiting for the lock, held by " << visible(holder) << std::endl;
  });
}

}  // namespace sluice::cli
