// What only checking and repairing ask of the registry.
#include "owner/registry.h"

namespace sluice::owner {
namespace {

constexpr const char* kDangling =
    "SELECT 'source ' || path_key FROM sources WHERE document NOT IN (SELECT id FROM documents)"
    " UNION ALL"
    " SELECT 'file ' || path FROM files WHERE document NOT IN (SELECT id FROM documents)";

}  // namespace

std::vector<std::string> Registry::integrity_problems(Depth depth) {
  Statement row =
      db_.prepare(depth == Depth::kQuick ? "PRAGMA quick_check(10)" : "PRAGMA integrity_check(10)");
  std::vector<std::string> problems;
  while (row.step()) problems.push_back(row.text(0));
  if (problems.size() == 1 && problems.front() == "ok") problems.clear();
  return problems;
}

void Registry::rebuild_indexes() {
  db_.execute("REINDEX");
}

std::vector<std::string> Registry::dangling_rows() {
  std::vector<std::string> rows;
  Statement row = db_.prepare(kDangling);
  while (row.step()) rows.push_back(row.text(0));
  return rows;
}

void Registry::drop_dangling_rows(std::string_view set_aside) {
  for (const std::string& row : dangling_rows()) {
    put_damage({}, "the registry had a row of a document that is gone: " + row, set_aside);
  }
  db_.execute("DELETE FROM sources WHERE document NOT IN (SELECT id FROM documents)");
  db_.execute("DELETE FROM files WHERE document NOT IN (SELECT id FROM documents)");
}

void Registry::clear_damaged(std::int64_t id) {
  db_.prepare("UPDATE documents SET damaged = 0 WHERE id = ?1").bind(1, id).run();
}

std::vector<DamageRow> Registry::damage_rows() {
  std::vector<DamageRow> rows;
  Statement row = db_.prepare("SELECT id, document, what, set_aside FROM damages ORDER BY id");
  while (row.step()) rows.push_back({row.integer(0), row.integer(1), row.text(2), row.text(3)});
  return rows;
}

void Registry::delete_damage(std::int64_t id) {
  db_.prepare("DELETE FROM damages WHERE id = ?1").bind(1, id).run();
}

}  // namespace sluice::owner
