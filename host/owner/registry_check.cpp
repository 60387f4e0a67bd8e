// What only checking and repairing ask of the registry.
#include "owner/contents.h"
#include "owner/registry.h"

namespace sluice::owner {
namespace {

constexpr const char* kDangling =
    "SELECT 'source ' || path_key FROM sources WHERE document NOT IN (SELECT id FROM documents)"
    " UNION ALL"
    " SELECT 'file ' || path FROM files WHERE document NOT IN (SELECT id FROM documents)";

constexpr const char* kNotInContents =
    "SELECT count(*) FROM documents"
    " WHERE NOT EXISTS(SELECT 1 FROM contents"
    "                  WHERE prefix = substr(sha256, 1, 8) AND document = documents.id)"
    "   AND NOT EXISTS(SELECT 1 FROM recent_contents"
    "                  WHERE prefix = substr(sha256, 1, 8) AND document = documents.id)";
constexpr const char* kNotInDocuments =
    "SELECT count(*) FROM (SELECT prefix, document FROM contents"
    " UNION ALL SELECT prefix, document FROM recent_contents)"
    " WHERE NOT EXISTS(SELECT 1 FROM documents WHERE id = document AND substr(sha256, 1, 8) = "
    "prefix)";

}  // namespace

std::vector<std::string> Registry::integrity_problems(Depth depth) {
  std::vector<std::string> problems = file_problems(depth);
  if (depth == Depth::kQuick || !problems.empty()) return problems;
  const auto count = [this, &problems](const char* query, const char* what) {
    Statement row = db_.prepare(query);
    row.step();
    if (row.integer(0) > 0) problems.push_back(std::to_string(row.integer(0)) + what);
  };
  count(kNotInContents, " document(s) are missing from the index of contents");
  count(kNotInDocuments, " row(s) of the index of contents lead to no document with that content");
  return problems;
}

std::vector<std::string> Registry::file_problems(Depth depth) {
  Statement row =
      db_.prepare(depth == Depth::kQuick ? "PRAGMA quick_check(10)" : "PRAGMA integrity_check(10)");
  std::vector<std::string> problems;
  while (row.step()) problems.push_back(row.text(0));
  if (problems.size() == 1 && problems.front() == "ok") problems.clear();
  return problems;
}

void Registry::rebuild_indexes() {
  db_.execute("REINDEX");
  db_.execute("DELETE FROM contents");
  db_.execute("DELETE FROM recent_contents");
  db_.execute(kFillContents);
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
