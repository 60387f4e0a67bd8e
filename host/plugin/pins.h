// The lock file of plugins: those that the user has looked at, each with the hash of its manifest,
// which in turn has the hashes of all its files.
#pragma once

#include <string>
#include <vector>

#include "plugin/manifest.h"

namespace sluice::plugin {

struct Pin {
  std::string id;
  std::string version;
  platform::Sha256Digest manifest{};
};
using Pins = std::vector<Pin>;

// Reads the text of a lock file, whose name is for messages. Throws Error (kUsage).
Pins parse_pins(const std::string& text, const std::string& file);
std::string pins_text(const Pins& pins);

Pin pin_of(const Manifest& plugin);
bool is_pinned(const Pins& pins, const Manifest& plugin);
// Throws Untrusted if the plugin is not pinned as it is.
void need_pinned(const Pins& pins, const Manifest& plugin);

}  // namespace sluice::plugin
