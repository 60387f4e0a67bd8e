// From a bundle's folder on this computer to the store, and the word of it to the queue.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "platform/files.h"
#include "queue/prepare_child.h"
#include "queue/queue.h"
#include "queue/scratch.h"
#include "queue/store.h"

namespace sluice::queue {

// "000000000042-<token>.tar": each attempt has a name of its own, so that a late worker overwrites
// nothing.
std::string name_in_store(std::int64_t seq, const std::string& token);
// The number in such a name, or in that of a part of such a file; -1 if it is none.
std::int64_t seq_of_name(const std::string& name);

// What became of one task at this worker.
struct Worked {
  const Task* task = nullptr;
  std::string result;  // "delivered", "failed", "lost" (somebody else has it)
  std::string outcome;
  std::string reason;
  std::uint64_t bytes = 0;
};

// Delivers the bundles of one claim.
class Deliverer {
 public:
  using OnWorked = std::function<void(const Worked&)>;

  Deliverer(platform::Files& files, Link& link, Store& store, const Scratch& scratch,
            std::string token, const std::vector<Task>& tasks, OnWorked on_worked);

  // `between`: called while bytes travel; throws to stop. Throws Error if the store does not take
  // it.
  void deliver(const PreparedTask& prepared, const platform::Dir& out,
               const BetweenPieces& between);
  // This worker could not prepare it.
  void report_failed(std::int64_t seq, const std::string& outcome, const std::string& why);
  // Says what has arrived in the store, if there is enough of it, or it is long enough.
  void tell_if_due();
  void tell();
  // Tasks that nothing was said of.
  std::vector<std::int64_t> open_tasks() const;

 private:
  platform::Files& files_;
  Link& link_;
  Store& store_;
  const Scratch& scratch_;
  const std::string token_;
  const OnWorked on_worked_;
  std::map<std::int64_t, const Task*> open_;
  std::map<std::int64_t, const Task*> untold_tasks_;
  std::vector<Delivery> untold_;
  std::chrono::steady_clock::time_point told_at_ = std::chrono::steady_clock::now();
};

}  // namespace sluice::queue
