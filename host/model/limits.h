// What one document may use. Defaults that real documents never meet.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace sluice {

// What all documents within one source may use together, at any depth. What exceeds it is left out,
// with a warning; the rest stays.
struct TreeLimits {
  std::uint32_t depth = 8;
  std::uint32_t documents = 10'000;
  std::uint64_t bytes = 16ULL << 30;  // as large as a source may be: a mailbox is not compressed
  // Their bytes together, compared with the source's. Deflate reaches 1032; text that people keep
  // stays below 100. Below kTreeFloor nothing is compared: a small archive of zeros harms nobody.
  std::uint32_t ratio = 200;
  std::chrono::milliseconds time{3'600'000};
};
inline constexpr std::uint64_t kTreeFloor = 64ULL << 20;

struct Limits {
  std::chrono::milliseconds wall_time{300'000};
  std::chrono::seconds cpu_time{240};
  std::chrono::milliseconds load_time{10'000};  // of a plugin's library, with its test documents
  std::uint64_t memory = 2ULL << 30;            // address space of a worker, bytes
  std::uint64_t source_bytes = 16ULL << 30;     // largest source that is taken
  std::uint64_t output_bytes = 8ULL << 30;      // body, assets and sidecars together
  std::uint32_t assets = 10'000;
  // What a process may convert one after another. Above 1 they are not kept apart.
  unsigned documents_per_process = 1;
  std::uint64_t scratch_bytes = 1ULL << 30;
  // Crashes in a row, in input order, after which a converter is left out for the rest of a run; 0:
  // never. Of a converter, not of a document.
  std::uint32_t quarantine_after = 5;
  TreeLimits tree;
};

// Which of them was met. The worker says so, too: the numbers are part of its protocol.
enum class LimitKind : std::uint8_t {
  kNone,
  kOutput,
  kAssets,
  kDetails,  // metadata, links, sidecars: what fits into a result, which cannot be configured
  kScratch,
  kWallTime,
  kCpuTime,
  kMemory,
  kTree,  // the documents within it
};

// Converters that have limits of their own, each complete, by id.
using ConverterLimits = std::map<std::string, Limits, std::less<>>;

}  // namespace sluice
