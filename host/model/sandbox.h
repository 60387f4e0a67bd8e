// The sandbox of a worker, as values: what is asked for, and what a worker really got.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "model/promises.h"

namespace sluice {

// Stronger ones compare as greater.
enum class SandboxLevel {
  kOff,         // limits on resources only
  kBestEffort,  // what the system offers
  kRequired,    // all of it, or no document is touched
};
std::string_view word(SandboxLevel level);
std::optional<SandboxLevel> sandbox_level_from_word(std::string_view word);

// The layers that hold a worker, as it found them when it put them on, and what else decides which
// promises are kept (model/promises.h).
struct SandboxLayers {
  bool wanted = false;             // the level is not kOff
  std::uint32_t landlock_abi = 0;  // 0: the layer is missing
  std::string landlock_why;        // why it is missing
  bool system_calls = false;       // the filters on system calls
  std::string system_calls_why;
  // What a worker could do, when it tried, although a layer was there that should have stopped it.
  std::map<Promise, std::string> broken;
  bool sanitized = false;  // built with a sanitizer: memory is not limited, threads are allowed
  // The host's: of the settings, and system calls that its filter lets through although they break
  // a promise (there are none, unless somebody changed the filter).
  SandboxRole role = SandboxRole::kConverting;
  unsigned documents_per_process = 1;
  std::map<Promise, std::string> filter_gaps;

  bool filter_keeps(Promise promise) const {
    return system_calls && !filter_gaps.contains(promise);
  }
  // Every promise is kept.
  bool is_full() const;
  // "full", "reduced" or "off": for scripts.
  std::string_view state() const;
  // What is missing and what that lets a converter do, for people; empty if nothing is.
  std::string what_is_missing() const;
};

}  // namespace sluice
