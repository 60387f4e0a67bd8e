// The filter that workers load keeps what the table of promises leaves to it; and a filter that
// lets one call more through is noticed.
#include "worker/filter_audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>

#include <cstddef>

#include "worker/syscall_filter.h"
#include "worker/wire.h"

namespace sluice::worker {
namespace {

std::string bytes_of(const sock_filter& one) {
  return {reinterpret_cast<const char*>(&one), sizeof one};
}

// The filter, but for one call that it lets through: three instructions before all others.
std::string with_gap(std::string_view filter, unsigned call) {
  return bytes_of(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))) +
         bytes_of(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1)) +
         bytes_of(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)) + std::string(filter);
}

TEST(FilterAuditTest, TheFiltersHaveNoGap) {
  EXPECT_THAT(filter_gaps(syscall_filter({.threads = false})), ::testing::IsEmpty());
  EXPECT_THAT(filter_gaps(syscall_filter({.threads = true})), ::testing::IsEmpty());
}

TEST(FilterAuditTest, TheFiltersOfFetchingHaveNoGap) {
  for (const SandboxRole role : {SandboxRole::kFetching, SandboxRole::kResolving}) {
    const std::string_view filter = syscall_filter({.threads = false, .role = role});
    EXPECT_THAT(filter_gaps(filter, role), ::testing::IsEmpty());
    // What one role may do is no promise kept to another.
    EXPECT_TRUE(filter_gaps(filter).contains(Promise::kNetwork));
  }
  const std::string_view fetching =
      syscall_filter({.threads = false, .role = SandboxRole::kFetching});
  for (const unsigned call : {SYS_connect, SYS_socket, SYS_bind, SYS_listen, SYS_sendto}) {
    const auto gaps = filter_gaps(with_gap(fetching, call), SandboxRole::kFetching);
    EXPECT_TRUE(gaps.contains(Promise::kNetwork)) << call;
  }
}

TEST(FilterAuditTest, EachCallThatIsLetThroughIsNoticed) {
  const std::pair<unsigned, Promise> kGaps[] = {
      {SYS_fchmod, Promise::kAttributes},      {SYS_flock, Promise::kAttributes},
      {SYS_truncate, Promise::kTruncating},    {SYS_mkdirat, Promise::kMaking},
      {SYS_renameat2, Promise::kRenaming},     {SYS_pidfd_send_signal, Promise::kSignals},
      {SYS_execve, Promise::kProcesses},       {SYS_setsid, Promise::kProcesses},
      {SYS_ptrace, Promise::kReaching},        {SYS_connect, Promise::kNetwork},
      {SYS_memfd_create, Promise::kDocuments}, {SYS_io_uring_setup, Promise::kNetwork},
      {SYS_openat, Promise::kChanging},        {SYS_setrlimit, Promise::kLimits}};
  for (const auto& [call, promise] : kGaps) {
    const auto gaps = filter_gaps(with_gap(syscall_filter({}), call));
    EXPECT_TRUE(gaps.contains(promise)) << call;
  }
}

TEST(FilterAuditTest, TrapsDenyAllThatKillingDenies) {
  for (const bool threads : {false, true}) {
    const std::string_view kills = syscall_filter({.threads = threads});
    const std::string traps = with_traps(kills);
    EXPECT_THAT(filter_gaps(traps), ::testing::IsEmpty());
    ASSERT_EQ(traps.size(), kills.size());
    std::size_t changed = 0;
    for (std::size_t at = 0; at < traps.size(); at += sizeof(sock_filter)) {
      const std::string_view one = std::string_view(traps).substr(at, sizeof(sock_filter));
      if (one == kills.substr(at, sizeof(sock_filter))) continue;
      EXPECT_EQ(one, bytes_of(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP)));
      ++changed;
    }
    EXPECT_GT(changed, 0U);
  }
}

TEST(FilterAuditTest, SystemCallsHaveNames) {
  EXPECT_EQ(system_call_name(SYS_connect), "connect");
  EXPECT_EQ(system_call_name(SYS_io_uring_setup), "io_uring_setup");
  EXPECT_EQ(system_call_name(SYS_read), "read");
  EXPECT_EQ(system_call_name(4000), "system call 4000");
  EXPECT_EQ(system_call_name(wire::kForeignCall), "a system call of another architecture");
}

TEST(FilterAuditTest, NoFilterKeepsNothing) {
  std::size_t by_filter = 0;
  for (const PromiseRule& rule : promise_rules()) by_filter += rule.filter ? 1 : 0;
  EXPECT_EQ(filter_gaps("").size(), by_filter);
}

}  // namespace
}  // namespace sluice::worker
