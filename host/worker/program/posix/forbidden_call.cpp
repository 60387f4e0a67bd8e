#include "worker/program/posix/forbidden_call.h"

#include <linux/audit.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>

#include "worker/wire.h"

namespace sluice::program {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kArchitecture = 0;  // not compared
#endif

volatile sig_atomic_t where_to = -1;

// Not sent by the library itself.
bool is_of_filter(const siginfo_t& info) {
  constexpr int kBySeccomp = 1;  // SYS_SECCOMP, which not every C library names
  return info.si_code == kBySeccomp;
}

std::uint32_t number_of(const siginfo_t& info) {
  const bool is_foreign = kArchitecture != 0 && info.si_arch != kArchitecture;
  return is_foreign ? wire::kForeignCall : static_cast<std::uint32_t>(info.si_syscall);
}

// Little-endian, as wire::ByteWriter writes it, but without memory: this is a signal handler.
template <std::size_t Size>
void put(std::array<unsigned char, Size>& bytes, std::size_t at, std::uint64_t value) {
  for (; at < Size; ++at, value >>= 8) bytes[at] = static_cast<unsigned char>(value);
}

extern "C" void report_to_host(int /*signal*/, siginfo_t* info, void* /*context*/) {
  if (!is_of_filter(*info)) ::_exit(wire::kExitForbidden);
  std::array<unsigned char, 5> message{static_cast<unsigned char>(wire::Kind::kForbidden)};
  put(message, 1, number_of(*info));
  iovec part{message.data(), message.size()};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  (void)!::sendmsg(where_to, &header, MSG_NOSIGNAL);
  ::_exit(wire::kExitForbidden);
}

extern "C" void note_in_memory_file(int /*signal*/, siginfo_t* info, void* /*context*/) {
  if (!is_of_filter(*info)) ::_exit(wire::kExitForbidden);
  std::array<unsigned char, 8> word{};
  put(word, 0, std::uint64_t{number_of(*info)} + 1);
  (void)!::pwrite(where_to, word.data(), word.size(), wire::kResultsAt + wire::kForbiddenAt);
  ::_exit(wire::kExitForbidden);
}

void trap(int descriptor, void (*with)(int, siginfo_t*, void*)) {
  where_to = descriptor;
  struct sigaction action {};
  action.sa_sigaction = with;
  action.sa_flags = SA_SIGINFO;
  ::sigaction(SIGSYS, &action, nullptr);
}

}  // namespace

void report_forbidden_calls(int channel) {
  trap(channel, report_to_host);
}

void note_forbidden_calls(int memory_file) {
  trap(memory_file, note_in_memory_file);
}

}  // namespace sluice::program
