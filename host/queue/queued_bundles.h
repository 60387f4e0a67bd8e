// What a queue has for the knowledge base, as the owner takes it: the bundles of the next tasks in
// order, each fetched, held against what its worker said, and marked with its number.
//
// The number of the last task is written to the registry in the transaction that commits its
// document (Bundle::mark). So, whatever dies between that COMMIT and the queue's, the registry
// says what is in the knowledge base.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "cli/reporter.h"
#include "cli/workspace.h"
#include "model/bundle_feed.h"
#include "owner/knowledge_base.h"
#include "prepare/context.h"
#include "queue/queue.h"
#include "queue/scratch.h"
#include "queue/store.h"
#include "staging/staging.h"

namespace sluice::queue {

// The number and the id of the last task of a queue that a knowledge base has; 0 if it knows
// nothing of the queue.
CommitMark read_mark(const owner::KnowledgeBase& kb, const QueueSettings& settings);

// What a run comes to, beside its documents.
struct CommitTally {
  std::int64_t settled = 0;  // the last task that is settled
  std::uint64_t committed = 0;
  std::uint64_t refused = 0;
};

// A bundle that its worker delivered and the store does not show. A shared folder may be stale:
// that is seen later here, or a computer away. So there is a lease of time before it counts as a
// lie.
struct LateBundle {
  std::string token;  // empty: none is late
  std::int64_t seq = 0;
  std::chrono::steady_clock::time_point since{};
};

// What one run of `queue commit` works with; all of it outlives the feed.
struct QueueSide {
  platform::Files& files;
  Link& link;
  Store& store;
  Scratch& scratch;
  const QueueSettings& settings;
  CommitTally& tally;
  LateBundle& late;
};

class QueuedBundles : public BundleFeed {
 public:
  QueuedBundles(const QueueSide& queue, const cli::Workspace& workspace, std::string kb_path,
                LazyStaging& staging, cli::Reporter& reporter)
      : queue_(queue),
        kb_path_(std::move(kb_path)),
        prepare_settings_(workspace.context(queue.files, staging, nullptr).settings),
        staging_(staging),
        reporter_(reporter) {}

  // REQUIRES: what the last call gave is committed.
  std::vector<Bundle> take(std::size_t max_documents, std::uint64_t max_bytes) override;
  Bundle prepare_again(const Source& source, unsigned attempt) override;
  void cancel() override { stop_.store(true, std::memory_order_relaxed); }

 private:
  // A task whose bundle is here, in the scratch folder under a name that is used again and again:
  // a file system like ext4 is slow to make a file where many have just been deleted.
  struct Fetched {
    OverTask task;
    std::size_t slot = 0;
  };

  void settle_taken();
  void fetch_tasks();
  std::vector<Bundle> failed_one();
  std::vector<Bundle> next_run(std::size_t max_documents, std::uint64_t max_bytes);
  // Empty if it is what its worker said; else why not. Throws NotThereYet.
  std::string download(const Fetched& fetched);
  // Throws travel::Refused.
  Bundle unpack(const Fetched& fetched, std::uint64_t sequence, unsigned attempt);
  bool may_be_late(const OverTask& task);
  void refuse_task(const OverTask& task, const std::string& why);
  void mark(Bundle& bundle, const OverTask& task) const;

  QueueSide queue_;
  const std::string kb_path_;
  const prepare::PrepareSettings prepare_settings_;
  LazyStaging& staging_;
  cli::Reporter& reporter_;
  std::deque<OverTask> tasks_;  // fetched, not handed out
  std::int64_t upto_ = 0;       // all up to here is handed out, or needs no bundle
  std::vector<Fetched> taken_;  // handed out, not settled
  std::uint64_t sequence_ = 0;
  bool is_at_end_ = false;
  std::atomic<bool> stop_{false};
};

}  // namespace sluice::queue
