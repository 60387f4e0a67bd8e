// What only checking asks of the registry.
#include <sluice/counted.hpp>

#include "owner/registry.h"
#include "owner/registry_statements.h"

namespace sluice::owner {
namespace {

constexpr const char* kDangling =
    "SELECT 'source ' || path_key FROM sources WHERE document NOT IN (SELECT id FROM documents)"
    " UNION ALL"
    " SELECT 'file ' || path FROM files WHERE document NOT IN (SELECT id FROM documents)"
    " UNION ALL"
    " SELECT 'attempt of ' || converter FROM attempts"
    " WHERE document NOT IN (SELECT id FROM documents)"
    " UNION ALL"
    " SELECT 'links of the document ' || document FROM links"
    " WHERE document NOT IN (SELECT id FROM documents)"
    " UNION ALL"
    " SELECT 'a link to ' || target FROM link_targets"
    " WHERE document NOT IN (SELECT id FROM documents)"
    " UNION ALL"
    " SELECT 'unsettled links of the document ' || document FROM unsettled_links"
    " WHERE document NOT IN (SELECT id FROM documents)"
    " UNION ALL"
    " SELECT 'anchors of the document ' || document FROM anchors"
    " WHERE document NOT IN (SELECT id FROM documents)"
    " UNION ALL"
    " SELECT 'former path ' || path_key FROM former_paths"
    " WHERE document NOT IN (SELECT id FROM documents)"
    " UNION ALL"
    " SELECT 'lines of the document ' || document FROM line_prints"
    " WHERE document NOT IN (SELECT id FROM documents)"
    " UNION ALL"
    " SELECT 'document within ' || root || ': ' || path_key FROM children"
    " WHERE root NOT IN (SELECT path_key FROM sources)"
    " UNION ALL"
    " SELECT 'attempt of ' || converter || ' at ' || path_key FROM failed_attempts"
    " WHERE path_key NOT IN (SELECT path_key FROM failures)";

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

std::vector<std::string> Registry::integrity_problems(Depth depth) const {
  std::vector<std::string> problems = file_problems(depth);
  for (std::string& problem : foreign_words()) problems.push_back(std::move(problem));
  if (const std::int64_t missing = missing_events(); missing != 0) {
    problems.push_back(counted(missing, "event is", "events are") +
                       " missing between the first and the last");
  }
  if (depth == Depth::kQuick || !problems.empty()) return problems;
  const auto count = [this, &problems](const char* query, const char* one, const char* many) {
    Statement row = db_.prepare(query);
    row.step();
    if (row.integer(0) > 0) problems.push_back(counted(row.integer(0), one, many));
  };
  count(kNotInContents, "document is missing from the index of contents",
        "documents are missing from the index of contents");
  count(kNotInDocuments, "row of the index of contents leads to no document with that content",
        "rows of the index of contents lead to no document with that content");
  return problems;
}

std::vector<std::string> Registry::file_problems(Depth depth) const {
  Statement row =
      db_.prepare(depth == Depth::kQuick ? "PRAGMA quick_check(10)" : "PRAGMA integrity_check(10)");
  std::vector<std::string> problems;
  while (row.step()) problems.push_back(row.text(0));
  if (problems.size() == 1 && problems.front() == "ok") problems.clear();
  return problems;
}

// Words that are none of ours: reading such a row is refused.
std::vector<std::string> Registry::foreign_words() const {
  std::vector<std::string> problems;
  const auto look = [&](const char* rows, const std::string& noun, const char* what,
                        const auto& is_known) {
    // All are known, almost always. To count each of them, SQLite would sort the whole table.
    const std::string words = " FROM (" + std::string(rows) + ")";
    Statement different = db_.prepare("SELECT DISTINCT word" + words);
    bool are_known = true;
    while (different.step()) are_known = is_known(different.text(0)) && are_known;
    if (are_known) return;
    std::int64_t foreign = 0;
    Statement row = db_.prepare("SELECT word, count(*)" + words + " GROUP BY word");
    while (row.step()) foreign += is_known(row.text(0)) ? 0 : row.integer(1);
    problems.push_back(counted(foreign, noun + " has", noun + "s have") + " " + what +
                       " that Sluice never writes");
  };
  const auto is_outcome = [](const std::string& word) {
    return outcome_from_word(word).has_value();
  };
  look("SELECT outcome AS word FROM documents", "document", "an outcome", is_outcome);
  look("SELECT outcome AS word FROM failures", "failure", "an outcome", is_outcome);
  look("SELECT outcome AS word FROM attempts UNION ALL SELECT outcome FROM failed_attempts",
       "attempt", "an outcome", is_outcome);
  look("SELECT op AS word FROM events", "event", "a kind",
       [](const std::string& word) { return event_op_from_word(word).has_value(); });
  return problems;
}

// One row for all: two more lookups for each document would take as long as the walk.
void Registry::each_document_with_keys(
    const std::function<void(const Document&, const DocumentKeys&)>& visit) const {
  Statement row = db_.prepare(std::string("SELECT ") + kDocumentColumns +
                              ", name_key, coalesce((SELECT document FROM sources"
                              " WHERE sources.path_key = documents.path_key), -1)"
                              " FROM documents ORDER BY name");
  Document document;
  DocumentKeys keys;
  while (row.step()) {
    read_document(row, document);
    keys.name_key = row.text_view(kDocumentColumnCount);
    const std::int64_t of_source = row.integer(kDocumentColumnCount + 1);
    keys.of_source = of_source < 0 ? std::nullopt : std::optional(of_source);
    visit(document, keys);
  }
}

std::vector<std::string> Registry::dangling_rows() const {
  std::vector<std::string> rows;
  Statement row = db_.prepare(kDangling);
  while (row.step()) rows.push_back(row.text(0));
  return rows;
}

std::vector<DamageRow> Registry::damage_rows() const {
  std::vector<DamageRow> rows;
  Statement row = db_.prepare("SELECT id, document, what, set_aside FROM damages ORDER BY id");
  while (row.step()) rows.push_back({row.integer(0), row.integer(1), row.text(2), row.text(3)});
  return rows;
}

}  // namespace sluice::owner
