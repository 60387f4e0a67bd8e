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

void Activity::Turn::pass_to(const std::string& converter) {
  if (activity_ == nullptr) return;
  const std::lock_guard guard(activity_->mutex_);
  item_->converter = converter;
}

void Activity::Turn::advance(std::uint64_t done, std::uint64_t total) {
  if (activity_ == nullptr) return;
  const std::lock_guard guard(activity_->mutex_);
  item_->done = done;
  item_->total = total;
}

Activity::Turn Activity::begin(Stage stage, std::string what) {
  const std::lock_guard guard(mutex_);
  items_.push_back({stage, std::move(what), {}, Clock::now(), 0, 0});
  return {*this, std::prev(items_.end())};
}

Activity::Turn Activity::begin(Activity* activity, Stage stage, const std::string& what) {
  return activity == nullptr ? Turn() : activity->begin(stage, what);
}

std::vector<Activity::View> Activity::all() const {
  const std::lock_guard guard(mutex_);
  const auto now = Clock::now();
  std::vector<View> views;
  for (const Item& item : items_) {
    View& view = views.emplace_back();
    view.stage = item.stage;
    view.what = item.what;
    view.converter = item.converter;
    view.age = std::chrono::duration_cast<std::chrono::milliseconds>(now - item.since);
    if (item.total > 0) {
      view.percent = static_cast<unsigned>(std::min(item.done, item.total) * 100 / item.total);
    }
  }
  std::stable_partition(views.begin(), views.end(),
                        [](const View& view) { return view.stage == Stage::kLockWait; });
  return views;
}

}  // namespace sluice
