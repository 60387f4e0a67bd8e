#include "prepare/pool.h"

#include <utility>

#include "prepare/lane.h"

namespace sluice::prepare {

namespace {

// The number of a prepare that was needed since a converter is in quarantine. The owner's begin at
// 1 and stay small.
constexpr unsigned kAfterQuarantine = 1'000'000;

}  // namespace

Pool::Pool(const PrepareContext& context, SourceFeed& feed)
    : context_(context),
      quarantine_([this](const std::string& converter) {
        return context_.settings.limits_of(converter).quarantine_after;
      }),
      feed_(feed) {
  running_lanes_ = std::max(1U, context_.settings.jobs);
  try {
    for (unsigned i = std::max(1U, context_.settings.jobs); i > 0; --i) {
      lanes_.emplace_back([this] { run_lane(); });
    }
  } catch (...) {
    // Those that could not be started will not report their end.
    cancel();
    for (std::thread& lane : lanes_) lane.join();
    throw;
  }
}

Pool::~Pool() {
  cancel();
  for (std::thread& lane : lanes_) lane.join();
}

void Pool::run_lane() {
  const auto say = [this](const char* what) {
    if (wants_debug(context_.log)) context_.log->write(Log::Level::kDebug, what);
  };
  try {
    say("a lane begins");
    Lane lane(
        context_, stop_, [this](std::vector<Bundle>&& bundles) { put(std::move(bundles)); },
        &quarantine_);
    std::size_t most = 1;
    while (true) {
      std::vector<Source> sources = next_sources(lane, most);
      if (sources.empty()) break;
      bool may_give_back = sources.size() > 1;
      const bool has_read = lane.take(sources, 0, [&](std::span<Source> rest) {
        give_back(rest);
        if (std::exchange(may_give_back, false)) end_holding();
      });
      if (may_give_back) end_holding();
      most = has_read ? 1 : std::min(2 * most, kMaxHandedOut);
    }
    if (!stop_.load(std::memory_order_relaxed)) lane.flush();
    say("a lane ends");
  } catch (...) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
    stop_.store(true, std::memory_order_relaxed);
    window_.notify_all();
  }
  const std::lock_guard lock(mutex_);
  --running_lanes_;
  ready_.notify_all();
}

// The window is open for the next source if the owner is not too far behind; and always for the
// very one that the owner waits for. REQUIRES: mutex_.
bool Pool::is_open() const {
  if (next_sequence_ == next_taken_) return true;
  return next_sequence_ - released_ < kWindowDocuments && staged_bytes_ < kWindowBytes;
}

std::size_t Pool::room() const {
  const std::uint64_t ahead = next_sequence_ - released_;
  return ahead < kWindowDocuments ? static_cast<std::size_t>(kWindowDocuments - ahead) : 1;
}

std::vector<Source> Pool::next_sources(Lane& lane, std::size_t most) {
  while (true) {
    if (stop_.load(std::memory_order_relaxed)) return {};
    {
      const std::lock_guard one_at_a_time(feed_mutex_);
      std::unique_lock lock(mutex_);
      if (!given_back_.empty()) {
        std::vector<Source> first;
        first.push_back(std::move(given_back_.extract(given_back_.begin()).mapped()));
        return first;
      }
      const bool is_done = feed_done_.load(std::memory_order_relaxed);
      if (is_done && holding_lanes_ == 0) return {};
      if (!is_done && is_open()) {
        most = std::min(most, room());
        lock.unlock();
        std::vector<Source> sources = read_feed(most);
        if (!sources.empty()) return sources;
        continue;
      }
    }
    // The owner may be waiting for one of those held back, so they go first.
    lane.flush();
    std::unique_lock lock(mutex_);
    if (++waiting_lanes_ == running_lanes_) ready_.notify_all();
    window_.wait(lock, [this] {
      const bool is_done = feed_done_.load(std::memory_order_relaxed);
      return !given_back_.empty() || stop_.load(std::memory_order_relaxed) ||
             (is_done ? holding_lanes_ == 0 : is_open());
    });
    --waiting_lanes_;
  }
}

// REQUIRES: feed_mutex_, but not mutex_.
std::vector<Source> Pool::read_feed(std::size_t most) {
  std::vector<Source> sources;
  sources.reserve(most);
  while (sources.size() < most) {
    std::optional<Source> source = feed_.next();
    if (!source) break;
    sources.push_back(std::move(*source));
  }
  const std::lock_guard lock(mutex_);
  for (Source& source : sources) source.sequence = next_sequence_++;
  started_.store(next_sequence_, std::memory_order_relaxed);
  if (sources.size() > 1) ++holding_lanes_;
  if (sources.size() < most) {
    feed_done_.store(true, std::memory_order_relaxed);
    window_.notify_all();
  }
  return sources;
}

// Sources that stand behind one that has to be converted: any lane may take them meanwhile.
void Pool::give_back(std::span<Source> sources) {
  const std::lock_guard lock(mutex_);
  for (Source& source : sources) {
    const std::uint64_t sequence = source.sequence;
    given_back_.emplace(sequence, std::move(source));
  }
  window_.notify_all();
}

void Pool::end_holding() {
  const std::lock_guard lock(mutex_);
  if (--holding_lanes_ == 0) window_.notify_all();
}

std::size_t Pool::waiting_to_be_handed_out() {
  const std::lock_guard lock(mutex_);
  return given_back_.size();
}

void Pool::put(std::vector<Bundle>&& bundles) {
  const std::lock_guard lock(mutex_);
  const bool was_ready = ready_count_ > 0;
  for (Bundle& bundle : bundles) {
    // What was stopped half-way is not a document's failure; nobody waits for it.
    if (bundle.outcome == Outcome::kCancelled && stop_.load(std::memory_order_relaxed)) continue;
    staged_bytes_ += bundle.staged_bytes;
    const auto place = static_cast<std::size_t>(bundle.source.sequence - next_taken_);
    if (place >= bundles_.size()) bundles_.resize(place + 1);
    bundles_[place].emplace(std::move(bundle));
  }
  while (ready_count_ < bundles_.size() && bundles_[ready_count_]) {
    ready_bytes_ += bundles_[ready_count_++]->staged_bytes;
  }
  if ((!was_ready && ready_count_ > 0) || has_enough()) ready_.notify_all();
}

// Nothing is gained by waiting for more. REQUIRES: mutex_.
bool Pool::has_enough() const {
  return ready_count_ >= wanted_documents_ || ready_bytes_ >= wanted_bytes_ ||
         waiting_lanes_ == running_lanes_ || stop_.load(std::memory_order_relaxed);
}

std::vector<Bundle> Pool::take(std::size_t max_documents, std::uint64_t max_bytes) {
  std::vector<Bundle> taken = take_ready(max_documents, max_bytes);
  for (Bundle& bundle : taken) {
    if (wants_debug(context_.log) && quarantine_.is_stale(bundle)) {
      context_.log->write(Log::Level::kDebug, bundle.source.given +
                                                  ": prepared again, since a converter is in "
                                                  "quarantine");
    }
    if (quarantine_.is_stale(bundle)) bundle = prepare_again(bundle.source, kAfterQuarantine);
    quarantine_.note(bundle);
  }
  return taken;
}

std::vector<Bundle> Pool::take_ready(std::size_t max_documents, std::uint64_t max_bytes) {
  std::unique_lock lock(mutex_);
  released_ = next_taken_;
  staged_bytes_ -= taken_bytes_;
  taken_bytes_ = 0;
  wanted_documents_ = max_documents;
  wanted_bytes_ = max_bytes;
  window_.notify_all();
  ready_.wait(lock, [this] { return ready_count_ > 0 || running_lanes_ == 0; });
  ready_.wait_for(lock, kGather, [this] { return has_enough(); });
  std::vector<Bundle> taken;
  while (ready_count_ > 0) {
    const std::uint64_t bytes = bundles_.front()->staged_bytes;
    if (!taken.empty() && (taken.size() >= max_documents || taken_bytes_ + bytes > max_bytes))
      break;
    taken.push_back(std::move(*bundles_.front()));
    bundles_.pop_front();
    --ready_count_;
    ready_bytes_ -= bytes;
    taken_bytes_ += bytes;
    ++next_taken_;
  }
  if (taken.empty() && failure_) std::rethrow_exception(failure_);
  return taken;
}

Bundle Pool::prepare_again(const Source& source, unsigned attempt) {
  if (!again_) {
    again_ = std::make_unique<Lane>(
        context_, stop_again_,
        [this](std::vector<Bundle>&& bundles) { again_bundle_ = std::move(bundles.front()); },
        &quarantine_);
  }
  Source own = source;
  again_->take({&own, 1}, attempt, {});
  again_->flush();
  return std::move(again_bundle_);
}

void Pool::cancel() {
  const std::lock_guard lock(mutex_);
  stop_.store(true, std::memory_order_relaxed);
  window_.notify_all();
  ready_.notify_all();
}

Bundle prepare_one(const PrepareContext& context, const Source& source) {
  Bundle out;
  const std::atomic<bool> never{false};
  Lane lane(context, never,
            [&out](std::vector<Bundle>&& bundles) { out = std::move(bundles.front()); });
  Source own = source;
  lane.take({&own, 1}, 0, {});
  lane.flush();
  return out;
}

}  // namespace sluice::prepare
