// When a converter is asked to stop, and how much work it does after that.
#pragma once

#include "conformance/trial.h"

namespace sluice::conformance {

class StopWatch {
 public:
  explicit StopWatch(Cancel cancel);
  ~StopWatch();
  StopWatch(const StopWatch&) = delete;
  StopWatch& operator=(const StopWatch&) = delete;

  bool asked() const;
  // Seconds of work since it was asked to; 0 if it was not. Processor time, so that a busy machine
  // does not count, but waiting counts beyond what a busy machine explains.
  double worked_since() const;
};

}  // namespace sluice::conformance
