// Where the bundles of a run come from, in input order: lanes that prepare sources, or bundles that
// were prepared elsewhere. The owner takes both in the same way.
#pragma once

#include <cstdint>
#include <vector>

#include "model/bundle.h"

namespace sluice {

class BundleFeed {
 public:
  virtual ~BundleFeed() = default;
  // The next bundles, at least one, up to the bounds. Empty: there are no more, or it was
  // cancelled.
  virtual std::vector<Bundle> take(std::size_t max_documents, std::uint64_t max_bytes) = 0;
  // The bundle of that source once more, on the calling thread; `attempt` counts from 1.
  virtual Bundle prepare_again(const Source& source, unsigned attempt) = 0;
  // Nothing new; take() then returns what is complete. Any thread.
  virtual void cancel() = 0;
};

}  // namespace sluice
