#include "owner/registry_writer.h"

#include "owner/link_targets.h"
#include "owner/registry_schema.h"
#include "owner/registry_statements.h"

namespace sluice::owner {

std::int64_t RegistryWriter::changes() const {
  return registry_.db_.total_changes();
}

void RegistryWriter::set_meta(std::string_view key, std::string_view value) {
  registry_.statements_->set_meta->bind(1, key).bind(2, value).run();
}

std::int64_t RegistryWriter::put_document(const Document& d, std::string_view name_key) {
  Registry::Statements& statements = *registry_.statements_;
  Statement& statement = d.id == 0 ? *statements.insert_document : *statements.update_document;
  statement.bind(1, d.name).bind(2, name_key).bind(3, d.path_key).bind_blob(4, d.sha256);
  statement.bind(5, static_cast<std::int64_t>(d.size)).bind(6, d.raw).bind(7, d.markdown);
  statement.bind_blob(8, d.markdown_sha256).bind(9, static_cast<std::int64_t>(d.markdown_size));
  statement.bind(10, d.assets).bind(11, d.media_type).bind(12, d.converter);
  statement.bind(13, d.converter_version).bind(14, d.options_hash).bind(15, word(d.outcome));
  statement.bind(16, d.added_at).bind(17, d.updated_at).bind(18, d.reason);
  const std::int64_t id = d.id != 0 ? d.id : registry_.next_document();
  statement.bind(19, id).bind(20, d.milliseconds);
  statement.bind(21, static_cast<std::int64_t>(d.memory)).bind(22, d.title).bind(23, d.pages).run();
  registry_.has_new_content_ = true;
  return id;
}

void RegistryWriter::set_damaged(std::int64_t id) {
  registry_.db_.prepare("UPDATE documents SET damaged = 1 WHERE id = ?1").bind(1, id).run();
}

void RegistryWriter::delete_document(std::int64_t id) {
  registry_.statements_->delete_files->bind(1, id).run();
  registry_.statements_->delete_attempts->bind(1, id).run();
  drop_links(id);
  registry_.statements_->delete_anchors->bind(1, id).run();
  registry_.statements_->delete_line_prints->bind(1, id).run();
  registry_.db_.prepare("DELETE FROM sources WHERE document = ?1").bind(1, id).run();
  registry_.db_.prepare("DELETE FROM documents WHERE id = ?1").bind(1, id).run();
}

void RegistryWriter::put_files(std::int64_t document, const std::vector<PublishedFile>& files) {
  registry_.statements_->delete_files->bind(1, document).run();
  for (const PublishedFile& file : files) {
    registry_.statements_->insert_file->bind(1, document)
        .bind(2, static_cast<std::int64_t>(file.kind))
        .bind(3, file.path)
        .bind_blob(4, file.sha256)
        .bind(5, static_cast<std::int64_t>(file.size))
        .run();
  }
}

namespace {

// Behind the columns that say whose they are.
void insert_attempts(Statement& insert, const std::vector<AttemptRow>& attempts) {
  std::int64_t turn = 0;
  for (const AttemptRow& attempt : attempts) {
    insert.bind(2, ++turn)
        .bind(3, attempt.converter)
        .bind(4, attempt.converter_version)
        .bind(5, word(attempt.outcome))
        .bind(6, attempt.reason)
        .run();
  }
}

}  // namespace

void RegistryWriter::put_attempts(std::int64_t document, const std::vector<AttemptRow>& attempts) {
  registry_.statements_->delete_attempts->bind(1, document).run();
  insert_attempts(registry_.statements_->insert_attempt->bind(1, document), attempts);
}

void RegistryWriter::put_source(const SourceRow& row) {
  const std::string key = file_key(row.path_key);
  const auto bind = [&](Statement& statement) -> Statement& {
    return statement.bind(1, row.document)
        .bind(2, row.path_key)
        .bind(3, static_cast<std::int64_t>(row.identity.device))
        .bind(4, static_cast<std::int64_t>(row.identity.inode))
        .bind(5, static_cast<std::int64_t>(row.identity.size))
        .bind(6, row.identity.mtime_ns)
        .bind(7, row.identity.ctime_ns)
        .bind(8, static_cast<std::int64_t>(row.identity_settled ? 1 : 0))
        .bind_blob(9, row.sha256);
  };
  // One statement that does either (ON CONFLICT) would keep every page in memory as it was before,
  // to be able to fail half-way: a new source would take three times as long.
  bind(*registry_.statements_->insert_source).bind(10, key).run();
  if (registry_.db_.changes() == 0) bind(*registry_.statements_->update_source).run();
}

void RegistryWriter::delete_source(std::string_view path_key) {
  registry_.statements_->delete_source->bind(1, path_key).run();
}

void RegistryWriter::put_fetch(const FetchRow& row) {
  registry_.statements_->put_fetch->bind(1, row.path_key)
      .bind(2, row.facts.final_url)
      .bind(3, row.facts.etag)
      .bind(4, row.facts.last_modified)
      .bind(5, row.facts.at)
      .run();
}

void RegistryWriter::put_child(const ChildRow& row) {
  registry_.statements_->put_child->bind(1, row.path_key)
      .bind(2, row.root)
      .bind(3, row.container)
      .run();
}

void RegistryWriter::delete_child(std::string_view path_key) {
  registry_.statements_->delete_child->bind(1, path_key).run();
}

void RegistryWriter::set_markdown(std::int64_t id, const Sha256Digest& sha256, std::uint64_t size) {
  registry_.db_
      .prepare("UPDATE documents SET markdown_sha256 = ?1, markdown_size = ?2 WHERE id = ?3")
      .bind_blob(1, sha256)
      .bind(2, static_cast<std::int64_t>(size))
      .bind(3, id)
      .run();
}

void RegistryWriter::put_line_prints(std::int64_t document, std::string_view prints) {
  if (prints.empty()) {
    registry_.statements_->delete_line_prints->bind(1, document).run();
    return;
  }
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(prints.data());
  registry_.statements_->put_line_prints->bind(1, document)
      .bind_blob(2, {bytes, prints.size()})
      .run();
}

std::int64_t RegistryWriter::append_event(const Event& event) {
  registry_.statements_->append_event->bind(1, event.at)
      .bind(2, word(event.op))
      .bind(3, event.name)
      .bind(4, event.path_key)
      .bind_blob(5, event.sha256)
      .bind(6, event.document)
      .bind(7, event.path_before)
      .run();
  return registry_.db_.last_insert_id();
}

void RegistryWriter::put_hook(const HookRow& hook) {
  registry_.db_.prepare("INSERT OR REPLACE INTO hooks VALUES(?1, ?2, ?3, ?4, ?5)")
      .bind(1, hook.command)
      .bind(2, hook.position)
      .bind(3, hook.failures)
      .bind(4, hook.not_before)
      .bind(5, hook.reason)
      .run();
}

void RegistryWriter::put_failure(const FailureRow& failure) {
  registry_.statements_->put_failure->bind(1, failure.path_key)
      .bind(2, word(failure.outcome))
      .bind(3, failure.reason)
      .bind(4, failure.converter)
      .bind(5, failure.at)
      .bind(6, failure.hint)
      .bind(7, failure.converter_version)
      .bind(8, static_cast<std::int64_t>(failure.identity.device))
      .bind(9, static_cast<std::int64_t>(failure.identity.inode))
      .bind(10, static_cast<std::int64_t>(failure.identity.size))
      .bind(11, failure.identity.mtime_ns)
      .bind(12, failure.identity.ctime_ns)
      .bind(13, static_cast<std::int64_t>(failure.identity_settled ? 1 : 0))
      .bind_blob(14, failure.sha256)
      .bind(15, failure.setup)
      .bind(16, static_cast<std::int64_t>(failure.is_skipped ? 1 : 0))
      .run();
  registry_.statements_->delete_failed_attempts->bind(1, failure.path_key).run();
  insert_attempts(registry_.statements_->insert_failed_attempt->bind(1, failure.path_key),
                  failure.attempts);
}

void RegistryWriter::clear_failure(std::string_view path_key) {
  registry_.statements_->clear_failure->bind(1, path_key).run();
  registry_.statements_->delete_failed_attempts->bind(1, path_key).run();
}

std::int64_t RegistryWriter::append_journal(const JournalRow& row) {
  registry_.statements_->append_journal->bind(1, row.batch)
      .bind(2, row.document)
      .bind(3, row.steps)
      .run();
  return registry_.db_.last_insert_id();
}

void RegistryWriter::delete_journal_of(std::string_view batch, std::int64_t up_to_id) {
  registry_.statements_->delete_journal_of->bind(1, batch).bind(2, up_to_id).run();
}

void RegistryWriter::delete_journal(std::int64_t id) {
  registry_.db_.prepare("DELETE FROM journal WHERE id = ?1").bind(1, id).run();
}

void RegistryWriter::count_attempt(std::int64_t id) {
  registry_.db_.prepare("UPDATE journal SET attempts = attempts + 1 WHERE id = ?1")
      .bind(1, id)
      .run();
}

void RegistryWriter::put_damage(const JournalRow& row, std::string_view what,
                                std::string_view set_aside) {
  registry_.db_
      .prepare(
          "INSERT INTO damages(at, document, what, set_aside, steps)"
          " VALUES(strftime('%s','now'), ?1, ?2, ?3, ?4)")
      .bind(1, row.document)
      .bind(2, what)
      .bind(3, set_aside)
      .bind(4, row.steps)
      .run();
}

void RegistryWriter::rebuild_indexes() {
  registry_.db_.execute("REINDEX");
  fill_contents(registry_.db_);
}

void RegistryWriter::drop_dangling_rows(std::string_view set_aside) {
  for (const std::string& row : registry_.dangling_rows()) {
    put_damage({}, "the registry had a row of a document that is gone: " + row, set_aside);
  }
  registry_.db_.execute("DELETE FROM sources WHERE document NOT IN (SELECT id FROM documents)");
  registry_.db_.execute("DELETE FROM files WHERE document NOT IN (SELECT id FROM documents)");
  registry_.db_.execute("DELETE FROM attempts WHERE document NOT IN (SELECT id FROM documents)");
  for (const char* table :
       {"links", "link_targets", "unsettled_links", "anchors", "former_paths", "line_prints"}) {
    registry_.db_.execute(
        ("DELETE FROM " + std::string(table) + " WHERE document NOT IN (SELECT id FROM documents)")
            .c_str());
  }
  registry_.db_.execute("DELETE FROM children WHERE root NOT IN (SELECT path_key FROM sources)");
  registry_.db_.execute(
      "DELETE FROM failed_attempts WHERE path_key NOT IN (SELECT path_key FROM failures)");
}

void RegistryWriter::clear_damaged(std::int64_t id) {
  registry_.db_.prepare("UPDATE documents SET damaged = 0 WHERE id = ?1").bind(1, id).run();
}

void RegistryWriter::delete_damage(std::int64_t id) {
  registry_.db_.prepare("DELETE FROM damages WHERE id = ?1").bind(1, id).run();
}

}  // namespace sluice::owner
