// What a process that fetches can do once it is taken over: every attack, in both of its roles,
// once in the sandbox and once without it. There it is refused, or ends the process as a violation;
// here it is seen to succeed, so that the test can fail.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <set>

#include "fetch/process.h"
#include "kit/files.h"
#include "kit/paths.h"
#include "kit/temp_dir.h"
#include "sandbox/fetcher/attacks.h"

namespace sluice::test {
namespace {

using std::chrono::seconds;

enum class In {
  kDenied,     // refused; the process goes on
  kViolation,  // the process is killed
  kAllowed,    // part of its role
};
enum class Without { kSucceeds, kMayFail };  // for reasons of the system: a kernel, a container

struct Case {
  const char* attack;
  In fetching;
  In resolving;
  Without without = Without::kSucceeds;
};

const Case kCases[] = {
    {"read-secret", In::kDenied, In::kDenied},
    {"read-passwd", In::kDenied, In::kDenied},
    {"read-memory-of-host", In::kDenied, In::kDenied, Without::kMayFail},
    {"list-root", In::kDenied, In::kDenied},
    {"list-folder", In::kDenied, In::kDenied},
    {"write", In::kDenied, In::kDenied},
    {"truncate", In::kDenied, In::kDenied},
    {"create", In::kDenied, In::kDenied},
    {"make-folder", In::kDenied, In::kDenied},
    {"symlink", In::kDenied, In::kDenied},
    {"hard-link", In::kDenied, In::kDenied},
    {"rename", In::kDenied, In::kDenied},
    {"unlink", In::kDenied, In::kDenied},
    {"chmod", In::kDenied, In::kDenied},
    {"connect-elsewhere", In::kDenied, In::kDenied},
    {"reconnect", In::kViolation, In::kDenied},
    {"bind", In::kDenied, In::kViolation},
    {"listen", In::kDenied, In::kViolation},
    {"fast-open", In::kDenied, In::kDenied},
    {"fast-open-message", In::kDenied, In::kDenied},
    {"fast-open-later", In::kDenied, In::kDenied},
    {"send-udp", In::kDenied, In::kAllowed},
    {"socket-raw", In::kDenied, In::kDenied, Without::kMayFail},
    {"connect-unix", In::kDenied, In::kDenied},
    {"fork", In::kViolation, In::kViolation},
    {"run-program", In::kViolation, In::kViolation, Without::kMayFail},
    {"kill", In::kViolation, In::kViolation},
    {"ask-about-host", In::kViolation, In::kViolation},
    {"trace", In::kViolation, In::kViolation, Without::kMayFail},
    {"read-memory", In::kViolation, In::kViolation, Without::kMayFail},
    {"limit-other", In::kDenied, In::kDenied},
    {"leave-session", In::kDenied, In::kDenied},
    {"new-namespace", In::kViolation, In::kViolation, Without::kMayFail},
    {"io-uring", In::kViolation, In::kViolation, Without::kMayFail},
};

// A socket that listens, or just takes what comes.
class Receiver {
 public:
  explicit Receiver(int type) : socket_(::socket(AF_INET, type | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(socket_, any, size), 0);
    if (type == SOCK_STREAM) {
      EXPECT_EQ(::listen(socket_, 8), 0);
    }
    EXPECT_EQ(::getsockname(socket_, any, &size), 0);
    address_ = address;
  }
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;
  ~Receiver() { ::close(socket_); }

  std::string port() const { return std::to_string(ntohs(address_.sin_port)); }
  platform::OsHandle connected() const {
    const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    EXPECT_EQ(::connect(made, reinterpret_cast<const sockaddr*>(&address_), sizeof address_), 0);
    return platform::OsHandle(made);
  }
  bool was_reached() const {
    pollfd waiting{socket_, POLLIN, 0};
    return ::poll(&waiting, 1, 0) > 0;
  }

 private:
  int socket_;
  sockaddr_in address_{};
};

class FetcherEscape : public ::testing::TestWithParam<Case> {
 protected:
  FetcherEscape() {
    write_file(folder() + "/secret", "secret");
    write_file(folder() + "/goes", "goes");
    std::filesystem::permissions(folder() + "/goes", std::filesystem::perms::owner_read);
    unix_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = folder() + "/socket";
    std::memcpy(address.sun_path, path.data(), path.size());
    EXPECT_EQ(::bind(unix_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(unix_, 4), 0);
    victim_ = ::fork();
    if (victim_ == 0) {
      ::pause();
      ::_exit(0);
    }
  }
  ~FetcherEscape() override {
    ::kill(victim_, SIGKILL);
    ::waitpid(victim_, nullptr, 0);
    ::close(unix_);
  }

  std::string folder() const { return temporary_.path(); }

  // "succeeded", "denied: 13"; "violation" if the process was killed for a forbidden call.
  std::string outcome_of(SandboxRole role, SandboxLevel level) {
    const std::string task = world_text({{"attack", GetParam().attack},
                                         {"folder", folder()},
                                         {"port", other_.port()},
                                         {"udp", udp_.port()},
                                         {"victim", std::to_string(victim_)},
                                         {"host", std::to_string(::getpid())}});
    const fetch::FetchProgram program{
        .path = build_folder() + "/tests/hostile_fetcher", .sandbox = level, .certificates = {}};
    try {
      fetch::FetchProcess process(program, role, seconds(10));
      platform::Message message;
      if (role == SandboxRole::kResolving) {
        process.send(fetch::encode_name(task));
        if (!process.receive(message, seconds(10))) return "no answer";
        return fetch::decode_addresses(message.bytes).value().error;
      }
      fetch::PageTask page;
      page.agent = task;
      const platform::OsHandle socket = server_.connected();
      process.send(fetch::encode(page), &socket);
      if (!process.receive(message, seconds(10))) return "no answer";
      return fetch::decode_end(message.bytes).value().text;
    } catch (const fetch::FetchFailure& failure) {
      return failure.outcome == Outcome::kSandboxViolation ? "violation" : failure.reason;
    }
  }

  void expect_contained(SandboxRole role, In expected) {
    const std::string outcome = outcome_of(role, SandboxLevel::kRequired);
    switch (expected) {
      case In::kDenied:
        EXPECT_THAT(outcome, ::testing::StartsWith("denied: "));
        break;
      case In::kViolation:
        EXPECT_EQ(outcome, "violation");
        break;
      case In::kAllowed:
        EXPECT_EQ(outcome, "succeeded");
        return;
    }
    EXPECT_FALSE(other_.was_reached()) << "it reached a server that it was not given";
    EXPECT_FALSE(udp_.was_reached());
    EXPECT_EQ(read_file(folder() + "/secret"), "secret");
    EXPECT_EQ(read_file(folder() + "/goes"), "goes");
    EXPECT_FALSE(std::filesystem::exists(folder() + "/planted"));
    EXPECT_EQ(::waitpid(victim_, nullptr, WNOHANG), 0) << "the other process has ended";
  }

  TempDir temporary_;
  Receiver server_{SOCK_STREAM};
  Receiver other_{SOCK_STREAM};
  Receiver udp_{SOCK_DGRAM};
  int unix_ = -1;
  pid_t victim_ = -1;
};

TEST_P(FetcherEscape, IsContainedWhileItFetches) {
  expect_contained(SandboxRole::kFetching, GetParam().fetching);
}

TEST_P(FetcherEscape, IsContainedWhileItLooksANameUp) {
  if (std::string_view(GetParam().attack) == "reconnect") GTEST_SKIP() << "it has no socket";
  expect_contained(SandboxRole::kResolving, GetParam().resolving);
}

TEST_P(FetcherEscape, IsNotStoppedByAnythingElse) {
  const std::string outcome = outcome_of(SandboxRole::kFetching, SandboxLevel::kOff);
  EXPECT_NE(outcome, "violation");
  if (GetParam().without == Without::kSucceeds) {
    EXPECT_EQ(outcome, "succeeded");
  }
}

INSTANTIATE_TEST_SUITE_P(Attacks, FetcherEscape, ::testing::ValuesIn(kCases),
                         [](const ::testing::TestParamInfo<Case>& one) {
                           std::string name = one.param.attack;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(FetcherEscapes, EveryAttackIsTried) {
  std::set<std::string> tried;
  for (const Case& one : kCases) tried.insert(one.attack);
  for (const auto& [name, attack] : fetch_attacks()) EXPECT_TRUE(tried.contains(name)) << name;
}

}  // namespace
}  // namespace sluice::test
