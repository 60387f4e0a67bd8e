// The events that a hook has not taken yet, and how far it has come. Each call holds the KB lock
// for a moment, and none while the hook runs.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "owner/knowledge_base.h"

namespace sluice::owner {

class HookFeed {
 public:
  // `kb` is open for writing, outlives it, and is used by one thread. `command` names the hook.
  HookFeed(KnowledgeBase& kb, std::string command, std::chrono::milliseconds lock_timeout)
      : kb_(kb), command_(std::move(command)), lock_timeout_(lock_timeout) {}

  // The row of one that never ran is new.
  HookRow row() const;
  // How many events it has not taken. Needs no lock.
  std::int64_t behind() const;
  // The next events, at most `limit`; none if it has taken all. What they are about is published:
  // what an interrupted run left is finished first. Throws Error as KnowledgeBase::lock and
  // recover().
  std::vector<Event> next(int limit);
  // It has taken all up to that number.
  void take(std::int64_t position);
  // It failed. `not_before`: when to try again.
  void fail(const std::string& reason, std::int64_t not_before);
  // What it had to finish, and could not, for an interrupted run; in words, once.
  std::vector<std::string> damages() { return std::exchange(damages_, {}); }

 private:
  KnowledgeBase::Lock lock();
  void store(const HookRow& row);

  KnowledgeBase& kb_;
  std::string command_;
  std::chrono::milliseconds lock_timeout_;
  std::vector<std::string> damages_;
};

}  // namespace sluice::owner
