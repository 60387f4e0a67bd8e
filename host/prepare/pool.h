// Prepares sources on several lanes and hands the bundles over in input order. Takes no KB lock.
// Bounded: at most kWindowDocuments documents and kWindowBytes staged bytes are ahead of the owner.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "model/bundle.h"
#include "model/bundle_feed.h"
#include "model/limits.h"
#include "model/registry_view.h"
#include "model/sandbox.h"
#include "model/source.h"
#include "model/source_feed.h"
#include "platform/files.h"
#include "prepare/context.h"
#include "prepare/quarantine.h"
#include "staging/staging.h"

namespace sluice::prepare {

class Lane;

class Pool : public BundleFeed {
 public:
  static constexpr std::uint64_t kWindowDocuments = 4096;
  static constexpr std::uint64_t kWindowBytes = 256ULL << 20;
  // How long a bundle that is ready waits for company. Every group costs two flushes and processor
  // time that the lanes would use; nobody sees the delay of one.
  static constexpr std::chrono::milliseconds kGather{50};
  // A lane whose sources were all unchanged gets twice as many the next time, up to so many: to
  // hand one over costs more than to see that it is unchanged. After one that had to be read, it
  // gets one at a time again.
  static constexpr std::size_t kMaxHandedOut = 64;

  // Starts `jobs` lanes at once. `context` and `feed` outlive the pool.
  Pool(const PrepareContext& context, SourceFeed& feed);
  ~Pool() override;  // cancels and joins

  // Waits for the next bundle in input order, and for others behind it: until the bounds are
  // reached, kGather is over, or no lane is at work. Then takes all that are ready without a gap,
  // up to the bounds (at least one). Empty: the input is at its end, or the pool was cancelled.
  // Converters that keep crashing are left out from the documents behind the last crash on
  // (quarantine.h): what a lane prepared with one before that was known is prepared again here.
  // Rethrows what the feed or a lane threw. What is taken counts as done for the window once the
  // next take() is called.
  std::vector<Bundle> take(std::size_t max_documents, std::uint64_t max_bytes) override;

  // Prepares one source again, on the calling thread, always the same; `attempt` counts from 1.
  Bundle prepare_again(const Source& source, unsigned attempt) override;

  // No new documents; those in work are stopped. take() then returns what is complete and ready.
  void cancel() override;

  // For progress: sources handed out so far.
  std::uint64_t started() const { return started_.load(std::memory_order_relaxed); }
  // Read from the feed, and with no lane.
  std::size_t waiting_to_be_handed_out();

 private:
  void run_lane();
  // The next sources in input order, at most so many; waits until the window is open. None: the
  // feed is at its end, or the pool was cancelled.
  std::vector<Source> next_sources(Lane& lane, std::size_t most);
  std::vector<Source> read_feed(std::size_t most);
  void give_back(std::span<Source> sources);
  void end_holding();
  bool is_open() const;
  std::size_t room() const;
  void put(std::vector<Bundle>&& bundles);
  bool has_enough() const;
  std::vector<Bundle> take_ready(std::size_t max_documents, std::uint64_t max_bytes);

  const PrepareContext context_;
  Quarantine quarantine_;
  SourceFeed& feed_;
  std::mutex mutex_;
  std::condition_variable ready_;              // a bundle was put in, a lane ended, or cancel
  std::condition_variable window_;             // take() moved the window on
  std::deque<std::optional<Bundle>> bundles_;  // prepared and not taken, from next_taken_ on
  std::size_t ready_count_ = 0;                // of them, those without a gap at the front
  std::uint64_t ready_bytes_ = 0;
  std::size_t wanted_documents_ = 0;  // by the take() that waits
  std::uint64_t wanted_bytes_ = 0;
  std::map<std::uint64_t, Source> given_back_;  // by sequence; no lane has them
  unsigned holding_lanes_ = 0;                  // that have sources they may still give back
  std::uint64_t next_sequence_ = 0;             // of the feed; written under both mutexes
  std::uint64_t next_taken_ = 0;
  std::uint64_t released_ = 0;      // before this, all is done
  std::uint64_t taken_bytes_ = 0;   // by the last take()
  std::uint64_t staged_bytes_ = 0;  // not done yet
  unsigned running_lanes_ = 0;
  unsigned waiting_lanes_ = 0;  // of those, for the window
  std::exception_ptr failure_;
  std::mutex feed_mutex_;  // taken before mutex_
  std::atomic<bool> stop_{false};
  std::atomic<std::uint64_t> started_{0};
  std::atomic<bool> feed_done_{false};
  const std::atomic<bool> stop_again_{false};  // the owner finishes what it has begun
  Bundle again_bundle_;
  std::unique_ptr<Lane> again_;  // for prepare_again
  std::vector<std::thread> lanes_;
};

// Prepares one source without a KB (convert): the same path through a worker, no hints.
Bundle prepare_one(const PrepareContext& context, const Source& source);

}  // namespace sluice::prepare
