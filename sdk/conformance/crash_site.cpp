#include "conformance/crash_site.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <ucontext.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

namespace sluice::conformance {
namespace {

constexpr int kMaxFrames = 64;

char plugin_path[PATH_MAX];

// The library that an instruction is in, or an empty path.
std::string_view library_of(const void* instruction) {
  Dl_info info{};
  if (::dladdr(instruction, &info) == 0 || info.dli_fname == nullptr) return {};
  return info.dli_fname;
}

// Called by whoever passed it a bad address, so the caller counts.
bool is_runtime(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return std::ranges::any_of(
      std::array{"libc.so", "libc-", "libm.so", "libstdc++", "libgcc_s", "ld-linux"},
      [&](const char* prefix) { return name.starts_with(prefix); });
}

bool is_plugin(std::string_view path) {
  char real[PATH_MAX];
  const std::string text(path);
  return ::realpath(text.c_str(), real) != nullptr && std::string_view(real) == plugin_path;
}

const void* faulting_instruction(const void* context) {
  const auto& registers = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return reinterpret_cast<const void*>(registers.gregs[REG_RIP]);
#elif defined(__aarch64__)
  return reinterpret_cast<const void*>(registers.pc);
#else
  (void)registers;
  return nullptr;
#endif
}

// Whether the innermost code that is not the language's runtime belongs to a library.
bool is_in_a_library(const void* instruction) {
  std::array<void*, kMaxFrames> frames;
  const int count = ::backtrace(frames.data(), kMaxFrames);
  const auto end = frames.begin() + count;
  for (auto frame = std::find(frames.begin(), end, instruction); frame != end; ++frame) {
    const std::string_view path = library_of(*frame);
    if (path.empty()) return false;
    if (!is_runtime(path)) return !is_plugin(path);
  }
  return false;
}

void on_crash(int signal, siginfo_t*, void* context) {
  if (is_in_a_library(faulting_instruction(context))) std::_Exit(0);
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

}  // namespace

void forgive_crashes_of_libraries(const std::string& path) {
  if (::realpath(path.c_str(), plugin_path) == nullptr) return;
  // The first call loads what later ones need.
  std::array<void*, 1> frame;
  (void)::backtrace(frame.data(), 1);
  struct sigaction action {};
  action.sa_sigaction = on_crash;
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_RESETHAND;
  ::sigaction(SIGSEGV, &action, nullptr);
  ::sigaction(SIGBUS, &action, nullptr);
}

}  // namespace sluice::conformance
