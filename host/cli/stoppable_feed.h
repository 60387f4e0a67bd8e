// The feed of bundles that Ctrl-C stops, for as long as it may be stopped.
#pragma once

#include <mutex>

#include "model/bundle_feed.h"

namespace sluice::cli {

class StoppableFeed {
 public:
  void set(BundleFeed* feed) {
    const std::lock_guard guard(mutex_);
    feed_ = feed;
  }
  void cancel() {
    const std::lock_guard guard(mutex_);
    if (feed_ != nullptr) feed_->cancel();
  }

 private:
  std::mutex mutex_;
  BundleFeed* feed_ = nullptr;
};

}  // namespace sluice::cli
