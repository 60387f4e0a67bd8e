// A plugin's library, loaded into this process for good and checked against its manifest.
#pragma once

#include <sluice/abi.h>

#include <list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "worker/wire.h"

namespace sluice::program {

// The system cannot load the library: something that it needs is not there.
class NotLoadable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};
// The plugin's entry function gives no plugin.
class Declined : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class PluginLibrary {
 public:
  // Looks at the exports without running any of the library's code, loads it, calls its entry and
  // compares what it says with the manifest's facts. Throws NotLoadable, Declined or another
  // std::runtime_error with a reason for the user.
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
