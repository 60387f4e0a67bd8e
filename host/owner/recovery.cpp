#include "owner/recovery.h"

#include "model/layout.h"
#include "owner/log.h"
#include "owner/publish.h"
#include "owner/set_aside.h"
#include "owner/transaction.h"
#include "platform/error.h"
#include "platform/move.h"
#include "staging/staging.h"

namespace sluice::owner {
namespace {

// The directory of a dead batch, if there is one. A name that is not a plain one (forged) has none.
platform::Dir staging_of(KnowledgeBase& kb, const std::string& batch) {
  if (!layout::is_plain_name(batch) || !kb.staging()) return {};
  auto dir = kb.files().open_dir(kb.staging(), batch);
  return dir ? std::move(*dir) : platform::Dir{};
}

bool is_alive(KnowledgeBase& kb, const std::string& batch) {
  return layout::is_plain_name(batch) &&
         lease_state(kb.files(), kb.staging(), batch) == LeaseState::kAlive;
}

// Applies all steps of a row. Nothing if it is done, else what is wrong with it.
std::optional<std::string> resume(Publisher& publisher, const JournalRow& row) {
  const auto steps = parse_steps(row.steps);
  if (!steps) return "its journal row is not one of ours";
  std::optional<std::string> damage;
  for (const Step& step : *steps) {
    if (publisher.resume(step) == Publisher::Result::kDone) continue;
    if (!damage) damage = step.target + " is in neither place with the right content";
  }
  return damage;
}

// Keeps what is left of a row's staged files where no reaper looks, and takes the row off the
// journal.
std::string set_aside(KnowledgeBase& kb, const platform::Dir& staging, const JournalRow& row,
                      const std::string& why) {
  platform::Files& files = kb.files();
  // After a crash in here the row is set aside once more, in the same folder.
  SetAside aside(kb, "row-" + std::to_string(row.id));
  const auto steps = parse_steps(row.steps);
  if (staging && steps) {
    for (const Step& step : *steps) {
      for (const std::string& name : {step.staged, platform::aside_name(step.staged)}) {
        if (files.info(staging, name)) aside.take(staging, name, name);
      }
    }
    files.sync_file_system(kb.root());
  }
  const auto document = kb.registry().document(row.document);
  std::string what = (document ? document->name : "a missing document") + ": " + why +
                     "; what is left of it is in .sluice/set-aside/" + aside.folder();
  Transaction transaction(kb.registry());
  RegistryWriter& writer = transaction.writer();
  if (document) writer.set_damaged(document->id);
  writer.put_damage(row, what, aside.folder());
  writer.delete_journal(row.id);
  transaction.commit();
  return what;
}

// A row that could not be finished for a reason that may pass (disk full, permission).
[[noreturn]] void give_up_for_now(KnowledgeBase& kb, const JournalRow& row, const Error& error) {
  try {
    Transaction transaction(kb.registry());
    transaction.writer().count_attempt(row.id);
    transaction.commit();
  } catch (const std::exception&) {
    // An attempt that is not counted is one more attempt.
  }
  const auto document = kb.registry().document(row.document);
  throw Error("finish publishing", document ? document->name : std::string("a document"),
              error.cause(),
              error.next().empty() ? "put that right and run 'sluice recover'"
                                   : error.next() + ", then run 'sluice recover'",
              ExitCode::kDamaged);
}

// Only where there is something to recover: a run of our own that was interrupted still commits
// what it has in hand.
void stop_if_interrupted(const KnowledgeBase& kb) {
  if (!kb.interrupted()) return;
  throw Error("finish publishing in", kb.path(), "interrupted", "run 'sluice recover'",
              ExitCode::kInterrupted);
}

void recover_batch(KnowledgeBase& kb, const Registry::JournalOfBatch& journal, Recovery& recovery) {
  const auto& [batch, rows] = journal;
  const platform::Dir staging = staging_of(kb, batch);
  Publisher publisher(kb, staging);
  std::vector<std::int64_t> done;
  for (const JournalRow& row : rows) {
    // What is finished by now is taken off the journal all the same.
    if (kb.interrupted()) break;
    try {
      const auto damage = resume(publisher, row);
      if (damage) {
        recovery.damages.push_back(set_aside(kb, staging, row, *damage));
      } else {
        done.push_back(row.id);
      }
    } catch (const Error& error) {
      if (error.exit_code() == ExitCode::kInterrupted) throw;
      if (row.attempts + 1 < kMaxAttempts) give_up_for_now(kb, row, error);
      recovery.damages.push_back(set_aside(kb, staging, row, error.cause()));
    }
  }
  if (!done.empty()) {
    kb.files().at("recovery/sync");
    sync_published(kb, staging);
    Transaction transaction(kb.registry());
    for (const std::int64_t id : done) transaction.writer().delete_journal(id);
    kb.files().at("recovery/commit");
    transaction.commit();
  }
  stop_if_interrupted(kb);
  recovery.finished += static_cast<std::int64_t>(done.size());
  for (const Publisher::Kept& kept : publisher.kept()) recovery.warnings.push_back(kept.text());
}

void complete_log(KnowledgeBase& kb, Recovery& recovery) {
  LogCursor cursor;
  try {
    cursor = project_log(kb);
  } catch (const SystemError& error) {
    // A projection: that it cannot be written now is no damage.
    recovery.warnings.emplace_back(error.what());
    return;
  }
  sync_published(kb, {});
  Transaction transaction(kb.registry());
  store_cursor(transaction.writer(), cursor);
  transaction.commit();
}

// Whoever takes these rows off the journal makes durable what they have published.
void note_changes(KnowledgeBase& kb, const std::vector<JournalRow>& rows) {
  if (kb.layout() == layout::Kind::kFlat) return;
  for (const JournalRow& row : rows) {
    const auto steps = parse_steps(row.steps);
    if (!steps) continue;
    for (const Step& step : *steps) {
      if (const auto target = parse_target(step.target)) kb.note_change(*target);
    }
  }
}

}  // namespace

Recovery recover(KnowledgeBase& kb, const std::string& own_batch) {
  Recovery recovery;
  bool others_died = false;
  for (const Registry::JournalOfBatch& journal : kb.registry().journal(own_batch)) {
    if (is_alive(kb, journal.batch)) {
      recovery.published.push_back({journal.batch, journal.rows.back().id});
      note_changes(kb, journal.rows);
      continue;
    }
    others_died = true;
    recover_batch(kb, journal, recovery);
  }
  // A recovery that died after it had finished the journal leaves only the log behind. While others
  // are alive, theirs is behind as a rule.
  const bool is_alone = own_batch.empty() && recovery.published.empty();
  if (others_died || (is_alone && log_is_behind(kb))) complete_log(kb, recovery);
  return recovery;
}

}  // namespace sluice::owner
