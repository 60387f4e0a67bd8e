// The statements that run for every document, prepared at most once a connection.
#pragma once

#include <string>

#include "owner/registry.h"

namespace sluice::owner {

// The layout of a knowledge base, in `meta`.
inline constexpr std::string_view kLayout = "layout";
layout::Kind layout_of_text(std::string_view text);

// A join and not `id IN (...)`: that would make a table in memory for each question.
inline constexpr const char* kWithContent =
    " FROM (SELECT document FROM contents WHERE prefix = substr(?1, 1, 8)"
    " UNION ALL SELECT document FROM recent_contents WHERE prefix = substr(?1, 1, 8)) AS same"
    " CROSS JOIN documents ON documents.id = same.document"
    " WHERE sha256 = ?1 AND damaged = 0 LIMIT 1";

// One of them is the DocumentState.
inline constexpr const char* kDocumentColumns =
    "id, name, path_key, sha256, size, raw, markdown, markdown_sha256, markdown_size, assets,"
    " media_type, converter, converter_version, options_hash, outcome, added_at, updated_at,"
    " CASE WHEN damaged THEN 2"
    " WHEN EXISTS(SELECT 1 FROM journal WHERE journal.document = documents.id) THEN 1"
    " ELSE 0 END, reason, milliseconds, memory, title, pages";
inline constexpr int kDocumentColumnCount = 23;
inline constexpr const char* kSelectFailures =
    "SELECT path_key, outcome, reason, converter, at, hint, converter_version, device, inode, size,"
    " mtime_ns, ctime_ns, settled, sha256, setup, is_skipped FROM failures ";
inline constexpr const char* kSourceColumns =
    "document, path_key, device, inode, size, mtime_ns, ctime_ns, settled, sha256";

inline std::string select_documents(const char* condition) {
  return std::string("SELECT ") + kDocumentColumns + " FROM documents " + condition;
}
inline std::string select_sources(const char* condition) {
  return std::string("SELECT ") + kSourceColumns + " FROM sources " + condition;
}

// Rows of documents within ?1, at any depth: their keys begin with it and "!/", and '0' follows
// '/'.
inline constexpr const char* kWithinKey = "WHERE path_key > ?1 || '!/' AND path_key < ?1 || '!0'";

// Throws: the registry holds `what` ("an outcome") that Sluice never writes.
[[noreturn]] void refuse_word(const char* what);

// A row of select_documents().
void read_document(const Statement& row, Document& document);
Document read_document(const Statement& row);

struct Registry::Statements {
  LazyStatement document_by_id, document_by_name, document_by_name_key;
  LazyStatement id_of_name_key, name_between;
  LazyStatement document_by_content;
  LazyStatement content, insert_document, update_document;
  LazyStatement delete_files, insert_file, files_of;
  LazyStatement source, sources_of, insert_source, update_source, delete_source;
  LazyStatement delete_attempts, insert_attempt, attempts_of;
  LazyStatement delete_failed_attempts, insert_failed_attempt, failed_attempts_of;
  LazyStatement append_event, failure, failure_of, any_failure, put_failure, clear_failure;
  LazyStatement append_journal, delete_journal_of, get_meta, set_meta;
  LazyStatement recent_contents;
  LazyStatement begin_reading, end_reading;
  LazyStatement links_of, anchors_of, targets_of, link_target, link_targets_named;
  LazyStatement former_target, former_targets_named, put_former_path;
  LazyStatement fetch, put_fetch;
  LazyStatement insert_links, update_links, delete_links, insert_link_target, delete_link_target;
  LazyStatement unsettle_links, unsettle_links_to, waiting_for, settle_links, put_anchors,
      delete_anchors;
  LazyStatement line_prints_of, put_line_prints, delete_line_prints;
  LazyStatement any_child, child, children_of, put_child, delete_child, unsettled_child;

  explicit Statements(const Database& db)
      : document_by_id(db.prepare_later(select_documents("WHERE id = ?1"))),
        document_by_name(db.prepare_later(select_documents("WHERE name = ?1"))),
        document_by_name_key(db.prepare_later(select_documents("WHERE name_key = ?1"))),
        id_of_name_key(db.prepare_later("SELECT id FROM documents WHERE name_key = ?1")),
        name_between(db.prepare_later(
            "SELECT 1 FROM documents WHERE name_key > ?1 AND name_key < ?2 LIMIT 1")),
        document_by_content(
            db.prepare_later(std::string("SELECT ") + kDocumentColumns + kWithContent)),
        content(db.prepare_later(std::string("SELECT 1") + kWithContent)),
        insert_document(db.prepare_later(
            "INSERT INTO documents(id, name, name_key, path_key, sha256, size, raw, markdown,"
            " markdown_sha256, markdown_size, assets, media_type, converter, converter_version,"
            " options_hash, outcome, added_at, updated_at, reason, milliseconds, memory, title, "
            "pages)"
            " VALUES(?19,?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?20,"
            " ?21,?22,?23)")),
        update_document(db.prepare_later(
            "UPDATE documents SET name=?1, name_key=?2, path_key=?3, sha256=?4, size=?5, raw=?6,"
            " markdown=?7, markdown_sha256=?8, markdown_size=?9, assets=?10, media_type=?11,"
            " converter=?12, converter_version=?13, options_hash=?14, outcome=?15, added_at=?16,"
            " updated_at=?17, reason=?18, milliseconds=?20, memory=?21, title=?22, pages=?23,"
            " damaged=0 WHERE id=?19")),
        delete_files(db.prepare_later("DELETE FROM files WHERE document = ?1")),
        insert_file(db.prepare_later("INSERT INTO files VALUES(?1,?2,?3,?4,?5)")),
        files_of(db.prepare_later(
            "SELECT kind, path, sha256, size FROM files WHERE document = ?1 ORDER BY path")),
        source(db.prepare_later(select_sources("WHERE path_key = ?1"))),
        sources_of(db.prepare_later(select_sources("WHERE document = ?1 ORDER BY path_key"))),
        insert_source(db.prepare_later(
            "INSERT OR IGNORE INTO sources(document, path_key, device, inode, size, mtime_ns,"
            " ctime_ns, settled, sha256, file_key) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)")),
        update_source(db.prepare_later(
            "UPDATE sources SET document=?1, device=?3, inode=?4, size=?5, mtime_ns=?6,"
            " ctime_ns=?7, settled=?8, sha256=?9 WHERE path_key = ?2")),
        delete_source(db.prepare_later("DELETE FROM sources WHERE path_key = ?1")),
        delete_attempts(db.prepare_later("DELETE FROM attempts WHERE document = ?1")),
        insert_attempt(db.prepare_later("INSERT INTO attempts VALUES(?1,?2,?3,?4,?5,?6)")),
        attempts_of(
            db.prepare_later("SELECT converter, converter_version, outcome, reason FROM attempts"
                             " WHERE document = ?1 ORDER BY turn")),
        delete_failed_attempts(db.prepare_later("DELETE FROM failed_attempts WHERE path_key = ?1")),
        insert_failed_attempt(
            db.prepare_later("INSERT INTO failed_attempts VALUES(?1,?2,?3,?4,?5,?6)")),
        failed_attempts_of(
            db.prepare_later("SELECT converter, converter_version, outcome, reason"
                             " FROM failed_attempts WHERE path_key = ?1 ORDER BY turn")),
        append_event(db.prepare_later(
            "INSERT INTO events(at, op, name, path_key, sha256, document, path_before)"
            " VALUES(?1,?2,?3,?4,?5,?6,?7)")),
        failure(db.prepare_later(std::string(kSelectFailures) + "WHERE path_key = ?1")),
        failure_of(db.prepare_later("SELECT 1 FROM failures WHERE path_key = ?1")),
        any_failure(db.prepare_later("SELECT 1 FROM failures LIMIT 1")),
        put_failure(
            db.prepare_later("INSERT OR REPLACE INTO failures"
                             " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)")),
        clear_failure(db.prepare_later("DELETE FROM failures WHERE path_key = ?1")),
        append_journal(
            db.prepare_later("INSERT INTO journal(batch, document, steps) VALUES(?1,?2,?3)")),
        delete_journal_of(db.prepare_later("DELETE FROM journal WHERE batch = ?1 AND id <= ?2")),
        get_meta(db.prepare_later("SELECT value FROM meta WHERE key = ?1")),
        set_meta(db.prepare_later("INSERT OR REPLACE INTO meta VALUES(?1, ?2)")),
        recent_contents(db.prepare_later("SELECT count(*) FROM recent_contents")),
        begin_reading(db.prepare_later("BEGIN")),
        end_reading(db.prepare_later("COMMIT")),
        links_of(db.prepare_later("SELECT list FROM links WHERE document = ?1")),
        anchors_of(db.prepare_later("SELECT list FROM anchors WHERE document = ?1")),
        targets_of(db.prepare_later("SELECT targets FROM links WHERE document = ?1")),
        link_target(db.prepare_later(
            "SELECT d.id, d.name, s.path_key FROM sources s JOIN documents d ON d.id = s.document"
            " WHERE s.path_key = ?1")),
        link_targets_named(db.prepare_later(
            "SELECT d.id, d.name, s.path_key FROM sources s JOIN documents d ON d.id = s.document"
            " WHERE s.file_key = ?1")),
        former_target(
            db.prepare_later("SELECT d.id, d.name, f.path_key FROM former_paths f"
                             " JOIN documents d ON d.id = f.document WHERE f.path_key = ?1")),
        former_targets_named(db.prepare_later("SELECT d.id, d.name, f.path_key FROM former_paths f"
                                              " JOIN documents d ON d.id = f.document"
                                              " WHERE f.file_key = ?1")),
        put_former_path(db.prepare_later("INSERT OR REPLACE INTO former_paths VALUES(?1, ?2, ?3)")),
        fetch(db.prepare_later(
            "SELECT final_url, etag, last_modified, at FROM fetches WHERE path_key = ?1")),
        put_fetch(db.prepare_later("INSERT OR REPLACE INTO fetches VALUES(?1,?2,?3,?4,?5)")),
        insert_links(db.prepare_later("INSERT INTO links VALUES(?1, ?2, ?3)")),
        update_links(db.prepare_later("UPDATE links SET list = ?2 WHERE document = ?1")),
        delete_links(db.prepare_later("DELETE FROM links WHERE document = ?1")),
        insert_link_target(db.prepare_later("INSERT OR IGNORE INTO link_targets VALUES(?1, ?2)")),
        delete_link_target(
            db.prepare_later("DELETE FROM link_targets WHERE target = ?1 AND document = ?2")),
        unsettle_links(db.prepare_later("INSERT OR IGNORE INTO unsettled_links VALUES(?1)")),
        unsettle_links_to(db.prepare_later(
            "INSERT OR IGNORE INTO unsettled_links"
            " SELECT t.document FROM"
            " (SELECT path_key, file_key FROM sources WHERE document = ?1"
            "  UNION ALL SELECT path_key, file_key FROM former_paths WHERE document = ?1) s"
            " JOIN link_targets t ON t.target = s.path_key OR t.target = '*/' || s.file_key")),
        waiting_for(db.prepare_later("SELECT document FROM link_targets WHERE target = ?1")),
        settle_links(db.prepare_later("DELETE FROM unsettled_links WHERE document = ?1")),
        put_anchors(db.prepare_later("INSERT OR REPLACE INTO anchors VALUES(?1, ?2)")),
        delete_anchors(db.prepare_later("DELETE FROM anchors WHERE document = ?1")),
        line_prints_of(db.prepare_later("SELECT prints FROM line_prints WHERE document = ?1")),
        put_line_prints(db.prepare_later("INSERT OR REPLACE INTO line_prints VALUES(?1, ?2)")),
        delete_line_prints(db.prepare_later("DELETE FROM line_prints WHERE document = ?1")),
        any_child(db.prepare_later("SELECT 1 FROM children LIMIT 1")),
        child(
            db.prepare_later("SELECT path_key, root, container FROM children WHERE path_key = ?1")),
        children_of(
            db.prepare_later(std::string("SELECT path_key, root, container FROM children ") +
                             kWithinKey + " ORDER BY path_key")),
        put_child(db.prepare_later("INSERT OR REPLACE INTO children VALUES(?1, ?2, ?3)")),
        delete_child(db.prepare_later("DELETE FROM children WHERE path_key = ?1")),
        unsettled_child(db.prepare_later(
            std::string("SELECT 1 FROM (SELECT path_key AS key FROM children ") + kWithinKey +
            ") WHERE EXISTS(SELECT 1 FROM failures WHERE path_key = key AND setup <> ?2)"
            " OR EXISTS(SELECT 1 FROM sources JOIN documents ON documents.id = sources.document"
            "           WHERE sources.path_key = key AND documents.damaged) LIMIT 1")) {}
};

}  // namespace sluice::owner
