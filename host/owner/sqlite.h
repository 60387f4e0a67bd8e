// SQLite behind two small classes: connections and statements with one owner, errors as Error.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace sluice::owner {

class Statement {
 public:
  Statement() = default;
  Statement(sqlite3* db, std::string_view sql);

  // Texts and blobs are not copied: they must live until the last step().
  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, std::string_view text);
  Statement& bind_blob(int index, std::span<const std::uint8_t> bytes);

  // True while there is a row; after the last one the statement is ready to be used again.
  bool step();
  // Whether there is a row. The statement is then ready to be used again.
  bool has_row();
  // For statements without rows.
  void run();
  void reset();

  std::int64_t integer(int column) const;
  std::string text(int column) const;
  std::string_view text_view(int column) const;          // until the next step
  std::span<const std::uint8_t> blob(int column) const;  // until the next step

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// A statement that is prepared when it is first used: a run needs few of those that a registry
// knows.
class LazyStatement {
 public:
  LazyStatement(sqlite3* db, std::string sql) : db_(db), sql_(std::move(sql)) {}

  Statement& operator*() {
    if (!statement_) statement_.emplace(db_, sql_);
    return *statement_;
  }
  Statement* operator->() { return &**this; }

 private:
  sqlite3* db_;
  std::string sql_;
  std::optional<Statement> statement_;
};

class Database {
 public:
  enum class Mode { kReadOnly, kReadWrite, kCreate };
  // `path` has no symbolic link in it. `interrupted`, if given, is asked while a statement runs:
  // then it ends with an Error (kInterrupted).
  Database(const std::string& path, Mode mode, bool (*interrupted)() = nullptr);

  // The last to close may merge the log into the database and delete it. Only for who has begun to
  // write: one that could not open all of its files would delete a log it has not merged.
  void merge_on_close();
  // While a transaction is open, what is in hand may go on for a while after an interrupt.
  void begin_patience();
  void end_patience();
  void execute(const char* sql);
  Statement prepare(std::string_view sql) const { return Statement(db_.get(), sql); }
  LazyStatement prepare_later(std::string sql) const { return {db_.get(), std::move(sql)}; }
  std::int64_t last_insert_id() const;
  // Rows that the last INSERT, UPDATE or DELETE changed, those of its triggers not among them.
  std::int64_t changes() const;
  // Rows of all statements since it was opened, those of triggers among them.
  std::int64_t total_changes() const;

 private:
  int open(const std::string& path, Mode mode);

  // What the progress handler looks at.
  struct Interrupt {
    bool (*interrupted)() = nullptr;
    bool patient = false;
    std::optional<std::chrono::steady_clock::time_point> noticed;
  };
  static int must_end(void* interrupt);

  struct Close {
    void operator()(sqlite3* db) const;
  };
  std::unique_ptr<Interrupt> interrupt_;
  std::unique_ptr<sqlite3, Close> db_;
};

}  // namespace sluice::owner
