// Walks over many rows of the registry: in the order of a scan, or a page at a time.
#include "owner/registry.h"
#include "owner/registry_statements.h"

namespace sluice::owner {
namespace {

// The keys of what a cursor wants lie from ?1 to below ?2.
constexpr const char* kSourcesBelow =
    "SELECT s.path_key, s.sha256, d.size, d.name, d.raw, d.path_key = s.path_key,"
    " NOT EXISTS(SELECT 1 FROM sources o WHERE o.document = s.document AND"
    " o.path_key <> s.path_key),"
    " s.settled AND NOT d.damaged, s.device, s.inode, s.size, s.mtime_ns, s.ctime_ns"
    " FROM sources s JOIN documents d ON d.id = s.document"
    " WHERE s.path_key >= ?1 AND (?2 = '' OR s.path_key < ?2)"
    " AND NOT EXISTS(SELECT 1 FROM children c WHERE c.path_key = s.path_key)"
    " ORDER BY s.path_key";

// The first text behind all that begin with `prefix`.
std::string end_of(std::string_view prefix) {
  std::string end(prefix);
  if (!end.empty()) ++end.back();  // a `/`, so that this stays one byte
  return end;
}

}  // namespace

SourcesBelow Registry::sources_below(std::string_view prefix) const {
  return SourcesBelow(db_, prefix);
}

SourcesBelow::SourcesBelow(const Database& db, std::string_view prefix)
    : bounds_(std::make_unique<Bounds>(Bounds{std::string(prefix), end_of(prefix)})),
      statement_(db.prepare(kSourcesBelow)) {
  statement_.bind(1, bounds_->begin).bind(2, bounds_->end);
}

std::optional<SourceBelow> SourcesBelow::next() {
  while (statement_.step()) {
    SourceBelow source;
    source.path_key = statement_.text(0);
    if (bounds_->begin.empty() && !is_key_in_kb(source.path_key)) continue;
    source.sha256 = digest(statement_.blob(1));
    source.size = static_cast<std::uint64_t>(statement_.integer(2));
    source.name = statement_.text(3);
    source.raw = statement_.text(4);
    source.is_primary = statement_.integer(5) != 0;
    source.is_alone = statement_.integer(6) != 0;
    if (statement_.integer(7) != 0) {
      source.proof = {static_cast<std::uint64_t>(statement_.integer(8)),
                      static_cast<std::uint64_t>(statement_.integer(9)),
                      static_cast<std::uint64_t>(statement_.integer(10)), statement_.integer(11),
                      statement_.integer(12)};
    }
    return source;
  }
  return std::nullopt;
}

UnusualDocuments Registry::unusual_documents() const {
  const auto ids = [this](const char* sql) {
    std::vector<std::int64_t> found;
    for (Statement row = db_.prepare(sql); row.step();) found.push_back(row.integer(0));
    return found;
  };
  return {ids("SELECT document FROM sources GROUP BY document HAVING count(*) <> 1"
              " ORDER BY document"),
          ids("SELECT DISTINCT document FROM files ORDER BY document"),
          ids("SELECT DISTINCT document FROM attempts ORDER BY document")};
}

std::vector<std::string> Registry::names_beginning_with(std::string_view prefix, int limit) const {
  // Text is UTF-8, so that no name is greater than the prefix and the last character.
  Statement row = db_.prepare(
      "SELECT name FROM documents WHERE name >= ?1 AND name < ?1 || char(1114111)"
      " ORDER BY name LIMIT ?2");
  row.bind(1, prefix).bind(2, static_cast<std::int64_t>(limit));
  std::vector<std::string> names;
  while (row.step()) names.push_back(row.text(0));
  return names;
}

std::vector<Document> Registry::documents_after(std::int64_t id, int limit) const {
  Statement row = db_.prepare(select_documents("WHERE id > ?1 ORDER BY id LIMIT ?2"));
  row.bind(1, id).bind(2, std::int64_t{limit});
  std::vector<Document> documents;
  while (row.step()) documents.push_back(read_document(row));
  return documents;
}

std::vector<FailureRow> Registry::failures_after(std::string_view path_key, int limit) const {
  Statement row = db_.prepare(std::string(kSelectFailures) +
                              "WHERE path_key > ?1 AND NOT is_skipped ORDER BY path_key LIMIT ?2");
  row.bind(1, path_key).bind(2, std::int64_t{limit});
  std::vector<FailureRow> failures;
  while (row.step()) failures.push_back(read_failure(row));
  return failures;
}

void Registry::each_failure(const std::function<void(const FailureRow&)>& visit) const {
  each_without_document([&](const FailureRow& row) {
    if (!row.is_skipped) visit(row);
  });
}

void Registry::each_without_document(const std::function<void(const FailureRow&)>& visit) const {
  Statement row = db_.prepare(std::string(kSelectFailures) + "ORDER BY path_key");
  while (row.step()) visit(read_failure(row));
}

bool Registry::has_documents_in(std::string_view folder_key) const {
  // `0` comes behind `/`.
  const std::string begin = std::string(folder_key) + '/';
  const std::string end = std::string(folder_key) + '0';
  return statements_->name_between->bind(1, begin).bind(2, end).has_row();
}

}  // namespace sluice::owner
