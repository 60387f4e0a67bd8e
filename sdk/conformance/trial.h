// One conversion of one sample in this process, under the conditions that a test sets, and all that
// came of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <sluice/testing.hpp>
#include <string>
#include <vector>

#include "conformance/library.h"

namespace sluice::conformance {

enum class Cancel {
  kNever,
  kFromStart,
  kMidway,  // some time after prepare began
};

struct Conditions {
  std::string options;  // JSON; empty: the defaults
  std::optional<std::uint64_t> body_limit;
  Tables tables = Tables::kPlain;
  bool guard_probe = false;   // no byte behind what probe may look at, and none to be changed
  bool guard_source = false;  // the same for the mapped source
  bool unmappable = false;    // source_map is refused
  Cancel cancel = Cancel::kNever;
  unsigned fail_call = 0;  // the call that is refused with IO, from 1 on; 0: none
};

// A call that was refused.
struct Refusal {
  std::string call;
  sluice_status status = SLUICE_STATUS_OK;
  std::string why;
};

struct Trial {
  Outcome outcome = Outcome::kInternal;  // as the host sees it
  sluice_outcome returned = 0;           // as prepare said it
  bool prepared = false;                 // probe said yes
  bool thrown = false;                   // an exception left probe or prepare
  std::string reason;
  std::string body;
  std::string everything;  // all that came out, for comparing two trials
  std::vector<Refusal> refused;
  std::vector<std::string> asset_names;  // as suggested
  std::vector<std::string> warning_faults;
  std::uint64_t calls = 0;  // calls that can fail
  std::uint64_t writes_after_refusal = 0;
  std::uint64_t unfinished_assets = 0;
  std::uint64_t broken_characters = 0;
  std::uint64_t warnings = 0;
  std::uint64_t metadata_warnings = 0;  // of the C++ layer, about values of wrong form
  double after_cancel = 0;              // seconds of work between the wish to stop and the return
  bool made_output() const { return outcome == Outcome::kOk || outcome == Outcome::kPartial; }
};

// Runs probe and prepare as the host does.
Trial convert(const Subject& subject, const Library& library, const Sample& sample,
              const Conditions& conditions = {});

// The word that users see: "ok", "malformed".
const char* outcome_name(Outcome outcome);

}  // namespace sluice::conformance
