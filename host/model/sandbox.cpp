#include "model/sandbox.h"

#include <algorithm>
#include <vector>

namespace sluice {
namespace {

std::string joined(const std::vector<std::string>& parts, const char* between, const char* last) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? last : between;
    out += parts[i];
  }
  return out;
}

}  // namespace

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

bool SandboxLayers::is_full() const {
  const std::vector<PromiseState> states = promises_of(*this);
  return std::all_of(states.begin(), states.end(),
                     [](const PromiseState& state) { return state.kept; });
}

std::string_view SandboxLayers::state() const {
  if (is_full()) return "full";
  return wanted && (landlock_abi > 0 || system_calls) ? "reduced" : "off";
}

std::string SandboxLayers::what_is_missing() const {
  if (is_full()) return {};
  if (!wanted) return "it is switched off, so a converter may do all that you may";
  std::vector<std::string> causes;
  if (landlock_abi == 0) causes.push_back("Landlock is missing (" + landlock_why + ")");
  if (!system_calls) {
    causes.push_back("the filter on system calls is missing (" + system_calls_why + ")");
  }
  for (const auto& [promise, call] : filter_gaps) {
    causes.push_back("the filter on system calls lets " + call + " through");
  }
  for (const auto& [promise, what] : broken) {
    causes.push_back("a worker of this build was able " + what);
  }
  if (documents_per_process > 1) {
    causes.push_back("[sandbox] documents_per_process is " + std::to_string(documents_per_process));
  }
  std::vector<std::string> effects;
  for (const PromiseState& state : promises_of(*this)) {
    if (!state.kept) effects.emplace_back(state.rule->broken);
  }
  return joined(causes, "; ", "; ") + ", so a converter may " + joined(effects, ", ", " and ");
}

}  // namespace sluice
