// What the sandbox promises, each promise once, with who keeps it: the one table from which
// `doctor`, the level "required", `run_start` and every warning are computed. One mechanism is
// enough to keep a promise. If none of its mechanisms is there, the promise is broken and a warning
// names it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sluice {

struct SandboxLayers;

// What a confined process is there for.
enum class SandboxRole : std::uint8_t {
  kConverting,
  kFetching,   // speaks HTTP with one server (host/fetch)
  kResolving,  // asks name servers for an address
};

enum class Promise : std::uint8_t {
  kReading,     // of files
  kMaking,      // of files, folders, links, devices
  kChanging,    // of a file's bytes
  kTruncating,  // by path, which some kernels do not count as changing
  kRenaming,    // and removing, and linking
  kAttributes,  // mode, owner, times, locks
  kSignals,
  kProcesses,  // programs, processes that stay
  kReaching,   // into other processes: tracing, reading memory, setting limits
  kNetwork,
  kDocuments,  // one document of another
  kLimits,     // while a library loads, too
};

enum class Enforcer : std::uint8_t {
  kLandlock,
  kFilter,  // on system calls
  kHost,    // what the host hands out, and whom it ends
};
std::string_view word(Enforcer enforcer);

inline constexpr std::uint32_t kNever = ~0U;  // no version of Landlock

struct PromiseRule {
  Promise promise;
  std::string_view name;                 // for scripts
  std::string_view text;                 // "no file ... can be ..."
  std::string_view broken;               // what the process may do where nobody keeps it
  std::uint32_t landlock_from = kNever;  // the first version that keeps it
  bool filter = false;                   // the filter keeps it
  bool host = false;                     // the host does its part, which is not enough alone
};
std::span<const PromiseRule> promise_rules(SandboxRole role = SandboxRole::kConverting);

struct PromiseState {
  const PromiseRule* rule = nullptr;
  bool kept = false;
  std::vector<Enforcer> by;  // each that is there, empty if it is not kept
};
// In the order of the table.
std::vector<PromiseState> promises_of(const SandboxLayers& layers);

}  // namespace sluice
