// SPDX-License-Identifier: Apache-2.0
//
// The values of abi.h in C++: texts, outcomes, the failure that a converter throws, places. Plugins
// include sluice/plugin.hpp, which has them.
#pragma once

#include <sluice/abi.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sluice {

inline std::string_view view(sluice_str s) {
  return {s.data, static_cast<std::size_t>(s.size)};
}
inline sluice_str str(std::string_view s) {
  return {s.data(), s.size()};
}
inline sluice_bytes bytes(std::string_view s) {
  return {reinterpret_cast<const std::uint8_t*>(s.data()), s.size()};
}

enum class Outcome : sluice_outcome {
  kOk = SLUICE_OUTCOME_OK,
  kEmpty = SLUICE_OUTCOME_EMPTY,
  kPartial = SLUICE_OUTCOME_PARTIAL,
  kUnsupported = SLUICE_OUTCOME_UNSUPPORTED,
  kMalformed = SLUICE_OUTCOME_MALFORMED,
  kEncrypted = SLUICE_OUTCOME_ENCRYPTED,
  kLimit = SLUICE_OUTCOME_LIMIT,
  kCancelled = SLUICE_OUTCOME_CANCELLED,
  kMissingDependency = SLUICE_OUTCOME_MISSING_DEPENDENCY,
  kIo = SLUICE_OUTCOME_IO,
  kInternal = SLUICE_OUTCOME_INTERNAL,
};

// Throw it to end a conversion with an outcome and a one-sentence reason for the user.
class Failure : public std::runtime_error {
 public:
  Failure(Outcome outcome, const std::string& reason)
      : std::runtime_error(reason), outcome_(outcome) {}
  Outcome outcome() const { return outcome_; }

 private:
  Outcome outcome_;
};

enum class Severity : std::int32_t {
  kNote = SLUICE_SEVERITY_NOTE,       // good to know; the document is whole
  kWarning = SLUICE_SEVERITY_WARNING  // something is missing, or may be wrong
};

// Where in the source: a unit in the singular and its number from 1 on, {"page", 3}.
struct Place {
  std::string_view unit;
  std::uint64_t number = 0;
};

enum class LogLevel : std::int32_t {
  kDebug = SLUICE_LOG_DEBUG,
  kInfo = SLUICE_LOG_INFO,
  kWarning = SLUICE_LOG_WARNING,
  kError = SLUICE_LOG_ERROR
};

}  // namespace sluice
