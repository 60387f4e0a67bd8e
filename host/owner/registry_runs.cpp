// The runs that changed the knowledge base, and what the newest of them skipped.
#include <algorithm>

#include "owner/registry_writer.h"

namespace sluice::owner {
namespace {

// Two years of nightly runs; `watch` makes as many in some days. A run is about 200 bytes.
constexpr std::int64_t kMaxRuns = 1000;

constexpr const char* kRunColumns =
    "command, started_at, milliseconds, events_before, is_whole, added, updated, unchanged,"
    " duplicate, failed, failed_new, removed, renamed, bytes";

// The figures of a run, in the order of their columns.
constexpr std::int64_t RunRow::*kFigures[] = {
    &RunRow::added,      &RunRow::updated, &RunRow::unchanged, &RunRow::duplicate, &RunRow::failed,
    &RunRow::failed_new, &RunRow::removed, &RunRow::renamed,   &RunRow::bytes};
constexpr int kFirstFigure = 6;

}  // namespace

std::vector<RunRow> Registry::last_runs(int limit) const {
  Statement row = db_.prepare(std::string("SELECT id, ") + kRunColumns +
                              " FROM runs ORDER BY id DESC LIMIT ?1");
  row.bind(1, static_cast<std::int64_t>(limit));
  Statement skip =
      db_.prepare("SELECT why, kind, count FROM run_skips WHERE run = ?1 ORDER BY why, kind");
  std::vector<RunRow> runs;
  while (row.step()) {
    RunRow& run = runs.emplace_back();
    run.id = row.integer(0);
    run.command = row.text(1);
    run.started_at = row.integer(2);
    run.milliseconds = row.integer(3);
    run.events_before = row.integer(4);
    run.is_whole = row.integer(5) != 0;
    int column = kFirstFigure;
    for (const auto figure : kFigures) run.*figure = row.integer(column++);
    skip.bind(1, run.id);
    while (skip.step()) run.skips.push_back({skip.text(0), skip.text(1), skip.integer(2)});
    skip.reset();
  }
  return runs;
}

void RegistryWriter::append_run(const RunRow& run) {
  Database& db = registry_.db_;
  Statement insert = db.prepare(std::string("INSERT INTO runs(") + kRunColumns +
                                ") VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)");
  insert.bind(1, run.command).bind(2, run.started_at).bind(3, run.milliseconds);
  insert.bind(4, run.events_before).bind(5, static_cast<std::int64_t>(run.is_whole ? 1 : 0));
  int place = kFirstFigure;
  for (const auto figure : kFigures) insert.bind(place++, run.*figure);
  insert.run();
  const std::int64_t id = db.last_insert_id();
  db.execute("DELETE FROM run_skips");
  Statement skip = db.prepare("INSERT INTO run_skips VALUES(?1, ?2, ?3, ?4)");
  for (const SkipCount& one : run.skips) {
    skip.bind(1, id).bind(2, one.why).bind(3, one.kind).bind(4, one.count).run();
  }
  db.prepare("DELETE FROM runs WHERE id <= ?1").bind(1, id - kMaxRuns).run();
}

}  // namespace sluice::owner
