#include "owner/sqlite.h"

#include <sqlite3.h>

#include <filesystem>

#include "platform/error.h"
#include "platform/percent_encoding.h"

namespace sluice::owner {
namespace {

[[noreturn]] void fail(sqlite3* db, int code) {
  const std::string message = db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_FULL:
      throw SystemError("write", "the registry",
                        std::make_error_code(std::errc::no_space_on_device));
    case SQLITE_READONLY:
      throw SystemError("write", "the registry",
                        std::make_error_code(std::errc::read_only_file_system));
    case SQLITE_IOERR:
      if (sqlite3_system_errno(db) != 0) {
        throw SystemError("use", "the registry",
                          std::error_code(sqlite3_system_errno(db), std::generic_category()));
      }
      throw SystemError("use", "the registry", std::make_error_code(std::errc::io_error));
    case SQLITE_CANTOPEN:
      throw Error("open", "the registry", message,
                  "check who owns .sluice/ and its permissions, and that the disk is not full");
    case SQLITE_INTERRUPT:
      throw Error("use", "the registry", "interrupted", "run it again", ExitCode::kInterrupted);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw Error("read", "the registry", message,
                  "restore .sluice/registry.db from a backup; raw/ and wiki/ are untouched",
                  ExitCode::kDamaged);
    case SQLITE_BUSY:
    case SQLITE_PROTOCOL:  // given up, too, since somebody stopped while opening or closing it
      throw Error("use", "the registry", "another program holds it",
                  "close what has .sluice/registry.db open", ExitCode::kLockTimeout);
    default:
      throw Error("use", "the registry", message,
                  "run 'sluice check'; if it says nothing, report this");
  }
}

// Long enough for another process to finish a checkpoint; writers exclude each other by kb.lock.
constexpr int kBusyMilliseconds = 20'000;

// All threads would wait for one lock at each allocation, for statistics that nobody reads. Where
// SQLite was started already, it stays as it is.
void count_no_memory() {
  [[maybe_unused]] static const int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// The URI of a database that nobody changes.
std::string as_immutable(const std::string& path) {
  return "file:" + platform::percent_encoded(path, "%?#") + "?immutable=1";
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}
void Database::Close::operator()(sqlite3* db) const {
  sqlite3_close_v2(db);
}

// How often a running statement asks whether it is to end: some milliseconds of work.
constexpr int kProgressSteps = 100'000;
// A group of documents that is being committed ends well within this; a statement over a registry
// that somebody made large need not.
constexpr std::chrono::seconds kPatience{3};

int Database::must_end(void* interrupt) {
  auto& state = *static_cast<Interrupt*>(interrupt);
  if (!state.interrupted()) return 0;
  const auto now = std::chrono::steady_clock::now();
  if (!state.noticed) state.noticed = now;
  return !state.patient || now - *state.noticed > kPatience ? 1 : 0;
}

void Database::begin_patience() {
  interrupt_->patient = true;
}

void Database::end_patience() {
  interrupt_->patient = false;
}

Database::Database(const std::string& path, Mode mode, bool (*interrupted)())
    : interrupt_(std::make_unique<Interrupt>()) {
  interrupt_->interrupted = interrupted;
  int code = open(path, mode);
  if ((code == SQLITE_CANTOPEN || code == SQLITE_READONLY) && mode == Mode::kReadOnly) {
    // On a medium that cannot be written to there is no shared memory to be made, and no need for
    // it: nobody else writes either. A log that nobody can merge would be left out, though.
    std::error_code none;
    if (std::filesystem::file_size(path + "-wal", none) == 0 || none) {
      code = open(as_immutable(path), mode);
    }
  }
  if (code != SQLITE_OK) fail(db_.get(), code);
}

void Database::merge_on_close() {
  sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
}

// Opens it and, to see that it can be read, reads from it.
int Database::open(const std::string& path, Mode mode) {
  count_no_memory();
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_URI | SQLITE_OPEN_NOFOLLOW;
  flags |= mode == Mode::kReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (mode == Mode::kCreate) flags |= SQLITE_OPEN_CREATE;
  sqlite3* db = nullptr;
  int code = sqlite3_open_v2(path.c_str(), &db, flags, nullptr);
  db_.reset(db);
  sqlite3_busy_timeout(db, kBusyMilliseconds);
  sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  // A registry from elsewhere may hold hostile views and triggers: until check_schema has refused
  // it, none of them is to run functions.
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (interrupt_->interrupted != nullptr) {
    sqlite3_progress_handler(db, kProgressSteps, &Database::must_end, interrupt_.get());
  }
  if (code == SQLITE_OK && mode == Mode::kReadOnly) {
    code = sqlite3_exec(db, "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
  }
  return code == SQLITE_OK ? code : code & 0xff;
}

void Database::execute(const char* sql) {
  const int code = sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(db_.get(), code);
}

std::int64_t Database::last_insert_id() const {
  return sqlite3_last_insert_rowid(db_.get());
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(db_.get());
}

std::int64_t Database::total_changes() const {
  return sqlite3_total_changes64(db_.get());
}

Statement::Statement(sqlite3* db, std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) fail(db, code);
  statement_.reset(statement);
}

Statement& Statement::bind(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), index, value);
  return *this;
}
Statement& Statement::bind(int index, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), index, text.data() != nullptr ? text.data() : "",
                      text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}
Statement& Statement::bind_blob(int index, std::span<const std::uint8_t> bytes) {
  sqlite3_bind_blob64(statement_.get(), index, bytes.data(), bytes.size(), SQLITE_STATIC);
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) {
    sqlite3* db = sqlite3_db_handle(statement_.get());
    sqlite3_reset(statement_.get());
    fail(db, code);
  }
  sqlite3_reset(statement_.get());
  return false;
}

bool Statement::has_row() {
  const bool found = step();
  reset();
  return found;
}

void Statement::run() {
  while (step()) {
  }
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}
std::string Statement::text(int column) const {
  return std::string(text_view(column));
}
std::string_view Statement::text_view(int column) const {
  const unsigned char* text = sqlite3_column_text(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return text == nullptr ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(text),
                                            static_cast<std::size_t>(size));
}
std::span<const std::uint8_t> Statement::blob(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {static_cast<const std::uint8_t*>(bytes), static_cast<std::size_t>(size)};
}

}  // namespace sluice::owner
