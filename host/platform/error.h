// Errors of a broken environment or a wrong command: what was tried, on what, why it failed, and
// what to do next. A document's expected failure is not an Error but an outcome (prepare/bundle.h).
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace sluice {

// The exit codes of the command line, which scripts rely on.
enum class ExitCode {
  kOk = 0,
  kFatal = 1,
  kUsage = 2,
  kSomeFailed = 3,
  kNoKb = 10,
  kLockTimeout = 11,
  kNoSandbox = 12,
  kDamaged = 13,
  kInterrupted = 130,
};

class Error : public std::runtime_error {
 public:
  // "cannot <action> <object>: <cause>"; `next` says what to do about it and may be empty.
  Error(std::string_view action, std::string_view object, std::string_view cause,
        std::string_view next = {}, ExitCode exit_code = ExitCode::kFatal);

  // The same error, ending the program with another code.
  Error(const Error& error, ExitCode exit_code) : Error(error) { exit_code_ = exit_code; }

  // What to try next: a sentence without a full stop, or empty.
  const std::string& next() const { return next_; }
  const std::string& cause() const { return cause_; }
  ExitCode exit_code() const { return exit_code_; }

 private:
  std::string next_;
  std::string cause_;
  ExitCode exit_code_;
};

// A call of the operating system failed. The next step is worked out from its code.
class SystemError : public Error {
 public:
  SystemError(std::string_view action, std::string_view object, std::error_code code);

  std::error_code code() const { return code_; }
  bool is(std::errc condition) const { return code_ == condition; }
  // No space, quota or read-only medium: nothing that another document would fare better with.
  bool is_storage_full() const;

 private:
  std::error_code code_;
};

}  // namespace sluice
