// The allocations of the plugin under test: the tool's malloc counts them, and lets one fail.
#pragma once

#include <cstdint>

namespace sluice::conformance {

// Whether this build can do that; not under a sanitizer, which brings a malloc of its own.
bool counts_allocations();

// Allocations since the last reset, those inside calls of the host left out.
std::uint64_t allocations();
// Counts from 0 again. The allocation `fail_at` (from 1 on; 0: none) answers that there is no
// memory.
void reset_allocations(std::uint64_t fail_at);
// Bytes that are allocated now.
std::uint64_t allocated_bytes();

// For as long as it lives, what is allocated is the host's.
class HostCall {
 public:
  HostCall();
  ~HostCall();
  HostCall(const HostCall&) = delete;
  HostCall& operator=(const HostCall&) = delete;
};

}  // namespace sluice::conformance
