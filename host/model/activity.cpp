#include "model/activity.h"

#include <algorithm>
#include <utility>

namespace sluice {

using Clock = std::chrono::steady_clock;

Activity::Turn::Turn(Turn&& other) noexcept
    : activity_(std::exchange(other.activity_, nullptr)), item_(other.item_) {}

Activity::Turn::~Turn() {
  if (activity_ == nullptr) return;
  const std::lock_guard guard(activity_->mutex_);
  activity_->items_.erase(item_);
}

void Activity::Turn::advance(std::uint64_t done, std::uint64_t total) {
  if (activity_ == nullptr) return;
  const std::lock_guard guard(activity_->mutex_);
  item_->done = done;
  item_->total = total;
}

Activity::Turn Activity::begin(Stage stage, std::string what) {
  const std::lock_guard guard(mutex_);
  items_.push_back({stage, std::move(what), Clock::now(), 0, 0});
  return {*this, std::prev(items_.end())};
}

Activity::Turn Activity::begin(Activity* activity, Stage stage, const std::string& what) {
  return activity == nullptr ? Turn() : activity->begin(stage, what);
}

std::optional<Activity::View> Activity::slowest() const {
  const std::lock_guard guard(mutex_);
  auto found = std::find_if(items_.begin(), items_.end(),
                            [](const Item& item) { return item.stage == Stage::kLockWait; });
  if (found == items_.end()) found = items_.begin();
  if (found == items_.end()) return std::nullopt;
  View view;
  view.stage = found->stage;
  view.what = found->what;
  view.age = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - found->since);
  if (found->total > 0) {
    view.percent = static_cast<unsigned>(std::min(found->done, found->total) * 100 / found->total);
  }
  return view;
}

}  // namespace sluice
