// Which converters are not used for the rest of a run, because they crashed several times in a row.
// This is decided over bundles in input order, and only for the documents behind the last crash. So
// the result is the same for any number of lanes, whichever is faster. Lanes may ask at any time,
// from any thread; one thread records.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "model/bundle.h"
#include "model/limits.h"

namespace sluice::prepare {

class Quarantine {
 public:
  // `crashes_of` says how many crashes in a row a converter may have; 0: as many as it likes.
  explicit Quarantine(std::function<std::uint32_t(const std::string& converter)> crashes_of)
      : crashes_of_(std::move(crashes_of)) {}

  // Why a document may not have the converter, by the document's number in the input, as the turn
  // that it loses; nothing if it may.
  std::optional<Attempt> lost_turn(std::string_view converter, std::uint64_t sequence) const;

  // Whether the bundle was made with a converter that it may not have: made too early, by a lane
  // that could not know yet. It must be made again.
  bool is_stale(const Bundle& bundle) const;

  // Counts what the bundle's converters did. Gives the one that tips the scales a warning that says
  // so. REQUIRES: the bundles before it in the input are noted, and it is not stale.
  void note(Bundle& bundle);

  // How a user gets a converter back.
  static std::string hint(std::string_view converter);

 private:
  struct State {
    std::uint32_t crashes = 0;            // in a row
    bool violated = false;                // one of them was a sandbox violation
    std::optional<std::uint64_t> behind;  // left out for the documents behind this one
  };

  const std::function<std::uint32_t(const std::string&)> crashes_of_;
  mutable std::mutex mutex_;
  std::map<std::string, State, std::less<>> states_;  // of converters that crashed
  std::atomic<bool> any_{false};                      // is left out
};

}  // namespace sluice::prepare
