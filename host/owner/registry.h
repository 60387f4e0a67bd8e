// The registry: documents, their sources, the journal, events and failures, in SQLite. Rows only:
// what they mean for files is the owner's and recovery's business. Reading is here; writing is
// RegistryWriter's, which only a Transaction hands out (transaction.h).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/bundle.h"
#include "model/layout.h"
#include "model/registry_view.h"
#include "owner/registry_rows.h"
#include "owner/sqlite.h"

namespace sluice::owner {

class RegistryWriter;
struct LinkRow;

// Sources on record below a path, in the order of a scan, one at a time.
class SourcesBelow {
 public:
  std::optional<SourceBelow> next();

 private:
  friend class Registry;
  struct Bounds {
    std::string begin, end;
  };
  SourcesBelow(const Database& db, std::string_view prefix);

  std::unique_ptr<const Bounds> bounds_;  // the statement refers to them
  Statement statement_;
};

// Reads only. Each of its functions is one question, with its SQL; there are many questions.
class Registry {
 public:
  // Makes the tables at `path`, unless they are there. Returns the layout that is on record from
  // then on.
  static layout::Kind create(const std::string& path, layout::Kind kind = layout::Kind::kFlat);
  // Throws Error if the registry is missing, damaged, of a newer version, or holds anything that
  // Sluice does not make (registry_schema.h). One of an older version is brought up to date, unless
  // it is only to be read: then it throws, too. `interrupted` ends statements that take long.
  Registry(const std::string& path, Database::Mode mode, bool (*interrupted)() = nullptr);

  const std::string& kb_id() const { return kb_id_; }
  layout::Kind layout() const { return layout_; }

  std::string meta(std::string_view key) const;

  // --- documents ---
  std::optional<Document> document(std::int64_t id) const;
  std::optional<Document> document_by_name(std::string_view name) const;
  std::optional<Document> document_by_name_key(std::string_view name_key) const;
  // Its id alone.
  std::optional<std::int64_t> document_with_name_key(std::string_view name_key) const;
  // Whether the folder of that name key holds a document (mirror layout).
  bool has_documents_in(std::string_view folder_key) const;
  std::optional<Document> document_by_content(const Sha256Digest& sha256) const;
  bool has_content(const Sha256Digest& sha256) const;
  void each_document(const std::function<void(const Document&)>& visit) const;
  // With what other rows and columns say of it, for checking.
  void each_document_with_keys(
      const std::function<void(const Document&, const DocumentKeys&)>& visit) const;
  // By name, at most `limit`.
  std::vector<std::string> names_beginning_with(std::string_view prefix, int limit) const;
  // The next of them by id, at most `limit`: for a long walk that holds no transaction open.
  std::vector<Document> documents_after(std::int64_t id, int limit) const;
  UnusualDocuments unusual_documents() const;
  std::vector<PublishedFile> files_of(std::int64_t document) const;
  // The lines of its Markdown as it was made (staging/line_prints.h); empty if they are not known.
  std::string line_prints_of(std::int64_t document) const;
  // Those before the one that made it, in line order.
  std::vector<AttemptRow> attempts_of(std::int64_t document) const;

  // --- sources ---
  std::optional<SourceRow> source(std::string_view path_key) const;
  std::optional<FetchFacts> fetch_facts(std::string_view url) const;
  std::vector<SourceRow> sources_of(std::int64_t document) const;
  // Not what is within them. `prefix`: of path keys, with a `/` at its end; "" is the KB's own
  // folder. While the cursor lives, it reads the registry as it was when it began.
  SourcesBelow sources_below(std::string_view prefix) const;

  // --- documents within sources ---
  bool has_children() const;  // of any source
  std::optional<ChildRow> child(std::string_view path_key) const;
  // At every depth, by path key.
  std::vector<ChildRow> children_of(std::string_view path_key) const;
  // One is damaged, or failed with another setup, or may end differently.
  bool has_unsettled_children(std::string_view path_key, std::string_view setup) const;

  // --- links between documents (registry_links.cpp) ---
  std::vector<LinkRow> links_of(std::int64_t document) const;
  // What its links wait for; nothing if it has no links.
  std::optional<std::vector<std::string>> targets_of(std::int64_t document) const;
  std::vector<NamedAnchor> anchors_of(std::int64_t document) const;
  // By paths that sources have, or by those that renamed documents had.
  enum class Paths { kPresent, kFormer };
  std::optional<LinkTarget> link_target(std::string_view path_key, Paths paths) const;
  std::vector<LinkTarget> link_targets_named(std::string_view file_key, Paths paths) const;
  std::vector<std::string> former_paths_of(std::int64_t document) const;
  // Documents with a link that may lead to that target (link_targets.h).
  std::vector<std::int64_t> waiting_for(std::string_view target) const;
  // Documents whose links are to be looked at again, by id, from behind `after` on.
  std::vector<std::int64_t> unsettled_links(std::int64_t after, std::size_t limit) const;

  // --- events and failures ---
  std::int64_t last_event() const;  // 0 if there is none
  void each_event_after(std::int64_t seq, const std::function<void(const Event&)>& visit) const;
  std::vector<Event> events_after(std::int64_t seq, int limit) const;
  // Numbers have no gaps. How many are missing all the same; that is damage.
  std::int64_t missing_events() const;
  std::vector<Event> events_of(std::string_view name) const;
  std::optional<HookRow> hook(std::string_view command) const;
  std::optional<FailureRow> failure(std::string_view path_key) const;
  bool has_failure(std::string_view path_key) const;
  bool has_failures() const;  // of any source
  std::vector<FailureRow> last_failures(int limit) const;
  // The next of them by path key, at most `limit`.
  std::vector<FailureRow> failures_after(std::string_view path_key, int limit) const;
  void each_failure(const std::function<void(const FailureRow&)>& visit) const;  // by path key
  // As each_failure, and those that count as skipped.
  void each_without_document(const std::function<void(const FailureRow&)>& visit) const;
  std::vector<Conversion> conversions() const;

  // --- runs (registry_runs.cpp) ---
  std::vector<RunRow> last_runs(int limit) const;  // the newest first

  // --- journal ---
  bool has_journal() const;
  // Each with its rows, by number, as one look at the registry has them.
  struct JournalOfBatch {
    std::string batch;
    std::vector<JournalRow> rows;
  };
  // `except`: a batch that is left out; empty for none.
  std::vector<JournalOfBatch> journal(std::string_view except) const;
  std::vector<std::string> damages() const;

  // --- checking (registry_check.cpp) ---
  enum class Depth { kQuick, kFull };
  // What SQLite finds wrong with its own file, words that Sluice never writes, and, in full, what
  // is wrong with the index of contents; a few lines at most; empty if nothing.
  std::vector<std::string> integrity_problems(Depth depth) const;
  // Rows of sources, files and attempts whose document or failure is gone, in words.
  std::vector<std::string> dangling_rows() const;
  std::vector<DamageRow> damage_rows() const;

  Counts counts() const;

 private:
  friend class ReadTransaction;
  friend class RegistryWriter;
  friend class SourceCursor;
  friend class Transaction;

  void begin();
  void commit();
  void rollback() noexcept;
  void begin_reading() const;
  void end_reading() const noexcept;
  void upgrade();
  void settle_contents();
  std::int64_t next_document();
  std::vector<std::string> file_problems(Depth depth) const;
  std::vector<std::string> foreign_words() const;
  FailureRow read_failure(const Statement& row) const;
  std::optional<std::int64_t> one_id(Statement& statement) const;
  std::optional<Document> one_document(Statement& statement) const;

  Database db_;
  std::string kb_id_;
  layout::Kind layout_ = layout::Kind::kFlat;
  bool has_new_content_ = false;               // in this transaction
  std::optional<std::int64_t> last_document_;  // in this transaction, once there is a new one
  // Prepared once: they run for every document.
  struct Statements;
  std::shared_ptr<Statements> statements_;
};

// The look at the registry that lanes get: a read-only connection of their own.
class RegistryViewsOf : public RegistryViews {
 public:
  explicit RegistryViewsOf(std::string registry_path) : path_(std::move(registry_path)) {}
  std::unique_ptr<RegistryView> open() override;

 private:
  std::string path_;
};

}  // namespace sluice::owner
