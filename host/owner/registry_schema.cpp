#include "owner/registry_schema.h"

#include <array>
#include <string>
#include <vector>

#include "owner/link_targets.h"
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

// What version 1 had instead of the index of contents.
constexpr const char* kIndexOfVersion1 = "CREATE INDEX documents_by_content ON documents(sha256)";
constexpr const char* kDropIndexOfVersion1 = "DROP INDEX documents_by_content";

constexpr const char* kFillContents =
    "INSERT INTO contents SELECT substr(sha256, 1, 8), id FROM documents ORDER BY 1, 2";

constexpr const char* kSettleContents = R"sql(
INSERT INTO contents SELECT prefix, document FROM recent_contents;
DELETE FROM recent_contents;
)sql";

constexpr const char* kFailures = R"sql(
CREATE TABLE failures(
  path_key TEXT PRIMARY KEY, outcome TEXT NOT NULL, reason TEXT NOT NULL,
  converter TEXT NOT NULL, at INTEGER NOT NULL,
  hint TEXT NOT NULL, converter_version TEXT NOT NULL,
  device INTEGER NOT NULL, inode INTEGER NOT NULL, size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, settled INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  setup TEXT NOT NULL) WITHOUT ROWID; -- empty: it may end differently with the same converters
)sql";
constexpr const char* kFillFailures =
    "INSERT INTO failures SELECT path_key, outcome, reason, converter, at, '', '', 0, 0, 0, 0, 0, "
    "0,"
    " x'', '' FROM failures_of_version_2";

// The converters that had a turn before the one that made a document, or that its failure is of, in
// line order. A source can have both: a document of its last good version, and a failure.
constexpr const char* kAttempts = R"sql(
CREATE TABLE attempts(
  document INTEGER NOT NULL REFERENCES documents(id),
  turn INTEGER NOT NULL,
  converter TEXT NOT NULL, converter_version TEXT NOT NULL,
  outcome TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY(document, turn)) WITHOUT ROWID;
CREATE TABLE failed_attempts(
  path_key TEXT NOT NULL REFERENCES failures(path_key),
  turn INTEGER NOT NULL,
  converter TEXT NOT NULL, converter_version TEXT NOT NULL,
  outcome TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY(path_key, turn)) WITHOUT ROWID;
)sql";

// Documents within a source, whatever became of them: where a source or a failure is on record
// under that path key, this says what holds it.
constexpr const char* kChildren = R"sql(
CREATE TABLE children(
  path_key TEXT PRIMARY KEY,
  root TEXT NOT NULL,              -- the source that holds it, at whatever depth
  container TEXT NOT NULL) WITHOUT ROWID;
)sql";

// Programs that get the events, each with how far it has come. Their command names them.
constexpr const char* kHooks = R"sql(
CREATE TABLE hooks(
  command TEXT PRIMARY KEY,
  position INTEGER NOT NULL,       -- number of the last event that it has taken
  failures INTEGER NOT NULL,       -- in a row, since it last took one
  not_before INTEGER NOT NULL,     -- when it may be tried again, after a failure
  reason TEXT NOT NULL) WITHOUT ROWID;
)sql";
// Of documents that are there. What is on record of those that left does not say which was which.
constexpr const char* kFillEvents = R"sql(
UPDATE events SET document = coalesce((
  SELECT id FROM documents WHERE documents.name = events.name AND events.seq >= coalesce((
    SELECT max(seq) FROM events AS added WHERE added.name = events.name AND added.op = 'added'), 0)
), 0);
INSERT INTO meta SELECT 'last_document', coalesce(max(id), 0) FROM documents;
)sql";

// Links from one document to another (link_rows.h, link_targets.h): as a list for each document;
// by what they wait for; and the documents whose links are to be settled. A source that comes or
// goes adds the documents that wait for it. A new document is only in unsettled_links: link_targets
// gets its rows when it is settled (RegistryWriter::await_targets).
constexpr const char* kLinks = R"sql(
CREATE INDEX sources_by_file ON sources(file_key);
CREATE TABLE links(
  document INTEGER PRIMARY KEY REFERENCES documents(id),
  list TEXT NOT NULL,
  targets TEXT NOT NULL);          -- what it has in link_targets once it is settled
CREATE TABLE link_targets(
  target TEXT NOT NULL,            -- a path key, or "*/" and a file key
  document INTEGER NOT NULL REFERENCES documents(id),
  PRIMARY KEY(target, document)) WITHOUT ROWID;
CREATE TABLE anchors(
  document INTEGER PRIMARY KEY REFERENCES documents(id),
  list TEXT NOT NULL);             -- fragments of links to it, and where they lead
CREATE TABLE unsettled_links(document INTEGER PRIMARY KEY REFERENCES documents(id));
CREATE TRIGGER link_target_added AFTER INSERT ON sources
WHEN EXISTS(SELECT 1 FROM link_targets) BEGIN
  INSERT OR IGNORE INTO unsettled_links
    SELECT document FROM link_targets WHERE target = new.path_key;
  INSERT OR IGNORE INTO unsettled_links
    SELECT document FROM link_targets WHERE target = '*/' || new.file_key;
END;
CREATE TRIGGER link_target_removed AFTER DELETE ON sources
WHEN EXISTS(SELECT 1 FROM link_targets) BEGIN
  INSERT OR IGNORE INTO unsettled_links
    SELECT document FROM link_targets WHERE target = old.path_key;
  INSERT OR IGNORE INTO unsettled_links
    SELECT document FROM link_targets WHERE target = '*/' || old.file_key;
END;
CREATE TRIGGER link_target_moved AFTER UPDATE OF document ON sources
WHEN old.document <> new.document BEGIN
  INSERT OR IGNORE INTO unsettled_links
    SELECT document FROM link_targets WHERE target = new.path_key;
  INSERT OR IGNORE INTO unsettled_links
    SELECT document FROM link_targets WHERE target = '*/' || new.file_key;
END;
)sql";

// Runs that changed something. The newest are kept (kMaxRuns), and what the last of them skipped.
constexpr const char* kRuns = R"sql(
CREATE TABLE runs(
  id INTEGER PRIMARY KEY,
  command TEXT NOT NULL,
  started_at INTEGER NOT NULL, milliseconds INTEGER NOT NULL,
  events_before INTEGER NOT NULL,  -- number of the last event before it
  is_whole INTEGER NOT NULL,       -- nothing ended it early
  added INTEGER NOT NULL, updated INTEGER NOT NULL, unchanged INTEGER NOT NULL,
  duplicate INTEGER NOT NULL, failed INTEGER NOT NULL, failed_new INTEGER NOT NULL,
  removed INTEGER NOT NULL, renamed INTEGER NOT NULL,
  bytes INTEGER NOT NULL);
CREATE TABLE run_skips(
  run INTEGER NOT NULL REFERENCES runs(id),
  why TEXT NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY(run, why, kind)) WITHOUT ROWID;
)sql";

// Where renamed documents were before, so that links that still name the old path lead to them. A
// source that is at that path now comes first (link_resolver.h).
constexpr const char* kFormerPaths = R"sql(
CREATE TABLE former_paths(
  path_key TEXT PRIMARY KEY,
  file_key TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents(id)) WITHOUT ROWID;
CREATE INDEX former_paths_by_file ON former_paths(file_key);
CREATE INDEX former_paths_by_document ON former_paths(document);
CREATE TRIGGER former_paths_removed BEFORE DELETE ON documents BEGIN
  DELETE FROM former_paths WHERE document = old.id;
END;
CREATE TRIGGER former_path_added AFTER INSERT ON former_paths BEGIN
  INSERT OR IGNORE INTO unsettled_links
    SELECT document FROM link_targets WHERE target IN (new.path_key, '*/' || new.file_key);
END;
CREATE TRIGGER former_path_removed AFTER DELETE ON former_paths BEGIN
  INSERT OR IGNORE INTO unsettled_links
    SELECT document FROM link_targets WHERE target IN (old.path_key, '*/' || old.file_key);
END;
)sql";

// Renames that version 4 has on record, of documents that are still there: the last one from each
// path counts.
void fill_former_paths(Database& db) {
  Statement put = db.prepare("INSERT OR REPLACE INTO former_paths VALUES(?1, ?2, ?3)");
  for (Statement row = db.prepare("SELECT path_before, document FROM events WHERE path_before <> ''"
                                  " AND document IN (SELECT id FROM documents) ORDER BY seq");
       row.step();) {
    const std::string path_key = row.text(0);
    put.bind(1, path_key).bind(2, file_key(path_key)).bind(3, row.integer(1)).run();
  }
}

void fill_file_keys(Database& db) {
  Statement put = db.prepare("UPDATE sources SET file_key = ?2 WHERE path_key = ?1");
  std::vector<std::string> path_keys;
  for (Statement row = db.prepare("SELECT path_key FROM sources"); row.step();) {
    path_keys.push_back(row.text(0));
  }
  for (const std::string& path_key : path_keys) {
    const std::string key = file_key(path_key);
    put.bind(1, path_key).bind(2, key).run();
  }
}

// From each version to the next. A table that changes is made anew under its own name, so that its
// text is the same in a registry that was upgraded and in a new one.
void upgrade_from_1(Database& db) {
  db.execute(kContents);
  db.execute(kFillContents);
  db.execute(kDropIndexOfVersion1);
}

// Version 2 knew only that a source had failed, and how; not why a document is partial, and not the
// attempts. The column is appended, so that no row of a large registry is written again. A new
// registry takes the same steps, so that its text is the same, too.
void upgrade_from_2(Database& db) {
  db.execute("ALTER TABLE documents ADD COLUMN reason TEXT NOT NULL DEFAULT ''");
  db.execute("ALTER TABLE failures RENAME TO failures_of_version_2");
  db.execute(kFailures);
  db.execute(kFillFailures);
  db.execute("DROP TABLE failures_of_version_2");
  db.execute(kAttempts);
  db.execute(kChildren);
}

// Version 3 could give the number of a document that left to another, and its events did not say
// which document they were about. It knew no links between documents: those of documents that it
// made are found when these are made again.
void upgrade_from_3(Database& db) {
  db.execute("ALTER TABLE events ADD COLUMN document INTEGER NOT NULL DEFAULT 0");
  db.execute("ALTER TABLE events ADD COLUMN path_before TEXT NOT NULL DEFAULT ''");
  db.execute(kFillEvents);
  db.execute(kHooks);
  db.execute("ALTER TABLE sources ADD COLUMN file_key TEXT NOT NULL DEFAULT ''");
  fill_file_keys(db);
  db.execute(kLinks);
}

// Sources from the web (model/source.h, FetchFacts), by their path keys, which are URLs.
constexpr const char* kFetches = R"sql(
CREATE TABLE fetches(
  path_key TEXT PRIMARY KEY,
  final_url TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL,
  at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER fetch_removed AFTER DELETE ON sources
WHEN EXISTS(SELECT 1 FROM fetches) BEGIN
  DELETE FROM fetches WHERE path_key = old.path_key;
END;
)sql";

// The lines of each Markdown file as it was made, for merging it with what somebody has made of it.
// Only of documents that were published since there is this table.
constexpr const char* kLinePrints = R"sql(
CREATE TABLE line_prints(
  document INTEGER PRIMARY KEY REFERENCES documents(id),
  prints BLOB NOT NULL);
)sql";

// Version 4 did not record what a document took to make, nor the runs, lost the links to a
// document when its source was renamed, and knew no sources from the web and no pictures without
// text.
void upgrade_from_4(Database& db) {
  db.execute("ALTER TABLE documents ADD COLUMN milliseconds INTEGER NOT NULL DEFAULT 0");
  db.execute("ALTER TABLE documents ADD COLUMN memory INTEGER NOT NULL DEFAULT 0");
  db.execute("ALTER TABLE documents ADD COLUMN title TEXT NOT NULL DEFAULT ''");
  db.execute("ALTER TABLE documents ADD COLUMN pages INTEGER NOT NULL DEFAULT 0");
  db.execute("ALTER TABLE failures ADD COLUMN is_skipped INTEGER NOT NULL DEFAULT 0");
  db.execute(kRuns);
  db.execute(kFormerPaths);
  fill_former_paths(db);
  db.execute(kFetches);
  db.execute(kLinePrints);
}

struct Upgrade {
  std::int64_t from;
  void (*run)(Database&);
};
constexpr std::array kUpgrades = {Upgrade{1, upgrade_from_1}, Upgrade{2, upgrade_from_2},
                                  Upgrade{3, upgrade_from_3}, Upgrade{4, upgrade_from_4}};
static_assert(kUpgrades.back().from + 1 == kRegistryVersion);

void upgrade_to(Database& db, std::int64_t from, std::int64_t version) {
  for (const Upgrade& upgrade : kUpgrades) {
    if (upgrade.from >= from && upgrade.from < version) upgrade.run(db);
  }
}

void create_version(Database& db, std::int64_t version) {
  db.execute(kSchema);
  db.execute(kIndexOfVersion1);
  upgrade_to(db, 1, version);
}

struct SchemaRow {
  std::string type, name, table, sql;
  bool operator==(const SchemaRow&) const = default;
};

constexpr const char* kSchemaRows =
    "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY name, type";

// What a registry of this version holds, to the letter.
std::vector<SchemaRow> make_expected_schema(std::int64_t version) {
  Database db(":memory:", Database::Mode::kCreate);
  create_version(db, version);
  std::vector<SchemaRow> rows;
  Statement row = db.prepare(kSchemaRows);
  while (row.step()) rows.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
  return rows;
}

[[noreturn]] void refuse(const std::string& cause) {
  throw Error("open", "this knowledge base", cause,
              "restore .sluice/registry.db from a backup, or make a new knowledge base and add the "
              "files of raw/ to it",
              ExitCode::kDamaged);
}

}  // namespace

std::int64_t schema_version(Database& db) {
  Statement version = db.prepare("PRAGMA user_version");
  version.step();
  return version.integer(0);
}

void create_schema(Database& db) {
  create_version(db, kRegistryVersion);
  db.execute(("PRAGMA user_version = " + std::to_string(kRegistryVersion)).c_str());
}

void upgrade_schema(Database& db) {
  upgrade_to(db, schema_version(db), kRegistryVersion);
  db.execute(("PRAGMA user_version = " + std::to_string(kRegistryVersion)).c_str());
}

void check_schema(Database& db, std::int64_t version) {
  // Every lane has a connection of its own.
  static const std::vector<SchemaRow> kNewest = make_expected_schema(kRegistryVersion);
  const std::vector<SchemaRow> older =
      version == kRegistryVersion ? std::vector<SchemaRow>() : make_expected_schema(version);
  const std::vector<SchemaRow>& expected = version == kRegistryVersion ? kNewest : older;
  auto next = expected.begin();
  Statement row = db.prepare(kSchemaRows);
  while (row.step()) {
    const std::string name = row.text(1);
    if (next == expected.end() || name < next->name) {
      refuse("its registry holds the " + row.text(0) + " \"" + name +
             "\", which Sluice does not make");
    }
    if (name > next->name) break;
    if (SchemaRow{row.text(0), name, row.text(2), row.text(3)} != *next) {
      refuse("the " + row.text(0) + " \"" + name + "\" of its registry is not as Sluice makes it");
    }
    ++next;
  }
  if (next != expected.end()) {
    refuse("its registry lacks the " + next->type + " \"" + next->name + "\"");
  }
}

void fill_contents(Database& db) {
  db.execute("DELETE FROM contents");
  db.execute("DELETE FROM recent_contents");
  db.execute(kFillContents);
}

void settle_recent_contents(Database& db) {
  db.execute(kSettleContents);
}

}  // namespace sluice::owner
