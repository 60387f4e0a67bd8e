// Where sources come from, whoever lists them: a scan, one given file, a test.
#pragma once

#include <optional>

#include "model/source.h"

namespace sluice {

// Sources in input order. Called by one lane at a time.
class SourceFeed {
 public:
  virtual ~SourceFeed() = default;
  // The next source, or nothing at the end. `sequence` is filled in by the pool.
  virtual std::optional<Source> next() = 0;
};

}  // namespace sluice
