#include "owner/registry.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <random>
#include <utility>

#include "owner/contents.h"
#include "platform/error.h"

namespace sluice::owner {
namespace {

constexpr const char* kSchema = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  name_key TEXT NOT NULL UNIQUE,   -- what every platform can tell apart
  path_key TEXT NOT NULL,          -- the source it was made from
  sha256 BLOB NOT NULL,
  size INTEGER NOT NULL,
  raw TEXT NOT NULL,
  markdown TEXT NOT NULL,
  markdown_sha256 BLOB NOT NULL,
  markdown_size INTEGER NOT NULL,
  assets INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  converter TEXT NOT NULL,
  converter_version TEXT NOT NULL,
  options_hash TEXT NOT NULL,
  outcome TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  damaged INTEGER NOT NULL DEFAULT 0);
CREATE TABLE sources(
  path_key TEXT PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents(id),
  sha256 BLOB NOT NULL,
  device INTEGER NOT NULL, inode INTEGER NOT NULL, size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,
  settled INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX sources_by_document ON sources(document);
CREATE TABLE files(
  document INTEGER NOT NULL REFERENCES documents(id),
  kind INTEGER NOT NULL,           -- 0 asset, 1 sidecar
  path TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  size INTEGER NOT NULL,
  PRIMARY KEY(document, path)) WITHOUT ROWID;
CREATE TABLE events(
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL, op TEXT NOT NULL, name TEXT NOT NULL,
  path_key TEXT NOT NULL, sha256 BLOB NOT NULL);
CREATE INDEX events_by_name ON events(name);
CREATE TABLE failures(
  path_key TEXT PRIMARY KEY, outcome TEXT NOT NULL, reason TEXT NOT NULL,
  converter TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE journal(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  batch TEXT NOT NULL, document INTEGER NOT NULL,
  steps TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0);
CREATE INDEX journal_by_document ON journal(document);
CREATE TABLE damages(
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, document INTEGER NOT NULL,
  what TEXT NOT NULL, set_aside TEXT NOT NULL, steps TEXT NOT NULL);
)sql";

// Which documents have which content, by the first bytes of its hash. An index over all documents
// would have a page to be rewritten for every new one, since hashes come in no order. New ones go
// into a small table, whose pages are few, and from there in bulk into the other.
constexpr const char* kContents = R"sql(
CREATE TABLE contents(
  prefix BLOB NOT NULL, document INTEGER NOT NULL, PRIMARY KEY(prefix, document)) WITHOUT ROWID;
CREATE TABLE recent_contents(
  prefix BLOB NOT NULL, document INTEGER NOT NULL, PRIMARY KEY(prefix, document)) WITHOUT ROWID;
CREATE TRIGGER content_added AFTER INSERT ON documents BEGIN
  INSERT INTO recent_contents VALUES(substr(new.sha256, 1, 8), new.id);
END;
CREATE TRIGGER content_removed AFTER DELETE ON documents BEGIN
  DELETE FROM contents WHERE prefix = substr(old.sha256, 1, 8) AND document = old.id;
  DELETE FROM recent_contents WHERE prefix = substr(old.sha256, 1, 8) AND document = old.id;
END;
CREATE TRIGGER content_replaced AFTER UPDATE OF sha256 ON documents
WHEN old.sha256 <> new.sha256 BEGIN
  DELETE FROM contents WHERE prefix = substr(old.sha256, 1, 8) AND document = old.id;
  DELETE FROM recent_contents WHERE prefix = substr(old.sha256, 1, 8) AND document = old.id;
  INSERT INTO recent_contents VALUES(substr(new.sha256, 1, 8), new.id);
END;
)sql";

// What version 1 had instead.
constexpr const char* kDropOfVersion1 = "DROP INDEX documents_by_content";

constexpr const char* kSettleContents = R"sql(
INSERT INTO contents SELECT prefix, document FROM recent_contents;
DELETE FROM recent_contents;
)sql";

constexpr const char* kWithContent =
    "WHERE id IN (SELECT document FROM contents WHERE prefix = substr(?1, 1, 8)"
    " UNION ALL SELECT document FROM recent_contents WHERE prefix = substr(?1, 1, 8))"
    " AND sha256 = ?1 AND damaged = 0 LIMIT 1";

constexpr const char* kDocumentColumns =
    "id, name, path_key, sha256, size, raw, markdown, markdown_sha256, markdown_size, assets,"
    " media_type, converter, converter_version, options_hash, outcome, added_at, updated_at,"
    " CASE WHEN damaged THEN 'damaged'"
    " WHEN EXISTS(SELECT 1 FROM journal WHERE journal.document = documents.id) THEN 'pending'"
    " ELSE 'ok' END";
constexpr const char* kSourceColumns =
    "document, path_key, device, inode, size, mtime_ns, ctime_ns, settled, sha256";

std::string select_documents(const char* condition) {
  return std::string("SELECT ") + kDocumentColumns + " FROM documents " + condition;
}
std::string select_sources(const char* condition) {
  return std::string("SELECT ") + kSourceColumns + " FROM sources " + condition;
}

Sha256Digest digest(std::span<const std::uint8_t> bytes) {
  Sha256Digest out{};
  if (bytes.size() == out.size()) std::memcpy(out.data(), bytes.data(), out.size());
  return out;
}

std::int64_t version_of(Database& db) {
  Statement version = db.prepare("PRAGMA user_version");
  version.step();
  return version.integer(0);
}

std::string random_id() {
  std::random_device device;
  std::array<std::uint8_t, 16> bytes{};
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(device());
  return platform::to_hex(bytes);
}

}  // namespace

struct Registry::Statements {
  Statement document_by_id, document_by_name, document_by_name_key, document_by_content;
  Statement content, insert_document, update_document;
  Statement delete_files, insert_file, files_of;
  Statement source, sources_of, put_source, delete_source;
  Statement append_event, failure, failure_of, any_failure, put_failure, clear_failure;
  Statement append_journal, journal_batches, delete_journal_of, get_meta, set_meta;
  Statement recent_contents;

  explicit Statements(Database& db)
      : document_by_id(db.prepare(select_documents("WHERE id = ?1"))),
        document_by_name(db.prepare(select_documents("WHERE name = ?1"))),
        document_by_name_key(db.prepare(select_documents("WHERE name_key = ?1"))),
        document_by_content(db.prepare(select_documents(kWithContent))),
        content(db.prepare(std::string("SELECT 1 FROM documents ") + kWithContent)),
        insert_document(db.prepare(
            "INSERT INTO documents(name, name_key, path_key, sha256, size, raw, markdown,"
            " markdown_sha256, markdown_size, assets, media_type, converter, converter_version,"
            " options_hash, outcome, added_at, updated_at)"
            " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)")),
        update_document(db.prepare(
            "UPDATE documents SET name=?1, name_key=?2, path_key=?3, sha256=?4, size=?5, raw=?6,"
            " markdown=?7, markdown_sha256=?8, markdown_size=?9, assets=?10, media_type=?11,"
            " converter=?12, converter_version=?13, options_hash=?14, outcome=?15, added_at=?16,"
            " updated_at=?17, damaged=0 WHERE id=?18")),
        delete_files(db.prepare("DELETE FROM files WHERE document = ?1")),
        insert_file(db.prepare("INSERT INTO files VALUES(?1,?2,?3,?4,?5)")),
        files_of(db.prepare(
            "SELECT kind, path, sha256, size FROM files WHERE document = ?1 ORDER BY path")),
        source(db.prepare(select_sources("WHERE path_key = ?1"))),
        sources_of(db.prepare(select_sources("WHERE document = ?1 ORDER BY path_key"))),
        put_source(db.prepare(
            "INSERT INTO sources(document, path_key, device, inode, size, mtime_ns, ctime_ns,"
            " settled, sha256) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)"
            " ON CONFLICT(path_key) DO UPDATE SET document=?1, device=?3, inode=?4, size=?5,"
            " mtime_ns=?6, ctime_ns=?7, settled=?8, sha256=?9")),
        delete_source(db.prepare("DELETE FROM sources WHERE path_key = ?1")),
        append_event(db.prepare(
            "INSERT INTO events(at, op, name, path_key, sha256) VALUES(?1,?2,?3,?4,?5)")),
        failure(db.prepare(
            "SELECT 1 FROM failures WHERE path_key = ?1 AND outcome = ?2 AND reason = ?3")),
        failure_of(db.prepare("SELECT 1 FROM failures WHERE path_key = ?1")),
        any_failure(db.prepare("SELECT 1 FROM failures LIMIT 1")),
        put_failure(db.prepare("INSERT OR REPLACE INTO failures VALUES(?1,?2,?3,?4,?5)")),
        clear_failure(db.prepare("DELETE FROM failures WHERE path_key = ?1")),
        append_journal(db.prepare("INSERT INTO journal(batch, document, steps) VALUES(?1,?2,?3)")),
        journal_batches(db.prepare("SELECT DISTINCT batch FROM journal")),
        delete_journal_of(db.prepare("DELETE FROM journal WHERE batch = ?1 AND id <= ?2")),
        get_meta(db.prepare("SELECT value FROM meta WHERE key = ?1")),
        set_meta(db.prepare("INSERT OR REPLACE INTO meta VALUES(?1, ?2)")),
        recent_contents(db.prepare("SELECT count(*) FROM recent_contents")) {}
};

void Registry::create(const std::string& path) {
  Database db(path, Database::Mode::kCreate);
  db.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
  db.execute("BEGIN IMMEDIATE");
  db.merge_on_close();
  if (version_of(db) == 0) {
    db.execute(kSchema);
    db.execute(kContents);
    db.prepare("INSERT INTO meta VALUES('kb_id', ?1)").bind(1, random_id()).run();
    db.execute("PRAGMA user_version = 2");
  }
  db.execute("COMMIT");
}

// From version 1. Its own transaction: others may open it at the same moment.
void Registry::upgrade() {
  begin();
  try {
    if (version_of(db_) == 1) {
      db_.execute(kContents);
      db_.execute(kFillContents);
      db_.execute(kDropOfVersion1);
      db_.execute("PRAGMA user_version = 2");
    }
    db_.execute("COMMIT");
  } catch (const Error&) {
    rollback();
    throw;
  }
}

Registry::Registry(const std::string& path, Database::Mode mode) : db_(path, mode) {
  const std::int64_t found = version_of(db_);
  if (found > kRegistryVersion) {
    throw Error("open", "this knowledge base",
                "it was made by a newer Sluice (registry version " + std::to_string(found) +
                    ", this one knows " + std::to_string(kRegistryVersion) + ")",
                "upgrade Sluice; nothing was changed");
  }
  if (found == 0) {
    throw Error("open", "this knowledge base", "its registry was never finished",
                "run 'sluice init' again", ExitCode::kDamaged);
  }
  if (mode == Database::Mode::kReadWrite) {
    // A whole group's pages fit into the cache, so that each is written once.
    db_.execute(
        "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY;"
        " PRAGMA cache_size=-16384;");
  }
  if (found < kRegistryVersion) {
    if (mode == Database::Mode::kReadOnly) {
      throw Error("read", "this knowledge base", "its registry is from an older Sluice",
                  "run 'sluice recover' once, which brings it up to date");
    }
    upgrade();
  }
  statements_ = std::make_shared<Statements>(db_);
  kb_id_ = meta("kb_id");
}

void Registry::begin() {
  db_.execute("BEGIN IMMEDIATE");
  db_.merge_on_close();
}
void Registry::commit() {
  if (std::exchange(has_new_content_, false)) settle_contents();
  db_.execute("COMMIT");
}

void Registry::settle_contents() {
  Statement& count = statements_->recent_contents;
  count.step();
  const std::int64_t recent = count.integer(0);
  count.reset();
  if (recent >= kRecentContents) db_.execute(kSettleContents);
}
void Registry::rollback() noexcept {
  try {
    db_.execute("ROLLBACK");
  } catch (const std::exception&) {
    // There is no transaction any more: SQLite has rolled it back itself.
  }
}
std::int64_t Registry::changes() const {
  return db_.total_changes();
}

std::string Registry::meta(std::string_view key) {
  Statement& statement = statements_->get_meta.bind(1, key);
  std::string value;
  if (statement.step()) {
    value = statement.text(0);
    statement.reset();
  }
  return value;
}

void Registry::set_meta(std::string_view key, std::string_view value) {
  statements_->set_meta.bind(1, key).bind(2, value).run();
}

Document Registry::read_document(const Statement& row) const {
  Document d;
  d.id = row.integer(0);
  d.name = row.text(1);
  d.path_key = row.text(2);
  d.sha256 = digest(row.blob(3));
  d.size = static_cast<std::uint64_t>(row.integer(4));
  d.raw = row.text(5);
  d.markdown = row.text(6);
  d.markdown_sha256 = digest(row.blob(7));
  d.markdown_size = static_cast<std::uint64_t>(row.integer(8));
  d.assets = row.integer(9);
  d.media_type = row.text(10);
  d.converter = row.text(11);
  d.converter_version = row.text(12);
  d.options_hash = row.text(13);
  d.outcome = row.text(14);
  d.added_at = row.integer(15);
  d.updated_at = row.integer(16);
  d.state = row.text(17);
  return d;
}

std::optional<Document> Registry::one_document(Statement& statement) {
  if (!statement.step()) return std::nullopt;
  Document found = read_document(statement);
  statement.reset();
  return found;
}

std::optional<Document> Registry::document(std::int64_t id) {
  return one_document(statements_->document_by_id.bind(1, id));
}
std::optional<Document> Registry::document_by_name(std::string_view name) {
  return one_document(statements_->document_by_name.bind(1, name));
}
std::optional<Document> Registry::document_by_name_key(std::string_view name_key) {
  return one_document(statements_->document_by_name_key.bind(1, name_key));
}
std::optional<Document> Registry::document_by_content(const Sha256Digest& sha256) {
  return one_document(statements_->document_by_content.bind_blob(1, sha256));
}

bool Registry::has_content(const Sha256Digest& sha256) {
  const bool found = statements_->content.bind_blob(1, sha256).step();
  statements_->content.reset();
  return found;
}

void Registry::each_document(const std::function<void(const Document&)>& visit) {
  Statement statement = db_.prepare(select_documents("ORDER BY name"));
  while (statement.step()) visit(read_document(statement));
}

std::int64_t Registry::put_document(const Document& d, std::string_view name_key) {
  Statement& statement = d.id == 0 ? statements_->insert_document : statements_->update_document;
  statement.bind(1, d.name).bind(2, name_key).bind(3, d.path_key).bind_blob(4, d.sha256);
  statement.bind(5, static_cast<std::int64_t>(d.size)).bind(6, d.raw).bind(7, d.markdown);
  statement.bind_blob(8, d.markdown_sha256).bind(9, static_cast<std::int64_t>(d.markdown_size));
  statement.bind(10, d.assets).bind(11, d.media_type).bind(12, d.converter);
  statement.bind(13, d.converter_version).bind(14, d.options_hash).bind(15, d.outcome);
  statement.bind(16, d.added_at).bind(17, d.updated_at);
  if (d.id != 0) statement.bind(18, d.id);
  statement.run();
  has_new_content_ = true;
  return d.id != 0 ? d.id : db_.last_insert_id();
}

void Registry::set_damaged(std::int64_t id) {
  db_.prepare("UPDATE documents SET damaged = 1 WHERE id = ?1").bind(1, id).run();
}

void Registry::delete_document(std::int64_t id) {
  statements_->delete_files.bind(1, id).run();
  db_.prepare("DELETE FROM sources WHERE document = ?1").bind(1, id).run();
  db_.prepare("DELETE FROM documents WHERE id = ?1").bind(1, id).run();
}

std::vector<PublishedFile> Registry::files_of(std::int64_t document) {
  Statement& row = statements_->files_of.bind(1, document);
  std::vector<PublishedFile> files;
  while (row.step()) {
    files.push_back(
        {row.integer(0) == 0 ? PublishedFile::Kind::kAsset : PublishedFile::Kind::kSidecar,
         row.text(1), digest(row.blob(2)), static_cast<std::uint64_t>(row.integer(3))});
  }
  return files;
}

void Registry::put_files(std::int64_t document, const std::vector<PublishedFile>& files) {
  statements_->delete_files.bind(1, document).run();
  for (const PublishedFile& file : files) {
    statements_->insert_file.bind(1, document)
        .bind(2, static_cast<std::int64_t>(file.kind))
        .bind(3, file.path)
        .bind_blob(4, file.sha256)
        .bind(5, static_cast<std::int64_t>(file.size))
        .run();
  }
}

SourceRow Registry::read_source(const Statement& row) const {
  SourceRow source;
  source.document = row.integer(0);
  source.path_key = row.text(1);
  source.identity = {static_cast<std::uint64_t>(row.integer(2)),
                     static_cast<std::uint64_t>(row.integer(3)),
                     static_cast<std::uint64_t>(row.integer(4)), row.integer(5), row.integer(6)};
  source.identity_settled = row.integer(7) != 0;
  source.sha256 = digest(row.blob(8));
  return source;
}

std::optional<SourceRow> Registry::source(std::string_view path_key) {
  Statement& row = statements_->source.bind(1, path_key);
  if (!row.step()) return std::nullopt;
  SourceRow found = read_source(row);
  row.reset();
  return found;
}

std::vector<SourceRow> Registry::sources_of(std::int64_t document) {
  Statement& row = statements_->sources_of.bind(1, document);
  std::vector<SourceRow> found;
  while (row.step()) found.push_back(read_source(row));
  return found;
}

void Registry::put_source(const SourceRow& row) {
  statements_->put_source.bind(1, row.document)
      .bind(2, row.path_key)
      .bind(3, static_cast<std::int64_t>(row.identity.device))
      .bind(4, static_cast<std::int64_t>(row.identity.inode))
      .bind(5, static_cast<std::int64_t>(row.identity.size))
      .bind(6, row.identity.mtime_ns)
      .bind(7, row.identity.ctime_ns)
      .bind(8, static_cast<std::int64_t>(row.identity_settled ? 1 : 0))
      .bind_blob(9, row.sha256)
      .run();
}

void Registry::delete_source(std::string_view path_key) {
  statements_->delete_source.bind(1, path_key).run();
}

std::int64_t Registry::append_event(const Event& event) {
  statements_->append_event.bind(1, event.at)
      .bind(2, event.op)
      .bind(3, event.name)
      .bind(4, event.path_key)
      .bind_blob(5, event.sha256)
      .run();
  return db_.last_insert_id();
}

namespace {

Event read_event(const Statement& row) {
  return {row.integer(0), row.integer(1), row.text(2),
          row.text(3),    row.text(4),    digest(row.blob(5))};
}

}  // namespace

void Registry::each_event_after(std::int64_t seq, const std::function<void(const Event&)>& visit) {
  Statement row = db_.prepare(
      "SELECT seq, at, op, name, path_key, sha256 FROM events WHERE seq > ?1 ORDER BY seq");
  row.bind(1, seq);
  while (row.step()) visit(read_event(row));
}

std::int64_t Registry::last_event() {
  Statement row = db_.prepare("SELECT coalesce(max(seq), 0) FROM events");
  row.step();
  return row.integer(0);
}

std::vector<Event> Registry::events_of(std::string_view name) {
  Statement row = db_.prepare(
      "SELECT seq, at, op, name, path_key, sha256 FROM events WHERE name = ?1 ORDER BY seq");
  row.bind(1, name);
  std::vector<Event> events;
  while (row.step()) events.push_back(read_event(row));
  return events;
}

bool Registry::has_failure(std::string_view path_key, std::string_view outcome,
                           std::string_view reason) {
  Statement& row = statements_->failure.bind(1, path_key).bind(2, outcome).bind(3, reason);
  const bool found = row.step();
  row.reset();
  return found;
}

bool Registry::has_failure(std::string_view path_key) {
  Statement& row = statements_->failure_of.bind(1, path_key);
  const bool found = row.step();
  row.reset();
  return found;
}

bool Registry::has_failures() {
  const bool found = statements_->any_failure.step();
  statements_->any_failure.reset();
  return found;
}

void Registry::put_failure(const FailureRow& failure) {
  statements_->put_failure.bind(1, failure.path_key)
      .bind(2, failure.outcome)
      .bind(3, failure.reason)
      .bind(4, failure.converter)
      .bind(5, failure.at)
      .run();
}

void Registry::clear_failure(std::string_view path_key) {
  statements_->clear_failure.bind(1, path_key).run();
}

std::vector<FailureRow> Registry::last_failures(int limit) {
  Statement row = db_.prepare(
      "SELECT path_key, outcome, reason, converter, at FROM failures"
      " ORDER BY at DESC, path_key LIMIT ?1");
  row.bind(1, static_cast<std::int64_t>(limit));
  std::vector<FailureRow> failures;
  while (row.step()) {
    failures.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.integer(4)});
  }
  return failures;
}

std::int64_t Registry::append_journal(const JournalRow& row) {
  statements_->append_journal.bind(1, row.batch).bind(2, row.document).bind(3, row.steps).run();
  return db_.last_insert_id();
}

std::vector<std::string> Registry::journal_batches() {
  std::vector<std::string> batches;
  while (statements_->journal_batches.step()) {
    batches.push_back(statements_->journal_batches.text(0));
  }
  return batches;
}

std::vector<JournalRow> Registry::journal_of(std::string_view batch) {
  Statement row = db_.prepare(
      "SELECT id, batch, document, steps, attempts FROM journal WHERE batch = ?1 ORDER BY id");
  row.bind(1, batch);
  std::vector<JournalRow> rows;
  while (row.step()) {
    rows.push_back({row.integer(0), row.text(1), row.integer(2), row.text(3), row.integer(4)});
  }
  return rows;
}

void Registry::delete_journal_of(std::string_view batch, std::int64_t up_to_id) {
  statements_->delete_journal_of.bind(1, batch).bind(2, up_to_id).run();
}

void Registry::delete_journal(std::int64_t id) {
  db_.prepare("DELETE FROM journal WHERE id = ?1").bind(1, id).run();
}

void Registry::count_attempt(std::int64_t id) {
  db_.prepare("UPDATE journal SET attempts = attempts + 1 WHERE id = ?1").bind(1, id).run();
}

void Registry::put_damage(const JournalRow& row, std::string_view what,
                          std::string_view set_aside) {
  db_.prepare(
         "INSERT INTO damages(at, document, what, set_aside, steps)"
         " VALUES(strftime('%s','now'), ?1, ?2, ?3, ?4)")
      .bind(1, row.document)
      .bind(2, what)
      .bind(3, set_aside)
      .bind(4, row.steps)
      .run();
}

std::vector<std::string> Registry::damages() {
  std::vector<std::string> all;
  Statement row = db_.prepare("SELECT what FROM damages ORDER BY id");
  while (row.step()) all.push_back(row.text(0));
  return all;
}

Counts Registry::counts() {
  Statement row = db_.prepare(
      "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM sources),"
      " (SELECT coalesce(sum(size), 0) FROM documents),"
      " (SELECT coalesce(sum(markdown_size), 0) FROM documents),"
      " (SELECT coalesce(sum(assets), 0) FROM documents),"
      " (SELECT coalesce(sum(size), 0) FROM files),"
      " (SELECT count(*) FROM journal), (SELECT count(*) FROM damages),"
      " (SELECT count(*) FROM documents WHERE damaged),"
      " (SELECT count(*) FROM failures), (SELECT count(*) FROM events)");
  row.step();
  Counts c;
  std::int64_t* const fields[] = {
      &c.documents, &c.sources, &c.raw_bytes,         &c.markdown_bytes, &c.assets, &c.asset_bytes,
      &c.pending,   &c.damaged, &c.damaged_documents, &c.failures,       &c.events};
  int column = 0;
  for (std::int64_t* field : fields) *field = row.integer(column++);
  return c;
}

namespace {

class View : public RegistryView {
 public:
  explicit View(const std::string& path) : registry_(path, Database::Mode::kReadOnly) {}

  std::optional<KnownSource> source(std::string_view path_key) override {
    const auto row = registry_.source(path_key);
    if (!row) return std::nullopt;
    const auto document = registry_.document(row->document);
    if (!document) return std::nullopt;
    return KnownSource{row->identity, row->identity_settled && document->state != "damaged",
                       row->sha256,
                       // A duplicate source has no document under its own name.
                       document->path_key == path_key ? document->name : std::string()};
  }
  bool has_content(const Sha256Digest& sha256) override { return registry_.has_content(sha256); }

 private:
  Registry registry_;
};

}  // namespace

std::unique_ptr<RegistryView> RegistryViewsOf::open() {
  return std::make_unique<View>(path_);
}

}  // namespace sluice::owner
