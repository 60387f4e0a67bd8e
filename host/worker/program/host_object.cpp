#include "worker/program/host_object.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "model/utf8.h"
#include "worker/program/abi_text.h"
#include "worker/program/job.h"
#include "worker/wire.h"

namespace sluice::program {
namespace {

struct State {
  std::string plugin;
  std::string refusal;
};

// In main()'s process for good: a plugin's threads may log while it ends.
State& state() {
  static State* const kState = new State;
  return *kState;
}

void refuse(const sluice_host* /*host*/, sluice_str reason) noexcept {
  try {
    state().refusal = mended_utf8(view(reason).substr(0, wire::kMaxReason));
  } catch (...) {
    state().refusal.clear();
  }
}

const char* word_of(std::int32_t level) {
  switch (level) {
    case SLUICE_LOG_DEBUG:
      return "debug";
    case SLUICE_LOG_INFO:
      return "info";
    case SLUICE_LOG_ERROR:
      return "error";
    default:
      return "warning";
  }
}

// One write a line, so that lines of several workers do not mix.
void log(const sluice_host* /*host*/, std::int32_t level, sluice_str text) noexcept {
  try {
    std::string line = "plugin " + state().plugin + ": " + word_of(level) + ": ";
    line += mended_utf8(view(text).substr(0, wire::kMaxReason));
    std::replace_if(
        line.begin(), line.end(),
        [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; },
        ' ');
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fflush(stderr);
  } catch (...) {
    std::fputs("a plugin's message was lost\n", stderr);
  }
}

const void* get_extension(const sluice_host* /*host*/, sluice_str id,
                          std::uint32_t revision) noexcept {
  return Job::extension(view(id), revision);
}

}  // namespace

const std::string& refusal_of_plugin() {
  return state().refusal;
}

const sluice_host& host_object(const std::string& plugin) {
  static sluice_host host;
  state().plugin = plugin;
  host.size = sizeof host;
  host.abi_major = SLUICE_ABI_MAJOR;
  host.abi_minor = SLUICE_ABI_MINOR;
  host.version = {SLUICE_VERSION, std::strlen(SLUICE_VERSION)};
  host.refuse = refuse;
  host.log = log;
  host.get_extension = get_extension;
  return host;
}

}  // namespace sluice::program
