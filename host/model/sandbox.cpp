#include "model/sandbox.h"

namespace sluice {

std::string_view word(SandboxLevel level) {
  switch (level) {
    case SandboxLevel::kOff:
      return "off";
    case SandboxLevel::kBestEffort:
      return "best-effort";
    case SandboxLevel::kRequired:
      return "required";
  }
  return {};
}

std::optional<SandboxLevel> sandbox_level_from_word(std::string_view text) {
  for (const SandboxLevel level :
       {SandboxLevel::kOff, SandboxLevel::kBestEffort, SandboxLevel::kRequired}) {
    if (text == word(level)) return level;
  }
  return std::nullopt;
}

std::string_view SandboxLayers::state() const {
  if (is_full()) return "full";
  return landlock_abi > 0 || system_calls ? "reduced" : "off";
}

std::string SandboxLayers::what_is_missing() const {
  if (is_full()) return {};
  if (!wanted) return "it is switched off, so a converter may do all that you may";
  std::string out;
  if (landlock_abi == 0) {
    out = "Landlock is missing (" + landlock_why + "), so a converter may read your files";
  }
  if (!system_calls) {
    out += out.empty() ? "" : "; ";
    out += "the filter on system calls is missing (" + system_calls_why +
           "), so a converter may change modes and times of files, and reach the network by UDP "
           "and Unix sockets";
  }
  return out;
}

}  // namespace sluice
