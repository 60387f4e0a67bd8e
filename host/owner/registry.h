// The registry: documents, their sources, the journal, events and failures, in SQLite. Rows only:
// what they mean for files is the owner's and recovery's business.
// REQUIRES for all that writes: the exclusive KB lock, and begin() before.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/registry_view.h"
#include "owner/sqlite.h"
#include "platform/files.h"
#include "platform/sha256.h"

namespace sluice::owner {

using platform::Sha256Digest;

inline constexpr std::int64_t kRegistryVersion = 2;
// So many new contents at most are kept apart from the rest, where they touch few pages.
inline constexpr std::int64_t kRecentContents = 1 << 16;

// A file of a document besides raw and Markdown.
struct PublishedFile {
  enum class Kind { kAsset = 0, kSidecar = 1 };
  Kind kind = Kind::kAsset;
  std::string path;  // relative to the KB
  Sha256Digest sha256{};
  std::uint64_t size = 0;
};

struct Document {
  std::int64_t id = 0;
  std::string name;
  std::string path_key;  // of the source it was made from
  Sha256Digest sha256{};
  std::uint64_t size = 0;
  std::string raw;       // relative to the KB
  std::string markdown;  // relative to the KB
  Sha256Digest markdown_sha256{};
  std::uint64_t markdown_size = 0;
  std::int64_t assets = 0;
  std::string media_type;
  std::string converter;
  std::string converter_version;
  std::string options_hash;
  std::string outcome;
  std::int64_t added_at = 0;
  std::int64_t updated_at = 0;
  std::string state;  // "ok", "pending" (in the journal), "damaged"
};

struct SourceRow {
  std::int64_t document = 0;
  std::string path_key;
  platform::FileIdentity identity;
  bool identity_settled = false;
  Sha256Digest sha256{};
};

struct Event {
  std::int64_t seq = 0;
  std::int64_t at = 0;
  std::string op;  // added, updated, duplicate, removed
  std::string name;
  std::string path_key;
  Sha256Digest sha256{};
};

struct FailureRow {
  std::string path_key;
  std::string outcome;
  std::string reason;
  std::string converter;
  std::int64_t at = 0;
};

struct JournalRow {
  std::int64_t id = 0;
  std::string batch;
  std::int64_t document = 0;  // 0 where it is gone (removed)
  std::string steps;          // see journal.h
  std::int64_t attempts = 0;
};

// What recovery or a repair could not finish, on record until somebody has looked at it.
struct DamageRow {
  std::int64_t id = 0;
  std::int64_t document = 0;  // 0, or one that may be gone
  std::string what;
  std::string set_aside;  // the folder below .sluice/set-aside with what is left, or empty
};

struct Counts {
  std::int64_t documents = 0;
  std::int64_t sources = 0;
  std::int64_t raw_bytes = 0;
  std::int64_t markdown_bytes = 0;
  std::int64_t assets = 0;
  std::int64_t asset_bytes = 0;
  std::int64_t pending = 0;
  std::int64_t damaged = 0;  // on record, whatever became of it
  std::int64_t damaged_documents = 0;
  std::int64_t failures = 0;
  std::int64_t events = 0;
};

class Registry {
 public:
  // Makes the tables at `path`, unless they are there.
  static void create(const std::string& path);
  // Throws Error if the registry is missing, damaged, or of a newer version. One of an older
  // version is brought up to date, unless it is only to be read: then it throws, too.
  Registry(const std::string& path, Database::Mode mode);

  const std::string& kb_id() const { return kb_id_; }

  void begin();
  void commit();
  void rollback() noexcept;
  // How many rows this connection has written so far, whatever became of them.
  std::int64_t changes() const;

  std::string meta(std::string_view key);
  void set_meta(std::string_view key, std::string_view value);

  // --- documents ---
  std::optional<Document> document(std::int64_t id);
  std::optional<Document> document_by_name(std::string_view name);
  std::optional<Document> document_by_name_key(std::string_view name_key);
  std::optional<Document> document_by_content(const Sha256Digest& sha256);
  bool has_content(const Sha256Digest& sha256);
  void each_document(const std::function<void(const Document&)>& visit);
  // Inserts (id 0) or updates; returns the id.
  std::int64_t put_document(const Document& document, std::string_view name_key);
  void set_damaged(std::int64_t id);
  void delete_document(std::int64_t id);
  std::vector<PublishedFile> files_of(std::int64_t document);
  void put_files(std::int64_t document, const std::vector<PublishedFile>& files);

  // --- sources ---
  std::optional<SourceRow> source(std::string_view path_key);
  std::vector<SourceRow> sources_of(std::int64_t document);
  void put_source(const SourceRow& row);
  void delete_source(std::string_view path_key);

  // --- events and failures ---
  std::int64_t append_event(const Event& event);
  std::int64_t last_event();  // 0 if there is none
  void each_event_after(std::int64_t seq, const std::function<void(const Event&)>& visit);
  std::vector<Event> events_of(std::string_view name);
  // False if the very same failure is on record already: then nothing is written.
  bool has_failure(std::string_view path_key, std::string_view outcome, std::string_view reason);
  bool has_failure(std::string_view path_key);
  bool has_failures();  // of any source
  void put_failure(const FailureRow& row);
  void clear_failure(std::string_view path_key);
  std::vector<FailureRow> last_failures(int limit);

  // --- journal ---
  std::int64_t append_journal(const JournalRow& row);
  std::vector<std::string> journal_batches();
  std::vector<JournalRow> journal_of(std::string_view batch);
  void delete_journal_of(std::string_view batch, std::int64_t up_to_id);
  void delete_journal(std::int64_t id);
  void count_attempt(std::int64_t id);
  void put_damage(const JournalRow& row, std::string_view what, std::string_view set_aside);
  std::vector<std::string> damages();

  // --- checking and repair (registry_check.cpp) ---
  enum class Depth { kQuick, kFull };
  // What SQLite finds wrong with its own file, and, in full, what is wrong with the index of
  // contents; a few lines at most; empty if nothing.
  std::vector<std::string> integrity_problems(Depth depth);
  // Makes all indexes anew from the tables.
  void rebuild_indexes();
  // Rows of sources and files whose document is gone, in words.
  std::vector<std::string> dangling_rows();
  // Puts these on record as damage, with the folder that has a list of them, and deletes them.
  void drop_dangling_rows(std::string_view set_aside);
  void clear_damaged(std::int64_t id);
  std::vector<DamageRow> damage_rows();
  void delete_damage(std::int64_t id);

  Counts counts();

 private:
  void upgrade();
  void settle_contents();
  std::vector<std::string> file_problems(Depth depth);
  Document read_document(const Statement& row) const;
  std::optional<Document> one_document(Statement& statement);
  SourceRow read_source(const Statement& row) const;

  Database db_;
  std::string kb_id_;
  bool has_new_content_ = false;  // in this transaction
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
