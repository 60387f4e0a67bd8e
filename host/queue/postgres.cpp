#include "queue/postgres.h"

#include <libpq-fe.h>

#include <algorithm>
#include <array>

#include "queue/posix/socket_wait.h"

namespace sluice::queue {
namespace {

using Clock = std::chrono::steady_clock;

std::string first_line(const char* text) {
  std::string line(text == nullptr ? "" : text);
  line.erase(std::min(line.find('\n'), line.size()));
  for (const std::string_view prefix : {"ERROR:  ", "FATAL:  "}) {
    if (line.starts_with(prefix)) line.erase(0, prefix.size());
  }
  return line;
}

std::string state_of(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state == nullptr ? "" : state;
}

// The server ends or starts, has no room, or is one that only reads (after a failover); or two
// calls were in each other's way.
bool is_passing(const std::string& state) {
  static constexpr std::array<std::string_view, 8> kPassing = {"57P01", "57P02", "57P03", "53300",
                                                               "40001", "40P01", "25006", "55P03"};
  return state.starts_with("08") ||
         std::find(kPassing.begin(), kPassing.end(), state) != kPassing.end();
}

[[noreturn]] void throw_error(const PGresult* result) {
  const std::string state = state_of(result);
  const std::string cause = first_line(PQresultErrorMessage(result));
  if (is_passing(state)) throw ConnectionLost("ask", "the queue", cause, "try again in a while");
  std::string next = "see the log of PostgreSQL";
  if (state == "42501") {
    next =
        "let an administrator grant the role: GRANT sluice_worker (or sluice_submitter, "
        "sluice_committer) TO the user";
  } else if (state == "3F000" || state == "42P01" || state == "42883") {
    next = "make the queue with 'sluice queue init', or check the name of the database";
  }
  throw Error("ask", "the queue", cause, next);
}

[[noreturn]] void throw_lost(const std::string& cause) {
  throw ConnectionLost("ask", "the queue", cause, "check the server and the network");
}

bool is_refusal(const std::string& message) {
  for (const std::string_view sign :
       {"authentication failed", "no password supplied", "does not exist", "pg_hba.conf", "SSL",
        "certificate", "not permitted", "permission denied"}) {
    if (message.find(sign) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

Rows::Rows(pg_result* result) : result_(result) {}

void Rows::Free::operator()(pg_result* result) const noexcept {
  PQclear(result);
}

std::size_t Rows::size() const {
  return static_cast<std::size_t>(PQntuples(result_.get()));
}

bool Rows::is_null(std::size_t row, std::size_t column) const {
  return PQgetisnull(result_.get(), static_cast<int>(row), static_cast<int>(column)) != 0;
}

std::string Rows::text(std::size_t row, std::size_t column) const {
  const int at = static_cast<int>(row);
  const int of = static_cast<int>(column);
  return {PQgetvalue(result_.get(), at, of),
          static_cast<std::size_t>(PQgetlength(result_.get(), at, of))};
}

std::int64_t Rows::number(std::size_t row, std::size_t column) const {
  const std::string digits = text(row, column);
  return digits.empty() ? 0 : std::stoll(digits);
}

bool Rows::flag(std::size_t row, std::size_t column) const {
  return text(row, column) == "t";
}

std::string array_of(const std::vector<std::string>& texts) {
  std::string out = "{";
  for (const std::string& text : texts) {
    out += out.size() > 1 ? ",\"" : "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out + "}";
}

std::string array_of(const std::vector<std::int64_t>& numbers) {
  std::string out = "{";
  for (const std::int64_t number : numbers) {
    if (out.size() > 1) out += ',';
    out += std::to_string(number);
  }
  return out + "}";
}

void Connection::Close::operator()(pg_conn* connection) const noexcept {
  PQfinish(connection);
}

// A network that is cut says nothing: the kernel gives up what is not acknowledged. The URL may set
// all of this otherwise, and TLS with it (sslmode, sslrootcert).
Connection::Connection(const std::string& url) {
  static constexpr std::array kNames = {
      "connect_timeout",  "keepalives_idle",  "keepalives_interval",
      "keepalives_count", "tcp_user_timeout", "application_name",
      "client_encoding",  "dbname",           static_cast<const char*>(nullptr)};
  const std::array kValues = {"10",   "20",        "5",
                              "3",    "30000",     "sluice-queue",
                              "UTF8", url.c_str(), static_cast<const char*>(nullptr)};
  connection_.reset(PQconnectdbParams(kNames.data(), kValues.data(), 1));
  if (connection_ == nullptr) throw std::bad_alloc();
  if (PQstatus(connection_.get()) == CONNECTION_OK) {
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    PQsetnonblocking(connection_.get(), 1);
    return;
  }
  const std::string cause = first_line(PQerrorMessage(connection_.get()));
  if (is_refusal(PQerrorMessage(connection_.get()))) {
    throw Error(
        "connect to", "the queue", cause,
        "check the URL; a password belongs in ~/.pgpass, or in the file that PGPASSFILE names");
  }
  throw ConnectionLost("connect to", "the queue", cause,
                       "check the URL, the server and the network");
}

void Connection::send_all() {
  const auto deadline = Clock::now() + kMaxSilence;
  for (int left = 1; left != 0;) {
    left = PQflush(connection_.get());
    if (left < 0) throw_lost(first_line(PQerrorMessage(connection_.get())));
    if (left == 0) return;
    if (Clock::now() > deadline) throw_lost("the server takes nothing");
    // The server may be unable to take more before we take what it says.
    wait_for_socket(PQsocket(connection_.get()), Ready::kWrite, std::chrono::milliseconds(100));
    if (PQconsumeInput(connection_.get()) == 0) {
      throw_lost(first_line(PQerrorMessage(connection_.get())));
    }
  }
}

Rows Connection::answer() {
  send_all();
  const auto deadline = Clock::now() + kMaxSilence;
  std::unique_ptr<PGresult, decltype(&PQclear)> last(nullptr, PQclear);
  for (;;) {
    while (PQisBusy(connection_.get()) != 0) {
      if (Clock::now() > deadline) throw_lost("the server does not answer");
      if (!wait_for_socket(PQsocket(connection_.get()), Ready::kRead, std::chrono::seconds(1))) {
        continue;
      }
      if (PQconsumeInput(connection_.get()) == 0) {
        throw_lost(first_line(PQerrorMessage(connection_.get())));
      }
    }
    PGresult* next = PQgetResult(connection_.get());
    if (next == nullptr) break;
    // Of several statements the first error counts.
    const bool is_error = last != nullptr && PQresultStatus(last.get()) == PGRES_FATAL_ERROR;
    if (is_error) {
      PQclear(next);
    } else {
      last.reset(next);
    }
  }
  if (last == nullptr || PQstatus(connection_.get()) != CONNECTION_OK) {
    throw_lost(last == nullptr ? first_line(PQerrorMessage(connection_.get()))
                               : first_line(PQresultErrorMessage(last.get())));
  }
  const ExecStatusType status = PQresultStatus(last.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    throw_error(last.get());
  }
  return Rows(last.release());
}

Rows Connection::call(const std::string& sql, const std::vector<Value>& values) {
  std::vector<const char*> texts;
  texts.reserve(values.size());
  for (const Value& value : values) texts.push_back(value ? value->c_str() : nullptr);
  if (PQsendQueryParams(connection_.get(), sql.c_str(), static_cast<int>(texts.size()), nullptr,
                        texts.data(), nullptr, nullptr, 0) == 0) {
    throw_lost(first_line(PQerrorMessage(connection_.get())));
  }
  return answer();
}

void Connection::run(const std::string& statements) {
  if (PQsendQuery(connection_.get(), statements.c_str()) == 0) {
    throw_lost(first_line(PQerrorMessage(connection_.get())));
  }
  answer();
}

bool Connection::take_notifications() {
  bool came = false;
  while (PGnotify* one = PQnotifies(connection_.get())) {
    PQfreemem(one);
    came = true;
  }
  return came;
}

bool Connection::wait_for_notification(std::chrono::milliseconds patience) {
  if (take_notifications()) return true;
  wait_for_socket(PQsocket(connection_.get()), Ready::kRead, patience);
  if (PQconsumeInput(connection_.get()) == 0) {
    throw_lost(first_line(PQerrorMessage(connection_.get())));
  }
  return take_notifications();
}

void check_url(const std::string& url) {
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(url.c_str(), &message), PQconninfoFree);
  if (options == nullptr) {
    const std::string cause = first_line(message);
    PQfreemem(message);
    throw Error("use", "the URL of the queue", cause.empty() ? "it is none" : cause,
                "write it as in postgresql://user@host/database", ExitCode::kUsage);
  }
  for (const PQconninfoOption* one = options.get(); one->keyword != nullptr; ++one) {
    const std::string_view name(one->keyword);
    if (one->val == nullptr || (name != "password" && name != "sslpassword")) continue;
    throw Error("use", "the URL of the queue",
                "it contains a password, which everybody on this computer could see",
                "put the password into ~/.pgpass, or into the file that PGPASSFILE names",
                ExitCode::kUsage);
  }
}

}  // namespace sluice::queue
