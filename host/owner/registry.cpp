#include "owner/registry.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "owner/registry_schema.h"
#include "owner/registry_statements.h"
#include "owner/source_cursor.h"
#include "owner/transaction.h"
#include "platform/error.h"

namespace sluice::owner {
namespace {

// Under which name the registry keeps the number of the newest document.
constexpr std::string_view kLastDocument = "last_document";

constexpr std::array<std::string_view, 3> kStateWords = {"ok", "pending", "damaged"};
Outcome outcome_of(const std::string& text) {
  const auto outcome = outcome_from_word(text);
  if (!outcome) refuse_word("an outcome");
  return *outcome;
}

SourceRow read_source(const Statement& row) {
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

FailureRow failure_of_row(const Statement& row) {
  FailureRow failure;
  failure.path_key = row.text(0);
  failure.outcome = outcome_of(row.text(1));
  failure.reason = row.text(2);
  failure.converter = row.text(3);
  failure.at = row.integer(4);
  failure.hint = row.text(5);
  failure.converter_version = row.text(6);
  failure.identity = {static_cast<std::uint64_t>(row.integer(7)),
                      static_cast<std::uint64_t>(row.integer(8)),
                      static_cast<std::uint64_t>(row.integer(9)), row.integer(10), row.integer(11)};
  failure.identity_settled = row.integer(12) != 0;
  failure.sha256 = digest(row.blob(13));
  failure.setup = row.text(14);
  failure.is_skipped = row.integer(15) != 0;
  return failure;
}

}  // namespace

void refuse_word(const char* what) {
  throw Error("read", "the registry", std::string("it holds ") + what + " that Sluice never writes",
              "run 'sluice check'", ExitCode::kDamaged);
}

void read_document(const Statement& row, Document& d) {
  d.id = row.integer(0);
  d.name = row.text_view(1);
  d.path_key = row.text_view(2);
  d.sha256 = digest(row.blob(3));
  d.size = static_cast<std::uint64_t>(row.integer(4));
  d.raw = row.text_view(5);
  d.markdown = row.text_view(6);
  d.markdown_sha256 = digest(row.blob(7));
  d.markdown_size = static_cast<std::uint64_t>(row.integer(8));
  d.assets = row.integer(9);
  d.media_type = row.text_view(10);
  d.converter = row.text_view(11);
  d.converter_version = row.text_view(12);
  d.options_hash = row.text_view(13);
  d.outcome = outcome_of(row.text(14));
  d.added_at = row.integer(15);
  d.updated_at = row.integer(16);
  d.state = static_cast<DocumentState>(row.integer(17));
  d.reason = row.text_view(18);
  d.milliseconds = row.integer(19);
  d.memory = static_cast<std::uint64_t>(row.integer(20));
  d.title = row.text_view(21);
  d.pages = row.integer(22);
}

Document read_document(const Statement& row) {
  Document document;
  read_document(row, document);
  return document;
}

std::string_view word(DocumentState state) {
  return kStateWords[static_cast<std::size_t>(state)];
}

// Its own transaction: others may open it at the same moment.
void Registry::upgrade() {
  Transaction transaction(*this);
  upgrade_schema(db_);
  transaction.commit();
}

Registry::Registry(const std::string& path, Database::Mode mode, bool (*interrupted)())
    : db_(path, mode, interrupted) {
  // One look at version and schema: another process may bring them up to date meanwhile.
  db_.execute("BEGIN");
  const std::int64_t found = schema_version(db_);
  if (found > kRegistryVersion) {
    throw Error("open", "this knowledge base",
                "it was made by a newer Sluice (registry version " + std::to_string(found) +
                    ", this one knows " + std::to_string(kRegistryVersion) + ")",
                "upgrade Sluice; nothing was changed");
  }
  if (found <= 0) {
    throw Error("open", "this knowledge base", "its registry was never finished",
                "run 'sluice init' again", ExitCode::kDamaged);
  }
  check_schema(db_, found);
  db_.execute("COMMIT");
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
  layout_ = layout_of_text(meta(kLayout));
}

void Registry::begin() {
  last_document_.reset();
  db_.execute("BEGIN IMMEDIATE");
  db_.begin_patience();
  db_.merge_on_close();
}

void Registry::commit() {
  // Statements are prepared when a version is settled, and not yet while it is upgraded.
  if (std::exchange(has_new_content_, false)) settle_contents();
  if (last_document_) {
    statements_->set_meta->bind(1, kLastDocument).bind(2, std::to_string(*last_document_)).run();
  }
  db_.execute("COMMIT");
  db_.end_patience();
}

void Registry::settle_contents() {
  Statement& count = *statements_->recent_contents;
  count.step();
  const std::int64_t recent = count.integer(0);
  count.reset();
  if (recent >= kRecentContents) settle_recent_contents(db_);
}

void Registry::rollback() noexcept {
  db_.end_patience();
  try {
    db_.execute("ROLLBACK");
  } catch (const std::exception&) {
    // There is no transaction any more: SQLite has rolled it back itself.
  }
}

void Registry::begin_reading() const {
  statements_->begin_reading->run();
}

void Registry::end_reading() const noexcept {
  try {
    statements_->end_reading->run();
  } catch (const std::exception&) {
    // There is none any more. Nothing was written that could be lost.
  }
}

// The number of a new document: no other ever had it.
std::int64_t Registry::next_document() {
  if (!last_document_) {
    Statement largest = db_.prepare("SELECT coalesce(max(id), 0) FROM documents");
    largest.step();
    const std::string text = meta(kLastDocument);
    std::int64_t last = 0;
    std::from_chars(text.data(), text.data() + text.size(), last);
    last_document_ = std::max(last, largest.integer(0));
  }
  return ++*last_document_;
}

std::string Registry::meta(std::string_view key) const {
  Statement& statement = statements_->get_meta->bind(1, key);
  std::string value;
  if (statement.step()) {
    value = statement.text(0);
    statement.reset();
  }
  return value;
}

std::optional<Document> Registry::one_document(Statement& statement) const {
  if (!statement.step()) return std::nullopt;
  Document found = read_document(statement);
  statement.reset();
  return found;
}

std::optional<Document> Registry::document(std::int64_t id) const {
  return one_document(statements_->document_by_id->bind(1, id));
}
std::optional<Document> Registry::document_by_name(std::string_view name) const {
  return one_document(statements_->document_by_name->bind(1, name));
}
std::optional<Document> Registry::document_by_name_key(std::string_view name_key) const {
  return one_document(statements_->document_by_name_key->bind(1, name_key));
}
std::optional<Document> Registry::document_by_content(const Sha256Digest& sha256) const {
  return one_document(statements_->document_by_content->bind_blob(1, sha256));
}

std::optional<std::int64_t> Registry::one_id(Statement& statement) const {
  std::optional<std::int64_t> id;
  if (statement.step()) id = statement.integer(0);
  statement.reset();
  return id;
}

std::optional<std::int64_t> Registry::document_with_name_key(std::string_view name_key) const {
  return one_id(statements_->id_of_name_key->bind(1, name_key));
}

bool Registry::has_content(const Sha256Digest& sha256) const {
  return statements_->content->bind_blob(1, sha256).has_row();
}

void Registry::each_document(const std::function<void(const Document&)>& visit) const {
  Statement statement = db_.prepare(select_documents("ORDER BY name"));
  // Its texts keep their room from row to row.
  Document document;
  while (statement.step()) {
    read_document(statement, document);
    visit(document);
  }
}

std::vector<PublishedFile> Registry::files_of(std::int64_t document) const {
  Statement& row = statements_->files_of->bind(1, document);
  std::vector<PublishedFile> files;
  while (row.step()) {
    files.push_back(
        {row.integer(0) == 0 ? PublishedFile::Kind::kAsset : PublishedFile::Kind::kSidecar,
         row.text(1), digest(row.blob(2)), static_cast<std::uint64_t>(row.integer(3))});
  }
  return files;
}

namespace {

std::vector<AttemptRow> read_attempts(Statement& row) {
  std::vector<AttemptRow> attempts;
  while (row.step()) {
    attempts.push_back({row.text(0), row.text(1), outcome_of(row.text(2)), row.text(3)});
  }
  return attempts;
}

}  // namespace

std::vector<AttemptRow> Registry::attempts_of(std::int64_t document) const {
  return read_attempts(statements_->attempts_of->bind(1, document));
}

std::optional<SourceRow> Registry::source(std::string_view path_key) const {
  Statement& row = statements_->source->bind(1, path_key);
  if (!row.step()) return std::nullopt;
  SourceRow found = read_source(row);
  row.reset();
  return found;
}

std::optional<FetchFacts> Registry::fetch_facts(std::string_view url) const {
  Statement& row = statements_->fetch->bind(1, url);
  if (!row.step()) return std::nullopt;
  FetchFacts found{row.text(0), row.text(1), row.text(2), row.integer(3)};
  row.reset();
  return found;
}

std::vector<SourceRow> Registry::sources_of(std::int64_t document) const {
  Statement& row = statements_->sources_of->bind(1, document);
  std::vector<SourceRow> found;
  while (row.step()) found.push_back(read_source(row));
  return found;
}

bool Registry::has_children() const {
  return statements_->any_child->has_row();
}

std::optional<ChildRow> Registry::child(std::string_view path_key) const {
  Statement& row = statements_->child->bind(1, path_key);
  if (!row.step()) return std::nullopt;
  ChildRow found{row.text(0), row.text(1), row.text(2)};
  row.reset();
  return found;
}

std::vector<ChildRow> Registry::children_of(std::string_view path_key) const {
  Statement& row = statements_->children_of->bind(1, path_key);
  std::vector<ChildRow> found;
  while (row.step()) found.push_back({row.text(0), row.text(1), row.text(2)});
  return found;
}

bool Registry::has_unsettled_children(std::string_view path_key, std::string_view setup) const {
  return statements_->unsettled_child->bind(1, path_key).bind(2, setup).has_row();
}

FailureRow Registry::read_failure(const Statement& row) const {
  FailureRow failure = failure_of_row(row);
  failure.attempts = read_attempts(statements_->failed_attempts_of->bind(1, failure.path_key));
  return failure;
}

std::optional<FailureRow> Registry::failure(std::string_view path_key) const {
  Statement& row = statements_->failure->bind(1, path_key);
  if (!row.step()) return std::nullopt;
  FailureRow found = read_failure(row);
  row.reset();
  return found;
}

bool Registry::has_failure(std::string_view path_key) const {
  return statements_->failure_of->bind(1, path_key).has_row();
}

bool Registry::has_failures() const {
  return statements_->any_failure->has_row();
}

std::vector<FailureRow> Registry::last_failures(int limit) const {
  Statement row = db_.prepare(std::string(kSelectFailures) +
                              "WHERE NOT is_skipped ORDER BY at DESC, path_key LIMIT ?1");
  row.bind(1, static_cast<std::int64_t>(limit));
  std::vector<FailureRow> failures;
  while (row.step()) failures.push_back(read_failure(row));
  return failures;
}

std::vector<Conversion> Registry::conversions() const {
  // Counted here: GROUP BY would sort all documents first, which takes ten times as long. Those
  // that follow one another are mostly alike.
  using Key = std::array<std::string, 3>;
  std::map<Key, std::int64_t> counts;
  auto last = counts.end();
  Statement row = db_.prepare("SELECT converter, converter_version, options_hash FROM documents");
  const auto is_like = [&row](const Key& key) {
    return key[0] == row.text_view(0) && key[1] == row.text_view(1) && key[2] == row.text_view(2);
  };
  while (row.step()) {
    if (last == counts.end() || !is_like(last->first)) {
      last = counts.try_emplace(Key{row.text(0), row.text(1), row.text(2)}).first;
    }
    ++last->second;
  }
  std::vector<Conversion> all;
  for (const auto& [key, documents] : counts) all.push_back({key[0], key[1], key[2], documents});
  return all;
}

bool Registry::has_journal() const {
  Statement row = db_.prepare("SELECT 1 FROM journal LIMIT 1");
  return row.step();
}

std::vector<Registry::JournalOfBatch> Registry::journal(std::string_view except) const {
  std::vector<JournalOfBatch> batches;
  Statement row = db_.prepare(
      "SELECT id, batch, document, steps, attempts FROM journal"
      " WHERE ?1 = '' OR batch <> ?1 ORDER BY batch, id");
  row.bind(1, except);
  while (row.step()) {
    JournalRow one{row.integer(0), row.text(1), row.integer(2), row.text(3), row.integer(4)};
    if (batches.empty() || batches.back().batch != one.batch) batches.push_back({one.batch, {}});
    batches.back().rows.push_back(std::move(one));
  }
  return batches;
}

std::vector<std::string> Registry::damages() const {
  std::vector<std::string> all;
  Statement row = db_.prepare("SELECT what FROM damages ORDER BY id");
  while (row.step()) all.push_back(row.text(0));
  return all;
}

Counts Registry::counts() const {
  Statement row = db_.prepare(
      "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM sources),"
      " (SELECT coalesce(sum(size), 0) FROM documents WHERE raw <> ''),"
      " (SELECT coalesce(sum(markdown_size), 0) FROM documents),"
      " (SELECT coalesce(sum(assets), 0) FROM documents),"
      " (SELECT coalesce(sum(size), 0) FROM files),"
      " (SELECT count(*) FROM journal), (SELECT count(*) FROM damages),"
      " (SELECT count(*) FROM documents WHERE damaged),"
      " (SELECT count(*) FROM failures WHERE NOT is_skipped), (SELECT count(*) FROM events)");
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
  explicit View(const std::string& path)
      : registry_(path, Database::Mode::kReadOnly), sources_(registry_) {}

  std::optional<KnownSource> source(std::string_view path_key) override {
    if (++read_ > kMaxRead) end_reading();
    if (!transaction_) transaction_.emplace(registry_);
    if (!sources_.find(path_key)) return std::nullopt;
    return KnownSource{
        sources_.identity(), sources_.is_settled() && !sources_.is_damaged(), sources_.sha256(),
        // A duplicate source has no document under its own name.
        sources_.document_path_key() == path_key ? std::string(layout::leaf_of(sources_.name()))
                                                 : std::string()};
  }
  std::optional<KnownFailure> failure(std::string_view path_key) override {
    auto row = registry_.failure(path_key);
    if (!row || row->setup.empty()) return std::nullopt;
    return KnownFailure{row->identity,
                        row->identity_settled,
                        row->sha256,
                        std::move(row->setup),
                        row->outcome,
                        std::move(row->reason),
                        std::move(row->hint),
                        std::move(row->converter),
                        std::move(row->converter_version)};
  }
  std::optional<FetchFacts> fetch_facts(std::string_view url) override {
    return registry_.fetch_facts(url);
  }
  bool has_content(const Sha256Digest& sha256) override { return registry_.has_content(sha256); }
  void end_reading() override {
    sources_.reset();
    transaction_.reset();
    read_ = 0;
  }
  std::string holder_of(const Sha256Digest& sha256) override {
    const auto document = registry_.document_by_content(sha256);
    return document ? document->path_key : std::string();
  }
  bool has_unsettled_children(std::string_view path_key, std::string_view setup) override {
    return registry_.has_children() && registry_.has_unsettled_children(path_key, setup);
  }

 private:
  // Sources that are looked up in one transaction: some milliseconds, in which its beginning costs
  // nothing any more.
  static constexpr int kMaxRead = 1024;

  Registry registry_;
  std::optional<ReadTransaction> transaction_;
  SourceCursor sources_;
  int read_ = 0;
};

}  // namespace

std::unique_ptr<RegistryView> RegistryViewsOf::open() {
  return std::make_unique<View>(path_);
}

}  // namespace sluice::owner
