#include "worker/program/posix/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sluice::program {
namespace {

// Declared here, since the headers of Debian 12 end with version 2.
constexpr std::uint64_t kRefer = 1ULL << 13;           // version 2
constexpr std::uint64_t kTruncate = 1ULL << 14;        // version 3
constexpr std::uint64_t kIoctlDevice = 1ULL << 15;     // version 5
constexpr std::uint64_t kBindTcp = 1ULL << 0;          // version 4
constexpr std::uint64_t kConnectTcp = 1ULL << 1;       // version 4
constexpr std::uint64_t kAbstractSockets = 1ULL << 0;  // version 6
constexpr std::uint64_t kSignals = 1ULL << 1;          // version 6
constexpr std::uint64_t kFilesOfVersion1 = (1ULL << 13) - 1;

constexpr std::uint64_t kReadFile = LANDLOCK_ACCESS_FS_READ_FILE;
constexpr std::uint64_t kRead = kReadFile | LANDLOCK_ACCESS_FS_READ_DIR;

struct RulesetAttributes {
  std::uint64_t files;
  std::uint64_t network;
  std::uint64_t scopes;
};

constexpr int kNetworkRule = 2;  // LANDLOCK_RULE_NET_PORT, version 4
struct NetworkRule {
  std::uint64_t rights;
  std::uint64_t port;
};

bool allow(int ruleset, int file, std::uint64_t rights) {
  landlock_path_beneath_attr rule{};
  rule.allowed_access = rights;
  rule.parent_fd = file;
  return ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

bool allow_connecting(int ruleset, std::uint16_t port) {
  const NetworkRule rule{kConnectTcp, port};
  return ::syscall(SYS_landlock_add_rule, ruleset, kNetworkRule, &rule, 0) == 0;
}

// True also where there is no such file.
bool allow_reading(int ruleset, const std::string& path) {
  const platform::OsHandle file(::open(path.c_str(), O_PATH | O_CLOEXEC));
  if (!file) return true;
  const int number = static_cast<int>(file.value());
  struct stat status {};
  if (::fstat(number, &status) != 0) return true;
  return allow(ruleset, number, S_ISDIR(status.st_mode) ? kRead : kReadFile);
}

}  // namespace

std::uint32_t landlock_abi(std::string& why_not) {
  const long version =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version > 0) return static_cast<std::uint32_t>(version);
  switch (errno) {
    case ENOSYS:
      why_not = "this kernel does not have it";
      break;
    case EOPNOTSUPP:
      why_not = "it was switched off when the system started";
      break;
    default:
      why_not = std::strerror(errno);
      break;
  }
  return 0;
}

LandlockRights landlock_rights(std::uint32_t abi) {
  LandlockRights rights;
  if (abi >= 1) rights.files = kFilesOfVersion1;
  if (abi >= 2) rights.files |= kRefer;
  if (abi >= 3) rights.files |= kTruncate;
  if (abi >= 4) rights.network = kBindTcp | kConnectTcp;
  if (abi >= 5) rights.files |= kIoctlDevice;
  if (abi >= 6) rights.scopes = kAbstractSockets | kSignals;
  return rights;
}

bool restrict_files(std::uint32_t abi, std::span<const std::string> readable,
                    std::uint16_t tcp_port) {
  const LandlockRights rights = landlock_rights(abi);
  const RulesetAttributes attributes{rights.files, rights.network, rights.scopes};
  const platform::OsHandle made(
      ::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0));
  if (!made) return false;
  const int ruleset = static_cast<int>(made.value());
  for (const std::string& path : readable) {
    if (!allow_reading(ruleset, path)) return false;
  }
  if (tcp_port != 0 && rights.network != 0 && !allow_connecting(ruleset, tcp_port)) return false;
  return ::syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
}

}  // namespace sluice::program
