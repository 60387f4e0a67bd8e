// Runs a converter on the bytes of a fuzz input and asserts what every converter owes: it comes
// back, keeps to the ABI, never calls its own failure "internal", stops when told that its output
// is too large, and makes the same of the same bytes twice.
//
//   #include "fuzz_converter.h"
//   #include "csv/converter.hpp"
//   SLUICE_FUZZ_CONVERTER(sluice::csv::CsvConverter, "table.csv", "text/csv",
//                         {R"({"delimiter":"auto"})", R"({"delimiter":"tab"})"})
#pragma once

#include <cstdint>
#include <memory>
#include <sluice/testing.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "frame/require.h"

namespace sluice::fuzz {

inline constexpr std::uint64_t kBodyBytes = 8 << 20;
inline constexpr std::uint64_t kChildBytes = 32 << 20;  // an archive can hold any number of zeros

// FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): picks options, the same ones for the same
// bytes.
inline std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t sum = 0xcbf29ce484222325ULL;
  for (const char byte : bytes) sum = (sum ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
  return sum;
}

// What a converter is given besides the bytes; `options` holds at least one JSON object, of which
// the bytes pick one.
struct ConverterCase {
  std::string file_name;
  std::string media_type;
  std::vector<std::string> options;
};

inline std::unique_ptr<RecordingJob> run_converter(Converter& converter, const ConverterCase& with,
                                                   const std::string& options,
                                                   std::string_view source) {
  auto job = std::make_unique<RecordingJob>(std::string(source), with.file_name, with.media_type);
  job->set_options(options);
  job->add_sibling("image.png", "\x89PNG\r\n\x1a\n");
  RecordingJob::Limits limits;
  limits.body_bytes = kBodyBytes;
  limits.asset_bytes = kBodyBytes;
  limits.assets = 64;
  limits.child_bytes = kChildBytes;
  job->set_limits(limits);
  const Outcome outcome = job->run(converter);
  // A document that cannot be read to its end is dropped unfinished, by a converter that says so.
  const bool tells = outcome != Outcome::kOk;
  for (const std::string& violation : job->violations()) {
    const bool is_dropped_child = violation.find("document") != std::string::npos &&
                                  violation.find("never finished") != std::string::npos;
    require(tells && is_dropped_child, violation);
  }
  require(outcome != Outcome::kInternal, "the outcome is not internal: " + job->reason());
  require(job->body().size() <= kBodyBytes, "the body keeps to its limit");
  return job;
}

template <class MadeConverter>
int fuzz_converter(const std::uint8_t* data, std::size_t size, const ConverterCase& with) {
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  const std::uint64_t sum = checksum(source);
  const std::string& options = with.options[sum % with.options.size()];
  MadeConverter converter;
  const auto job = run_converter(converter, with, options, source);
  // A document converted alone and one after others must not differ.
  if (sum % 4 == 0) {
    const auto again = run_converter(converter, with, options, source);
    require(again->render("name") == job->render("name"), "the second run makes the same text");
    require(again->metadata() == job->metadata(), "the second run makes the same metadata");
  }
  return 0;
}

}  // namespace sluice::fuzz

// The rest of the arguments: the list of options to choose from, in braces.
#define SLUICE_FUZZ_CONVERTER(converter, file_name, media_type, ...)                    \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {   \
    static const sluice::fuzz::ConverterCase kCase{file_name, media_type, __VA_ARGS__}; \
    return sluice::fuzz::fuzz_converter<converter>(data, size, kCase);                  \
  }
