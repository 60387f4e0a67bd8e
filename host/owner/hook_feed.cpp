#include "owner/hook_feed.h"

#include "owner/recovery.h"
#include "owner/transaction.h"

namespace sluice::owner {

HookRow HookFeed::row() const {
  auto found = kb_.registry().hook(command_);
  if (found) return *found;
  HookRow row;
  row.command = command_;
  return row;
}

std::int64_t HookFeed::behind() const {
  return kb_.registry().last_event() - row().position;
}

// Whoever takes the lock finishes the journal first. No staging of this process's own is known
// here: a batch that is alive is left alone, since its lease says so.
KnowledgeBase::Lock HookFeed::lock() {
  auto held = kb_.lock(platform::LockMode::kExclusive, lock_timeout_, "a hook of sluice");
  const Recovery recovery = recover(kb_, "");
  damages_.insert(damages_.end(), recovery.damages.begin(), recovery.damages.end());
  return held;
}

std::vector<Event> HookFeed::next(int limit) {
  if (behind() <= 0) return {};
  const auto held = lock();
  return kb_.registry().events_after(row().position, limit);
}

void HookFeed::take(std::int64_t position) {
  HookRow next = row();
  next.position = position;
  next.failures = 0;
  next.not_before = 0;
  next.reason.clear();
  store(next);
}

void HookFeed::fail(const std::string& reason, std::int64_t not_before) {
  HookRow next = row();
  ++next.failures;
  next.not_before = not_before;
  next.reason = reason;
  store(next);
}

void HookFeed::store(const HookRow& row) {
  const auto held = lock();
  Transaction transaction(kb_.registry());
  transaction.writer().put_hook(row);
  kb_.files().at("hook/commit");
  transaction.commit();
}

}  // namespace sluice::owner
