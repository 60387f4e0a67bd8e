// A batch's private staging directory, and the lease that keeps the reaper away from it. The lease
// is taken before the directory is created and released after it is deleted.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "platform/files.h"
#include "platform/lock.h"

namespace sluice {

// Where a lane may write: the directory of the batch, made on first use, so that a run with nothing
// to do writes nothing. Thread-safe.
class StagingProvider {
 public:
  virtual ~StagingProvider() = default;
  virtual const platform::Dir& dir() = 0;

  // A flush of the disk has failed: everything staged so far may be lost, and no later flush
  // reports it.
  void flush_failed() { ++failed_flushes_; }
  // How many have. A bundle that was begun when they were fewer is not to be trusted.
  std::uint32_t failed_flushes() const { return failed_flushes_; }

 private:
  std::atomic<std::uint32_t> failed_flushes_{0};
};

class Staging {
 public:
  // Takes a fresh batch below `<kb>/.sluice/staging`. Throws SystemError.
  static Staging open(platform::Files& files, const platform::Dir& kb);
  // The same below any other folder, which is there.
  static Staging open_below(platform::Files& files, platform::Dir parent);

  Staging(Staging&& other) noexcept;
  Staging& operator=(Staging&&) = delete;
  // Deletes the directory with all in it, then the lease. What cannot be deleted is the reaper's.
  ~Staging();

  const std::string& batch() const { return batch_; }
  const platform::Dir& dir() const { return dir_; }
  // Lets the lease go now and leaves the directory, for whoever recovers what is in it.
  void abandon() noexcept;

 private:
  Staging() = default;

  platform::Files* files_ = nullptr;
  platform::Dir parent_;  // .sluice/staging
  std::string batch_;
  platform::File lease_file_;
  std::optional<platform::FileLock> lease_;
  platform::Dir dir_;
};

// The staging of one run, taken when something is first written: a run with nothing to do leaves
// the KB as it was. Thread-safe but for close() and abandon().
class LazyStaging : public StagingProvider {
 public:
  LazyStaging(platform::Files& files, const platform::Dir& kb)
      : open_([&files, &kb] { return Staging::open(files, kb); }) {}
  // Below any other folder, which both outlive this.
  static LazyStaging below(platform::Files& files, const platform::Dir& parent);
  const platform::Dir& dir() override;
  // The batch's id, or empty if nothing was staged so far.
  std::string batch();
  // Deletes it with all in it. Lanes must have ended.
  void close();
  void abandon() noexcept;

 private:
  explicit LazyStaging(std::function<Staging()> open) : open_(std::move(open)) {}

  const std::function<Staging()> open_;
  std::mutex mutex_;
  std::optional<Staging> staging_;
};

// A staging directory below the system's temporary folder, for work without a KB; the
// destructor removes it.
class TemporaryStaging : public StagingProvider {
 public:
  explicit TemporaryStaging(platform::Files& files);
  ~TemporaryStaging() override;
  const platform::Dir& dir() override { return dir_; }
  // Deletes all that is in it.
  void clear();

 private:
  platform::Files& files_;
  platform::Dir parent_;
  std::string name_;
  platform::Dir dir_;
};

// Whether a living process owns that batch of the staging directory `parent`; kGone: it has no
// lease.
enum class LeaseState { kAlive, kDead, kGone };
LeaseState lease_state(platform::Files& files, const platform::Dir& parent,
                       const std::string& batch);

// Deletes the batches below `parent` whose processes have died, without a lock but their leases:
// for a folder in which nothing that is staged is ever needed again. What cannot be deleted stays.
void delete_dead_batches(platform::Files& files, const platform::Dir& parent);

}  // namespace sluice
