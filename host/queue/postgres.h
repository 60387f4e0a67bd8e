// A connection to PostgreSQL: calls with parameters, and waiting for a notification. libpq stays
// behind this header. Every call ends: a server that is silent for longer than kMaxSilence counts
// as lost.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/error.h"

struct pg_conn;
struct pg_result;

namespace sluice::queue {

// The connection is gone, or the server cannot serve it now. The same call may work on a new
// connection; whether this one took effect is not known.
class ConnectionLost : public Error {
 public:
  using Error::Error;
};

// The answer to a call. Values are PostgreSQL's own text.
class Rows {
 public:
  explicit Rows(pg_result* result);

  std::size_t size() const;
  bool is_null(std::size_t row, std::size_t column) const;
  std::string text(std::size_t row, std::size_t column) const;  // empty for null
  std::int64_t number(std::size_t row, std::size_t column) const;
  bool flag(std::size_t row, std::size_t column) const;

 private:
  struct Free {
    void operator()(pg_result* result) const noexcept;
  };
  std::unique_ptr<pg_result, Free> result_;
};

// A parameter of a call; nothing is null.
using Value = std::optional<std::string>;
// The literal of an array.
std::string array_of(const std::vector<std::string>& texts);
std::string array_of(const std::vector<std::int64_t>& numbers);

class Connection {
 public:
  static constexpr std::chrono::seconds kMaxSilence{60};

  // `url`: a URL or a connection string, as libpq takes it. Throws ConnectionLost if the server
  // cannot be reached, Error if it refuses.
  explicit Connection(const std::string& url);

  // Throws Error or ConnectionLost.
  Rows call(const std::string& sql, const std::vector<Value>& values = {});
  // Statements without parameters, one after another.
  void run(const std::string& statements);
  // Forgets the notifications that have come; true if one came within `patience`. Throws
  // ConnectionLost.
  bool wait_for_notification(std::chrono::milliseconds patience);

 private:
  struct Close {
    void operator()(pg_conn* connection) const noexcept;
  };
  void send_all();
  Rows answer();
  bool take_notifications();

  std::unique_ptr<pg_conn, Close> connection_;
};

// Throws Error (kUsage) for a URL that cannot be used: it has a password in it, which would be seen
// in the list of processes, or is no URL at all.
void check_url(const std::string& url);

}  // namespace sluice::queue
