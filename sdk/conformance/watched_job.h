// A job that stands between a converter and a recording job: it notes what is called and refused,
// and does what a test's conditions ask for.
#pragma once

#include <sluice/abi.h>

#include <memory>

#include "conformance/guarded.h"
#include "conformance/stop_watch.h"
#include "conformance/trial.h"

namespace sluice::conformance {

class WatchedJob {
 public:
  WatchedJob(sluice_job* original, const Conditions& conditions, StopWatch& stop, Trial& trial);
  sluice_job* table() { return table_; }

  // For the calls: the next call that can fail; what it must answer, or OK to go on.
  sluice_status admit(const char* call);
  sluice_status admit_output(const char* call);
  // Notes a refusal of the original and passes it on.
  sluice_status seen(const char* call, sluice_status status);
  static WatchedJob& of(sluice_job* job);

  sluice_job* original;
  StopWatch& stop;
  Trial& trial;
  const Conditions& conditions;
  std::unique_ptr<Guarded> source;

 private:
  bool output_refused_ = false;
  std::unique_ptr<Guarded> room_;
  sluice_job* table_ = nullptr;
};

}  // namespace sluice::conformance
