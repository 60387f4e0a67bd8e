// A flush of the file system on a thread of its own, while its group is decided and its rows are
// written. It covers what was complete when it began: the staged files of the group's bundles, and
// the renames and the log of the group before.
#pragma once

#include <future>

#include "owner/knowledge_base.h"

namespace sluice::owner {

class FlushAhead {
 public:
  // Begins. Throws std::system_error if no thread can be started. `kb` outlives it.
  explicit FlushAhead(KnowledgeBase& kb)
      : flushed_(std::async(std::launch::async,
                            [&kb] { return kb.files().sync_file_system(kb.root()); })) {}

  // Waits for its end. False if the system has no such call. Throws SystemError if it failed. Call
  // it once: it reports an error only once.
  bool wait() { return flushed_.get(); }
  // True until then.
  bool is_open() const { return flushed_.valid(); }

 private:
  std::future<bool> flushed_;
};

}  // namespace sluice::owner
