// A plugin's library, loaded into this process for good and checked against its manifest.
#pragma once

#include <sluice/abi.h>

#include <list>
#include <string>
#include <string_view>
#include <vector>

#include "worker/wire.h"

namespace sluice::program {

class PluginLibrary {
 public:
  // Looks at the exports without running any of the library's code, loads it, calls its entry and
  // compares what it says with the manifest's facts. Throws std::runtime_error with a reason for
  // the user.
  static PluginLibrary load(const wire::Load& facts);

  // The converter of that id, or nullptr.
  const sluice_converter* find(std::string_view id) const;

 private:
  struct Entry {
    std::string id;
    sluice_converter table;
  };
  void take_canary(sluice_converter& table);

  std::vector<Entry> converters_;
  std::list<sluice_canary> canaries_;  // the tables point into it
};

}  // namespace sluice::program
