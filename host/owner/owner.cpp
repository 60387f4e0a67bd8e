#include "owner/owner.h"

#include <algorithm>
#include <optional>
#include <sluice/counted.hpp>

#include "owner/publish.h"
#include "owner/reaper.h"
#include "owner/source_of_key.h"
#include "owner/tree.h"
#include "platform/error.h"

namespace sluice::owner {
namespace {

// A source that does not hold still for this many preparations fails.
constexpr unsigned kMaxPreparations = 3;
// So many unchanged sources in a row are worth a look under the shared lock instead of a group.
constexpr std::size_t kUnchangedRun = 64;

// The root that the last of them was found in.
std::shared_ptr<const SourceRoot> root_of(const std::vector<DocumentResult>& results) {
  const auto found = std::find_if(results.rbegin(), results.rend(), [](const DocumentResult& one) {
    return one.source.root != nullptr;
  });
  return found == results.rend() ? nullptr : found->source.root;
}

// Why a group failed, or nothing if another try would fare no better: the disk is full, the
// registry damaged.
std::string what_failed(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const SystemError& error) {
    return error.is_storage_full() ? std::string() : error.what();
  } catch (const Error& error) {
    return error.exit_code() == ExitCode::kFatal ? error.what() : std::string();
  }
}

// An edit that was kept is reported with its document, too.
void note_kept(const Publisher::Kept& kept, std::vector<DocumentResult>& results) {
  if (kept.target.shelf != Shelf::kSources) return;
  const std::string markdown = path_of(kept.target);
  for (DocumentResult& result : results) {
    if (result.markdown != markdown) continue;
    result.edit = {HandEdit::Fate::kKept,
                   path_of({kept.target.shelf, kept.name, kept.target.folder}), 0};
  }
}

}  // namespace

Owner::Owner(KnowledgeBase& kb, LazyStaging& staging, OwnerSettings settings, Calls calls)
    : kb_(kb), staging_(staging), settings_(std::move(settings)), calls_(std::move(calls)) {}

Owner::~Owner() {
  if (last_row_ > 0 || may_be_committed_) staging_.abandon();
}

KnowledgeBase::Lock Owner::lock() {
  auto held = kb_.lock(platform::LockMode::kExclusive, settings_.lock_timeout, settings_.holder);
  absorb(recover(kb_, staging_.batch()));
  return held;
}

void Owner::absorb(const Recovery& recovery) {
  published_by_others_ = recovery.published;
  if (recovery.finished > 0) {
    calls_.warn("finished " + counted(recovery.finished, "document") +
                " that an interrupted run had committed");
  }
  for (const auto& warning : recovery.warnings) calls_.warn(warning);
  for (const auto& damage : recovery.damages) {
    found_damage_ = true;
    calls_.warn("damaged: " + damage);
  }
}

void Owner::start() {
  if (!kb_.registry().has_journal() && !has_leftovers(kb_, staging_.batch()) &&
      !log_is_behind(kb_)) {
    return;
  }
  {
    const auto held = lock();
    move_to_trash(kb_, staging_.batch());
    if (log_is_behind(kb_)) write_log();
  }
  for (const auto& path : empty_trash(kb_)) calls_.warn("could not delete " + path);
}

void Owner::commit(std::vector<Bundle> bundles) {
  Queue queue;
  for (Bundle& bundle : bundles) queue.push_back({std::move(bundle), 0});
  commit_all(queue);
}

// A full disk ends it, whenever that was found: what comes before is committed, nothing behind it.
void Owner::commit_all(Queue& queue) {
  while (!queue.empty()) {
    const Bundle& next = queue.front().bundle;
    if (next.storage_full) {
      throw SystemError("stage", next.source.given,
                        std::make_error_code(std::errc::no_space_on_device));
    }
    if (report_unchanged(queue) == 0) commit_group(queue);
  }
}

// Skips are decided again from the live registry; where nothing else is to be done, the shared lock
// is enough, and nothing is written. Returns how many sources it took off the queue.
std::size_t Owner::report_unchanged(Queue& queue) {
  const auto end = std::find_if(queue.begin(), queue.end(), [](const Pending& pending) {
    return pending.bundle.kind != Bundle::Kind::kUnchanged &&
           pending.bundle.kind != Bundle::Kind::kFailedBefore;
  });
  const auto run = static_cast<std::size_t>(end - queue.begin());
  if (run == 0 || (run < queue.size() && run < kUnchangedRun)) return 0;
  std::vector<DocumentResult> results;
  std::size_t sources = 0;
  {
    const auto held =
        kb_.lock(platform::LockMode::kShared, settings_.lock_timeout, settings_.holder);
    const ReadTransaction reading(kb_.registry());
    SourceCursor cursor(kb_.registry());
    const bool any_children = kb_.registry().has_children();
    for (auto pending = queue.begin(); pending != end; ++pending) {
      const Bundle& bundle = pending->bundle;
      if (bundle.kind == Bundle::Kind::kFailedBefore) {
        if (!fails_as_before(kb_, bundle)) break;
        results.push_back(failed_before_result(bundle));
        ++sources;
        continue;
      }
      if (source_has_changed(kb_.files(), bundle)) break;
      auto result = unchanged_result(cursor, bundle);
      if (!result) break;
      results.push_back(std::move(*result));
      ++sources;
      if (!any_children) continue;
      const auto rows = kb_.registry().children_of(bundle.source.path_key());
      for (DocumentResult& kept : kept_children(kb_, bundle, rows)) {
        results.push_back(std::move(kept));
      }
    }
  }
  report(results);
  queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(sources));
  if (sources < run) {
    prepare_again(queue.front());
    return std::max<std::size_t>(sources, 1);
  }
  return sources;
}

void Owner::report(const std::vector<DocumentResult>& results) {
  for (const DocumentResult& result : results) calls_.report(result);
  if (calls_.reported) calls_.reported();
}

void Owner::commit_group(Queue& queue) {
  std::vector<Pending> taken;
  std::vector<DocumentResult> results;
  std::vector<std::string> detached;
  bool again = false;
  std::exception_ptr failure;
  {
    const auto held = lock();
    std::optional<Transaction> transaction;
    std::optional<Group> group;
    std::optional<FlushAhead> ahead;
    try {
      transaction.emplace(kb_.registry());
      RegistryWriter& writer = transaction->writer();
      group.emplace(kb_, writer, staging_, name_counter_, settings_.on_edit);
      ahead = flush_ahead(queue);
      again = fill(writer, *group, queue, taken);
      if (group->writes()) {
        make_durable(writer, *group, ahead ? &*ahead : nullptr);
        kb_.files().at("commit/transaction");
        commit_rows(*transaction);
      }
    } catch (const Error&) {
      failure = std::current_exception();
    }
    // Rolled back, unless it was committed.
    transaction.reset();
    end_unused(ahead);
    if (failure && group) take_back_folders(*group);
    if (!failure) {
      if (group->writes()) publish_committed(*group);
      results = std::move(group->results());
      detached = group->detached();
    }
  }
  if (failure) {
    log_group("dropped, to be prepared again one by one", taken.size());
    redo_singly(std::move(taken), failure);
    return;
  }
  log_group("committed", results.size());
  report(results);
  if (again) prepare_again(queue.front());
  if (!detached.empty()) adopt_detached(detached, root_of(results), queue);
}

void Owner::log_group(const char* what, std::size_t documents) const {
  if (!wants_debug(settings_.log)) return;
  settings_.log->write(Log::Level::kDebug,
                       "a group of " + counted(documents, "source") + " is " + what);
}

// Takes bundles off the queue into the group. True if the next one must be prepared again first.
bool Owner::fill(const RegistryWriter& writer, Group& group, Queue& queue,
                 std::vector<Pending>& taken) {
  while (!queue.empty() && !group.is_closed() &&
         group.results().size() < settings_.group_documents &&
         group.bytes() < settings_.group_bytes) {
    Bundle& bundle = queue.front().bundle;
    if (bundle.storage_full) return false;
    if (bundle.kind == Bundle::Kind::kPrepared &&
        bundle.failed_flushes != staging_.failed_flushes()) {
      return true;
    }
    auto verdict = Group::Verdict::kTaken;
    const std::int64_t written = writer.changes();
    try {
      verdict = group.take(bundle);
    } catch (const Error&) {
      // A full disk and a damaged registry are everybody's; anything else is this document's alone,
      // unless the transaction has half of it: then the group is dropped, and each taken by itself.
      const std::string reason = what_failed(std::current_exception());
      if (reason.empty()) throw;
      if (writer.changes() != written) {
        taken.push_back(std::move(queue.front()));
        queue.pop_front();
        throw;
      }
      group.take_failure(bundle, Outcome::kIo, reason);
    }
    if (verdict == Group::Verdict::kPrepareAgain) return true;
    if (verdict == Group::Verdict::kNextGroup) return false;
    group.keep_mark(bundle);
    taken.push_back(std::move(queue.front()));
    queue.pop_front();
  }
  return false;
}

// Begins with step 3 for a large group: what it needs of the disk and what its rows need of the
// processor go on at the same time. Nothing for a small one, or if it could not begin.
std::optional<FlushAhead> Owner::flush_ahead(const Queue& queue) {
  const std::size_t most = std::min(queue.size(), settings_.group_documents);
  const auto end = queue.begin() + static_cast<std::ptrdiff_t>(most);
  const auto prepared = std::count_if(queue.begin(), end, [](const Pending& pending) {
    return pending.bundle.kind == Bundle::Kind::kPrepared;
  });
  if (static_cast<std::size_t>(prepared) < settings_.flush_ahead_from) return std::nullopt;
  try {
    return FlushAhead(kb_);
  } catch (const std::system_error&) {
    return std::nullopt;
  }
}

// The system tells of an error once: also of a flush that nobody needs any more.
void Owner::end_unused(std::optional<FlushAhead>& ahead) {
  try {
    if (ahead && ahead->is_open()) ahead->wait();
  } catch (const SystemError&) {
    staging_.flush_failed();
  }
}

// Steps 3 and 4 of the protocol, up to the COMMIT: what was staged is made durable, and with it the
// renames of the group before, whose journal rows can go.
void Owner::make_durable(RegistryWriter& writer, Group& group, FlushAhead* ahead) {
  if (!group.steps().empty()) {
    kb_.files().at("commit/sync");
    try {
      bool has_new_folders = false;
      Publisher publisher(kb_, staging_.dir());
      for (const auto& steps : group.steps()) has_new_folders |= publisher.make_folders(steps);
      const bool flushed = ahead != nullptr && ahead->wait();
      if (!flushed || group.has_staged() || has_new_folders)
        sync_staged(kb_, staging_.dir(), group.steps());
    } catch (const SystemError&) {
      staging_.flush_failed();
      throw;
    }
    writer.delete_journal_of(staging_.batch(), last_row_);
    for (const auto& other : published_by_others_) {
      writer.delete_journal_of(other.batch, other.last_row);
    }
    if (log_moved_) store_cursor(writer, log_cursor_);
  }
}

void Owner::take_back_folders(Group& group) {
  Publisher publisher(kb_, kb_.staging());
  for (const auto& steps : group.steps()) publisher.remove_empty_folders(steps);
}

// A COMMIT that fails may come true: its pages can stand in the registry's log, and count for
// whoever reads that from the disk, until those of another one take their place. So long nobody may
// delete what it speaks of.
void Owner::commit_rows(Transaction& transaction) {
  may_be_committed_ = true;
  transaction.commit();
  may_be_committed_ = false;
}

// What is behind the commit point.
void Owner::publish_committed(Group& group) {
  published_by_others_.clear();
  log_moved_ = false;
  last_row_ = std::max(last_row_, group.last_row());
  kb_.files().at("commit/committed");
  publish(group);
  for (const std::string& path : group.large_files()) {
    const auto target = parse_target(path);
    if (!target) continue;
    try {
      const auto file = kb_.open_read(*target);
      if (file) kb_.files().uncache(*file);
    } catch (const SystemError&) {
      // It stays in memory until that is needed.
    }
  }
}

void Owner::publish(Group& group) {
  try {
    Publisher publisher(kb_, group.steps().empty() ? kb_.staging() : staging_.dir());
    for (const auto& steps : group.steps()) {
      for (const Step& step : steps) {
        if (publisher.apply(step) == Publisher::Result::kDone) continue;
        throw Error("publish", step.target, "its staged file is gone",
                    "run 'sluice recover', then add it again", ExitCode::kDamaged);
      }
    }
    for (const Publisher::Kept& kept : publisher.kept()) {
      calls_.warn(kept.text());
      note_kept(kept, group.results());
    }
    write_log();
  } catch (const Error& error) {
    // Committed, so there is no way back: the rows stay, and with the lease gone the next owner
    // finishes them.
    staging_.abandon();
    throw Error("publish", "what is committed", error.cause(),
                error.next().empty() ? "run 'sluice recover'"
                                     : error.next() + ", then run 'sluice recover'",
                ExitCode::kDamaged);
  }
}

// The log is a projection: that it cannot be written now is no damage, and a later call completes
// it.
void Owner::write_log() {
  try {
    log_cursor_ = project_log(kb_);
    log_moved_ = true;
  } catch (const SystemError& error) {
    if (!log_failed_) calls_.warn(error.what());
    log_failed_ = true;
  }
}

// A group that could not be made durable is dropped. Pages are not to be trusted after a failed
// sync: everything is prepared again from its sources, and committed one by one. So is what else
// was staged by then, when its turn comes.
void Owner::redo_singly(std::vector<Pending> taken, const std::exception_ptr& failure) {
  const std::string reason = what_failed(failure);
  if (reason.empty() || taken.empty()) std::rethrow_exception(failure);
  for (Pending& pending : taken) {
    const bool failed = pending.bundle.kind == Bundle::Kind::kFailed ||
                        pending.bundle.kind == Bundle::Kind::kFailedBefore;
    // When not even a failure can be put on record, the registry is out of order.
    if (pending.redone && failed) std::rethrow_exception(failure);
    if (pending.redone) {
      pending.bundle.kind = Bundle::Kind::kFailed;
      pending.bundle.outcome = Outcome::kIo;
      pending.bundle.reason = reason;
    } else if (!failed) {
      prepare_again(pending);
    }
    pending.redone = true;
    Queue single;
    single.push_back(std::move(pending));
    commit_all(single);
  }
}

void Owner::prepare_again(Pending& pending) {
  const unsigned attempt = ++pending.attempts;
  if (attempt <= kMaxPreparations) {
    auto mark = std::move(pending.bundle.mark);
    pending.bundle = calls_.prepare_again(pending.bundle.source, attempt);
    pending.bundle.mark = std::move(mark);
    return;
  }
  pending.bundle.kind = Bundle::Kind::kFailed;
  pending.bundle.outcome = Outcome::kSourceUnstable;
  pending.bundle.reason = "it kept changing while it was read";
  pending.bundle.converter.clear();
}

void Owner::adopt_detached(const std::vector<std::string>& path_keys,
                           const std::shared_ptr<const SourceRoot>& root, Queue& queue) {
  // What is within a source is prepared with it.
  std::vector<std::string> sources;
  for (const std::string& path_key : path_keys) {
    const auto child = kb_.registry().child(path_key);
    const std::string& key = child ? child->root : path_key;
    if (std::find(sources.begin(), sources.end(), key) == sources.end()) sources.push_back(key);
  }
  for (auto key = sources.rbegin(); key != sources.rend(); ++key) {
    auto source = source_of_key(kb_, *key, root);
    if (source) {
      Pending pending;
      pending.bundle.source = std::move(*source);
      // Counted down from the end, so that its staged files meet no other source's.
      pending.bundle.source.sequence = ~adopted_++;
      prepare_again(pending);
      if (pending.bundle.kind != Bundle::Kind::kFailed || pending.bundle.storage_full) {
        queue.push_front(std::move(pending));
        continue;
      }
    }
    calls_.warn(*key +
                " had the content that was replaced just now, and cannot be read any more: "
                "that content has left the knowledge base");
  }
}

void Owner::set_meta(const std::string& key, const std::string& value) {
  if (kb_.registry().meta(key) == value) return;
  const auto held = lock();
  Transaction transaction(kb_.registry());
  transaction.writer().set_meta(key, value);
  commit_rows(transaction);
}

void Owner::forget_failures(const std::vector<std::string>& path_keys) {
  if (path_keys.empty()) return;
  const auto held = lock();
  Transaction transaction(kb_.registry());
  for (const std::string& path_key : path_keys) transaction.writer().clear_failure(path_key);
  commit_rows(transaction);
}

// A run that found all as it was writes nothing.
bool Owner::is_worth_recording(const RunRow& run) const {
  if (run.added + run.updated + run.duplicate + run.removed + run.renamed + run.failed_new > 0) {
    return true;
  }
  const std::vector<RunRow> last = kb_.registry().last_runs(1);
  return last.empty() ? !run.skips.empty() : last.front().skips != run.skips;
}

void Owner::finish() {
  write_index();
  const bool records_run = run_ && is_worth_recording(*run_);
  if (last_row_ > 0 || log_moved_ || records_run) {
    const auto held = lock();
    kb_.files().at("finish/sync");
    sync_published(
        kb_, staging_.batch().empty() ? platform::Dir{} : platform::duplicate(staging_.dir()));
    Transaction transaction(kb_.registry());
    transaction.writer().delete_journal_of(staging_.batch(), last_row_);
    if (log_moved_) store_cursor(transaction.writer(), log_cursor_);
    if (records_run) transaction.writer().append_run(*run_);
    kb_.files().at("finish/commit");
    commit_rows(transaction);
    last_row_ = 0;
    log_moved_ = false;
    run_.reset();
  }
  if (may_be_committed_) {
    staging_.abandon();
  } else {
    staging_.close();
  }
}

}  // namespace sluice::owner
