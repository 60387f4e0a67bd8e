// How fast a run was.
#pragma once

#include "owner/registry_rows.h"

namespace sluice::cli {

inline double per_second(std::int64_t count, std::int64_t milliseconds) {
  return milliseconds > 0 ? static_cast<double>(count) * 1000 / static_cast<double>(milliseconds)
                          : 0;
}

// Of what it worked on; what it found unchanged costs next to nothing, and says nothing.
inline double documents_per_second(const owner::RunRow& run) {
  return per_second(run.added + run.updated + run.duplicate + run.failed_new, run.milliseconds);
}

inline double bytes_per_second(const owner::RunRow& run) {
  return per_second(run.bytes, run.milliseconds);
}

}  // namespace sluice::cli
