#include "queue/queued_bundles.h"

#include <algorithm>
#include <memory>

#include "cli/travelled_bundles.h"
#include "owner/publish.h"
#include "platform/error.h"
#include "platform/sha256.h"
#include "queue/delivery.h"
#include "travel/bundle_names.h"
#include "travel/bundle_tar.h"
#include "travel/facts.h"
#include "travel/unpack.h"

namespace sluice::queue {
namespace {

// Tasks that one call asks for, and bundles that one group has at most.
constexpr std::size_t kMaxFetched = 512;
// A bundle of a lying worker may not fill our disk.
constexpr std::uint64_t kMaxBundleBytes = 16ULL << 30;

// Of a scratch file that stays as large as it was, for the next bundle.
constexpr std::uint64_t kMaxKeptBytes = 4 << 20;

std::string slot_name(std::size_t slot) {
  return "bundle-" + std::to_string(slot);
}

// The key of the mark in the registry (Registry::meta).
std::string mark_key(const QueueSettings& settings) {
  return "queue " + settings.id;
}

// See LateBundle.
struct NotThereYet {};

}  // namespace

CommitMark read_mark(const owner::KnowledgeBase& kb, const QueueSettings& settings) {
  const std::string key = mark_key(settings);
  return parse_mark(key, kb.registry().meta(key));
}

void QueuedBundles::settle_taken() {
  if (upto_ == 0) return;
  std::vector<std::int64_t> committed;
  for (const Fetched& one : taken_) committed.push_back(one.task.seq);
  queue_.tally.settled = settle(queue_.link, queue_.tally.settled, upto_, committed);
  queue_.tally.committed += committed.size();
  for (const auto& [task, slot] : taken_) {
    if (!task.token.empty()) queue_.store.remove(name_in_store(task.seq, task.token));
    if (task.size > kMaxKeptBytes) queue_.files.unlink(queue_.scratch.dir(), slot_name(slot));
  }
  taken_.clear();
  upto_ = 0;
}

void QueuedBundles::fetch_tasks() {
  const std::int64_t settled = queue_.tally.settled;
  std::vector<OverTask> next = next_over(queue_.link, kMaxFetched);
  if (!next.empty() && next.front().seq <= settled) {
    // The server has died and forgotten the end of what was settled.
    settle(queue_.link, settled, settled, {});
    next = next_over(queue_.link, kMaxFetched);
  }
  for (OverTask& task : next) tasks_.push_back(std::move(task));
}

std::vector<Bundle> QueuedBundles::take(std::size_t max_documents, std::uint64_t max_bytes) {
  settle_taken();
  while (!stop_.load(std::memory_order_relaxed) && !is_at_end_) {
    if (tasks_.empty()) fetch_tasks();
    if (tasks_.empty()) break;
    const std::string& state = tasks_.front().state;
    if (state == "failed") return failed_one();
    if (state == "done") {
      std::vector<Bundle> bundles = next_run(max_documents, max_bytes);
      if (!bundles.empty()) return bundles;
      continue;
    }
    // Cancelled, or submitted again: nothing for the knowledge base.
    upto_ = tasks_.front().seq;
    tasks_.pop_front();
    if (tasks_.empty()) settle_taken();
  }
  settle_taken();
  return {};
}

// The number goes with whatever commits it.
void QueuedBundles::mark(Bundle& bundle, const OverTask& task) const {
  bundle.mark = std::make_shared<CommitMark>(
      CommitMark{.key = mark_key(queue_.settings), .number = task.seq, .text = task.id});
}

// No worker could make a bundle of it: a failure, as if it had been tried here.
std::vector<Bundle> QueuedBundles::failed_one() {
  const OverTask task = std::move(tasks_.front());
  tasks_.pop_front();
  Bundle failed;
  failed.source.sequence = sequence_++;
  failed.source.given = task.path_key;
  failed.source.relative = task.path_key.substr(task.path_key.rfind('/') + 1);
  auto root = std::make_shared<SourceRoot>();
  root->copy_name = failed.source.relative;
  root->copy_of = task.path_key;
  failed.source.root = std::move(root);
  failed.outcome = Outcome::kInternal;
  failed.reason = task.reason;
  failed.hint = "see 'sluice queue status'; 'sluice queue retry' tries again";
  mark(failed, task);
  upto_ = task.seq;
  taken_.push_back({.task = task});
  std::vector<Bundle> one;
  one.push_back(std::move(failed));
  return one;
}

bool QueuedBundles::may_be_late(const OverTask& task) {
  const auto now = std::chrono::steady_clock::now();
  if (queue_.late.token != task.token || queue_.late.seq != task.seq) {
    queue_.late = {task.token, task.seq, now};
  }
  if (now - queue_.late.since < queue_.settings.lease) return true;
  queue_.late = {};
  return false;
}

std::string QueuedBundles::download(const Fetched& fetched) {
  const OverTask& task = fetched.task;
  const std::string name = name_in_store(task.seq, task.token);
  if (task.size > kMaxBundleBytes) return "it is said to be larger than any bundle";
  const platform::File to = queue_.files.open_or_create(
      queue_.scratch.dir(), slot_name(fetched.slot), platform::Access::kPrivate);
  queue_.files.truncate(to, 0);
  if (!queue_.store.get(name, to, task.size, {})) {
    if (may_be_late(task)) throw NotThereYet();
    return "it is not in the store";
  }
  queue_.late = {};
  if (queue_.files.info(to).identity.size != task.size) return "it has another size than was said";
  const auto hash = owner::hash_open_file(queue_.files, to);
  if (!hash || platform::to_hex(*hash) != task.sha256) return "it has another hash than was said";
  return {};
}

Bundle QueuedBundles::unpack(const Fetched& fetched, std::uint64_t sequence, unsigned attempt) {
  const OverTask& task = fetched.task;
  const std::string name = travel::bundle_name(static_cast<std::uint64_t>(task.seq), task.path_key);
  auto file = queue_.files.open_read(queue_.scratch.dir(), slot_name(fetched.slot));
  if (!file) throw travel::Refused{"it is gone"};
  const travel::BundleTar tar(queue_.files,
                              std::make_shared<const platform::File>(std::move(*file)),
                              name_in_store(task.seq, task.token), name);
  const auto from = tar.open(name);
  travel::Facts facts = travel::read_facts(queue_.files, *from);
  if (facts.skipped || facts.path_key() != task.path_key) {
    throw travel::Refused{"it is of another source than its task"};
  }
  cli::check_travelled_key(kb_path_, task.path_key);
  return travel::unpack(queue_.files, *from, std::move(facts), prepare_settings_,
                        {staging_, sequence, attempt});
}

void QueuedBundles::refuse_task(const OverTask& task, const std::string& why) {
  reporter_.refused(name_in_store(task.seq, task.token) + " of " + task.worker, why);
  refuse(queue_.link, task, why);
  queue_.store.remove(name_in_store(task.seq, task.token));
  ++queue_.tally.refused;
  // Nothing behind it may go first.
  is_at_end_ = true;
  tasks_.clear();
}

// Tasks that follow one another and have bundles, as many as fit into a group.
std::vector<Bundle> QueuedBundles::next_run(std::size_t max_documents, std::uint64_t max_bytes) {
  std::vector<Bundle> bundles;
  std::uint64_t bytes = 0;
  while (!tasks_.empty() && tasks_.front().state == "done" && bundles.size() < max_documents &&
         (bundles.empty() || bytes + tasks_.front().size <= max_bytes)) {
    const Fetched fetched{.task = tasks_.front(), .slot = taken_.size()};
    const OverTask& task = fetched.task;
    tasks_.pop_front();
    std::string problem;
    try {
      problem = download(fetched);
      if (problem.empty()) bundles.push_back(unpack(fetched, sequence_++, 0));
    } catch (const NotThereYet&) {
      is_at_end_ = true;  // nothing behind it may go first
      tasks_.clear();
      break;
    } catch (const travel::Refused& refused) {
      problem = refused.reason;
    } catch (const SystemError&) {
      throw;  // our disk, or the way to the store
    } catch (const Error& error) {
      problem = error.cause();
    }
    if (!problem.empty()) {
      refuse_task(task, problem);
      break;
    }
    bytes += task.size;
    mark(bundles.back(), task);
    upto_ = task.seq;
    taken_.push_back(fetched);
  }
  return bundles;
}

Bundle QueuedBundles::prepare_again(const Source& source, unsigned attempt) {
  Bundle failed;
  failed.source = source;
  failed.outcome = Outcome::kIo;
  failed.reason = "there is no bundle of it";
  const auto fetched = std::find_if(taken_.begin(), taken_.end(), [&](const Fetched& one) {
    return one.task.state == "done" && one.task.path_key == source.path_key();
  });
  if (fetched == taken_.end()) return failed;
  try {
    return unpack(*fetched, source.sequence, attempt);
  } catch (const travel::Refused& refused) {
    failed.reason = refused.reason;
  } catch (const SystemError& error) {
    failed.reason = error.cause();
    failed.storage_full = error.is_storage_full();
  } catch (const Error& error) {
    failed.reason = error.cause();
  }
  return failed;
}

}  // namespace sluice::queue
