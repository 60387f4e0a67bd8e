#include "model/promises.h"

#include <algorithm>
#include <array>

#include "model/sandbox.h"

namespace sluice {
namespace {

// Which version of Landlock has which right: Documentation/userspace-api/landlock.rst, "Previous
// limitations".
constexpr std::array kRules = {
    PromiseRule{.promise = Promise::kReading,
                .name = "reading",
                .text = "no file can be read but the document and the system's tables and fonts",
                .broken = "read your files",
                .landlock_from = 1},
    PromiseRule{.promise = Promise::kMaking,
                .name = "making",
                .text = "no file, folder, link or device can be made",
                .broken = "make files",
                .landlock_from = 1,
                .filter = true},
    PromiseRule{.promise = Promise::kChanging,
                .name = "changing",
                .text = "no file can be written to",
                .broken = "overwrite your files",
                .landlock_from = 1,
                .filter = true},
    PromiseRule{.promise = Promise::kTruncating,
                .name = "truncating",
                .text = "no file can be cut off or emptied",
                .broken = "empty your files",
                .landlock_from = 3,
                .filter = true},
    PromiseRule{.promise = Promise::kRenaming,
                .name = "renaming",
                .text = "no file can be renamed, linked or removed",
                .broken = "rename and remove files",
                .landlock_from = 1,
                .filter = true},
    PromiseRule{.promise = Promise::kAttributes,
                .name = "attributes",
                .text = "no mode, owner, time or lock of a file can be changed",
                .broken = "change modes and times of files",
                .filter = true},
    PromiseRule{.promise = Promise::kSignals,
                .name = "signals",
                .text = "no other process can be signalled",
                .broken = "signal your processes",
                .landlock_from = 6,
                .filter = true},
    PromiseRule{.promise = Promise::kProcesses,
                .name = "processes",
                .text = "no program can be started, and no process stays when the worker ends",
                .broken = "start programs and leave processes behind",
                .filter = true,
                .host = true},
    PromiseRule{.promise = Promise::kReaching,
                .name = "reaching",
                .text = "no other process can be traced, read or limited",
                .broken = "reach into your processes",
                .filter = true},
    PromiseRule{.promise = Promise::kNetwork,
                .name = "network",
                .text = "nothing can be sent or received",
                .broken = "reach the network by UDP and Unix sockets",
                .filter = true},
    PromiseRule{.promise = Promise::kDocuments,
                .name = "documents",
                .text = "no document can see or forge another",
                .broken = "see and forge the other documents of its process",
                .filter = true,
                .host = true},
    PromiseRule{
        .promise = Promise::kLimits,
        .name = "limits",
        .text = "memory, time and output are limited, from a library's first instruction on",
        .broken = "use more than its limits",
        .filter = true,
        .host = true},
};

// The same for the other roles, but for what they are there for.
constexpr auto kFetchingRules = [] {
  auto rules = kRules;
  for (PromiseRule& rule : rules) {
    if (rule.promise == Promise::kReading) {
      rule.text = "no file can be read";
    } else if (rule.promise == Promise::kNetwork) {
      rule.text = "nothing can be reached but the server that the host has checked and connected";
      rule.broken = "reach other servers";
    } else if (rule.promise == Promise::kDocuments) {
      rule.text = "no request can see or forge another";
      rule.broken = "see and forge other requests";
    } else if (rule.promise == Promise::kLimits) {
      rule.text = "memory, time and what is received are limited";
    }
  }
  return rules;
}();

constexpr auto kResolvingRules = [] {
  auto rules = kFetchingRules;
  for (PromiseRule& rule : rules) {
    if (rule.promise == Promise::kReading) {
      rule.text = "no file can be read but libraries and those that name the name servers";
    } else if (rule.promise == Promise::kNetwork) {
      rule.text = "nothing can be listened to, and TCP reaches the port of name servers alone";
      rule.broken = "reach all servers by TCP";
      rule.landlock_from = 4;
      rule.filter = false;
    }
  }
  return rules;
}();

}  // namespace

std::string_view word(Enforcer enforcer) {
  switch (enforcer) {
    case Enforcer::kLandlock:
      return "landlock";
    case Enforcer::kFilter:
      return "system-calls";
    case Enforcer::kHost:
      return "host";
  }
  return {};
}

std::span<const PromiseRule> promise_rules(SandboxRole role) {
  switch (role) {
    case SandboxRole::kFetching:
      return kFetchingRules;
    case SandboxRole::kResolving:
      return kResolvingRules;
    case SandboxRole::kConverting:
      break;
  }
  return kRules;
}

std::vector<PromiseState> promises_of(const SandboxLayers& layers) {
  std::vector<PromiseState> states;
  for (const PromiseRule& rule : promise_rules(layers.role)) {
    PromiseState state{&rule, false, {}};
    if (layers.landlock_abi >= rule.landlock_from) state.by.push_back(Enforcer::kLandlock);
    // Where Landlock keeps signals in, a worker's own filter leaves that to it, so that a run can
    // still signal itself.
    const bool is_left = rule.promise == Promise::kSignals && !state.by.empty();
    if (rule.filter && !is_left && layers.filter_keeps(rule.promise)) {
      state.by.push_back(Enforcer::kFilter);
    }
    state.kept = !state.by.empty();
    if (rule.promise == Promise::kDocuments && layers.documents_per_process > 1) {
      state.kept = false;
    }
    if (!layers.wanted || layers.broken.contains(rule.promise)) state.kept = false;
    if (!state.kept) state.by.clear();
    if (state.kept && rule.host) state.by.push_back(Enforcer::kHost);
    states.push_back(std::move(state));
  }
  return states;
}

}  // namespace sluice
