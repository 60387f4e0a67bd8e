// Brings a bundle that travelled into a batch's staging, as if a lane had just prepared it there:
// every byte is copied and hashed again, and all that the bundle says is held against what it
// holds.
#pragma once

#include <cstdint>

#include "platform/sha256.h"
#include "prepare/context.h"
#include "travel/bundle_files.h"

namespace sluice::travel {

struct StagingPlace {
  StagingProvider& staging;
  std::uint64_t sequence = 0;
  unsigned attempt = 0;
};

// Checks `facts` (facts_check.h) and the files, and copies these. The bundle then has what an owner
// may believe: its source is elsewhere, its identity says nothing, and a failure is to be tried
// again. Throws Refused, and SystemError where staging cannot take it; what was copied by then goes
// with the batch.
Bundle unpack(platform::Files& files, BundleFiles& from, Facts facts,
              const prepare::PrepareSettings& settings, const StagingPlace& place);

// Whether the files of a bundle are still those that its facts name. Copies nothing.
bool is_intact(platform::Files& files, BundleFiles& from, const Facts& facts);

}  // namespace sluice::travel
