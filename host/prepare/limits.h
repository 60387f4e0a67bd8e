// What one document may use. Defaults that real documents never meet.
#pragma once

#include <chrono>
#include <cstdint>

namespace sluice::prepare {

struct Limits {
  std::chrono::milliseconds wall_time{300'000};
  std::chrono::seconds cpu_time{240};
  std::uint64_t memory = 2ULL << 30;         // address space of a worker, bytes
  std::uint64_t source_bytes = 16ULL << 30;  // largest source that is taken
  std::uint64_t output_bytes = 8ULL << 30;   // body, assets and sidecars together
  std::uint32_t assets = 10'000;
  std::uint64_t scratch_bytes = 1ULL << 30;
};

}  // namespace sluice::prepare
