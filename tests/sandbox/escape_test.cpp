// Every attack, once in the sandbox and once without it: there it is refused, or ends the converter
// as a violation; here it is seen to succeed, so that the test can fail.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "sandbox/targets.h"

namespace sluice::test {
namespace {

enum class In {
  kDenied,     // refused; the converter goes on and its document is committed
  kViolation,  // the converter is killed
};
enum class Without {
  kSucceeds,
  kNotKilled,   // may fail for reasons of the system (a kernel without it, a container), not as a
                // violation
  kAlsoDenied,  // does not depend on this sandbox: the host hands nothing over
  kUntried,     // would harm the machine that runs the test
};

struct Case {
  const char* name;
  In in;
  Without without;
};

const Case kCases[] = {
    {"read-passwd", In::kDenied, Without::kSucceeds},
    {"read-secret", In::kDenied, Without::kSucceeds},
    {"read-registry", In::kDenied, Without::kSucceeds},
    {"read-kb", In::kDenied, Without::kSucceeds},
    {"read-source-folder", In::kDenied, Without::kSucceeds},
    {"read-dotdot", In::kDenied, Without::kNotKilled},
    {"list-kb", In::kDenied, Without::kSucceeds},
    {"list-staging", In::kDenied, Without::kSucceeds},
    {"list-root", In::kDenied, Without::kSucceeds},
    {"read-environment-of-host", In::kDenied, Without::kSucceeds},
    {"read-memory-of-parent", In::kDenied, Without::kNotKilled},
    {"write-memory-of-victim", In::kDenied, Without::kNotKilled},
    {"write-kb", In::kDenied, Without::kSucceeds},
    {"create-in-kb", In::kDenied, Without::kSucceeds},
    {"create-outside", In::kDenied, Without::kSucceeds},
    {"create-nameless", In::kDenied, Without::kNotKilled},
    {"truncate", In::kDenied, Without::kSucceeds},
    {"chmod", In::kDenied, Without::kSucceeds},
    {"chown", In::kDenied, Without::kSucceeds},
    {"change-times", In::kDenied, Without::kSucceeds},
    {"set-attribute", In::kDenied, Without::kNotKilled},
    {"unlink", In::kDenied, Without::kSucceeds},
    {"rename", In::kDenied, Without::kSucceeds},
    {"hard-link", In::kDenied, Without::kSucceeds},
    {"symlink", In::kDenied, Without::kSucceeds},
    {"make-folder", In::kDenied, Without::kSucceeds},
    {"scratch-link", In::kDenied, Without::kNotKilled},
    {"scratch-mode", In::kDenied, Without::kSucceeds},
    {"scratch-reopen", In::kDenied, Without::kSucceeds},
    {"scratch-lock", In::kDenied, Without::kSucceeds},
    {"scratch-reserve", In::kDenied, Without::kNotKilled},
    {"scratch-make", In::kDenied, Without::kSucceeds},
    {"make-fifo", In::kViolation, Without::kSucceeds},
    {"make-device", In::kViolation, Without::kNotKilled},
    {"open-by-handle", In::kViolation, Without::kNotKilled},
    {"constructor-reads", In::kDenied, Without::kSucceeds},
    {"constructor-writes", In::kDenied, Without::kNotKilled},

    {"chmod-output", In::kDenied, Without::kSucceeds},
    {"reopen-descriptor", In::kDenied, Without::kSucceeds},
    {"lock-descriptor", In::kDenied, Without::kSucceeds},
    {"flags-of-descriptor", In::kDenied, Without::kSucceeds},
    {"reserve-disk", In::kDenied, Without::kNotKilled},
    {"grow-beyond-limit", In::kDenied, Without::kAlsoDenied},
    {"terminal-input", In::kDenied, Without::kAlsoDenied},
    {"inherit", In::kDenied, Without::kAlsoDenied},
    {"inherit-environment", In::kDenied, Without::kAlsoDenied},

    {"fork", In::kViolation, Without::kNotKilled},
    {"fork-bomb", In::kViolation, Without::kNotKilled},
    {"spawn", In::kViolation, Without::kNotKilled},
    {"system", In::kViolation, Without::kNotKilled},
#ifndef SLUICE_SANITIZED  // a sanitizer has threads of its own
    {"thread", In::kDenied, Without::kNotKilled},
#endif
    {"execute", In::kViolation, Without::kNotKilled},
    {"execute-memory", In::kDenied, Without::kNotKilled},
    {"kill", In::kViolation, Without::kSucceeds},
    {"kill-probe", In::kViolation, Without::kSucceeds},
    {"kill-parent", In::kViolation, Without::kSucceeds},
    {"kill-everybody", In::kViolation, Without::kUntried},
    {"kill-thread", In::kViolation, Without::kSucceeds},
    {"kill-queued", In::kViolation, Without::kSucceeds},
    {"kill-by-handle", In::kDenied, Without::kSucceeds},
    {"trace", In::kViolation, Without::kNotKilled},
    {"read-memory", In::kViolation, Without::kNotKilled},
    {"limit-victim", In::kDenied, Without::kSucceeds},
    {"slow-victim", In::kDenied, Without::kSucceeds},
    {"pin-victim", In::kDenied, Without::kSucceeds},
    {"raise-memory", In::kDenied, Without::kNotKilled},
    {"raise-files", In::kDenied, Without::kNotKilled},
    {"outlive-host", In::kDenied, Without::kSucceeds},
    {"dumpable", In::kDenied, Without::kSucceeds},
    {"become-other", In::kDenied, Without::kNotKilled},
    {"own-session", In::kDenied, Without::kSucceeds},

    {"connect-tcp", In::kViolation, Without::kSucceeds},
    {"fast-open-tcp", In::kViolation, Without::kNotKilled},
    {"bind-tcp", In::kViolation, Without::kSucceeds},
    {"listen-tcp", In::kViolation, Without::kSucceeds},
    {"send-udp", In::kViolation, Without::kSucceeds},
    {"socket-ipv6", In::kViolation, Without::kNotKilled},
    {"socket-packet", In::kViolation, Without::kNotKilled},
    {"socket-netlink", In::kDenied, Without::kSucceeds},
    {"socket-vsock", In::kViolation, Without::kNotKilled},
    {"connect-unix", In::kDenied, Without::kSucceeds},
    {"connect-abstract", In::kDenied, Without::kSucceeds},
    {"socket-pair", In::kDenied, Without::kSucceeds},

    {"io-uring", In::kViolation, Without::kNotKilled},
    {"bpf", In::kViolation, Without::kNotKilled},
    {"userfaultfd", In::kViolation, Without::kNotKilled},
    {"keyctl", In::kViolation, Without::kNotKilled},
    {"add-key", In::kViolation, Without::kNotKilled},
    {"perf", In::kViolation, Without::kNotKilled},
    {"unshare", In::kViolation, Without::kNotKilled},
    {"mount", In::kViolation, Without::kUntried},
    {"chroot", In::kViolation, Without::kNotKilled},
    {"shared-memory", In::kDenied, Without::kNotKilled},
    {"memory-file", In::kDenied, Without::kSucceeds},
    {"watch-kb", In::kDenied, Without::kSucceeds},
    {"set-clock", In::kViolation, Without::kUntried},
    {"reboot", In::kViolation, Without::kUntried},
    {"sync", In::kDenied, Without::kSucceeds},
#if defined(__x86_64__)
    {"call-i386", In::kViolation, Without::kNotKilled},
    {"call-x32", In::kViolation, Without::kNotKilled},
#endif
};

class EscapeBy : public Escape, public ::testing::WithParamInterface<Case> {};

TEST_P(EscapeBy, IsKeptInAndReported) {
  const Outcome out = attack(GetParam().name, Sandbox::kOn);
  if (GetParam().in == In::kViolation) {
    EXPECT_TRUE(out.is_violation()) << out.doc << out.text;
    EXPECT_EQ(out.doc["converter"], "hostile");
  } else {
    EXPECT_TRUE(out.denied()) << out.doc << out.text;
  }
}

TEST_P(EscapeBy, IsNotStoppedByAnythingElse) {
  const Without without = GetParam().without;
  if (without == Without::kUntried) GTEST_SKIP() << "would harm this machine";
  const Outcome out = attack(GetParam().name, Sandbox::kOff);
  EXPECT_FALSE(out.is_violation()) << out.doc;
  if (without == Without::kSucceeds) {
    EXPECT_TRUE(out.succeeded()) << out.doc << out.text;
  } else if (without == Without::kAlsoDenied) {
    EXPECT_TRUE(out.denied()) << out.doc << out.text;
  }
}

INSTANTIATE_TEST_SUITE_P(Attacks, EscapeBy, ::testing::ValuesIn(kCases),
                         [](const ::testing::TestParamInfo<Case>& one) {
                           std::string name = one.param.name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

// A descriptor that the program itself was given.
TEST_F(Escape, AnInheritedDescriptorIsNotHandedOn) {
  const int secret = ::open(path("outside/secret.txt").c_str(), O_RDONLY);  // not close-on-exec
  ASSERT_GE(secret, 0);
  for (const Sandbox sandbox : {Sandbox::kOn, Sandbox::kOff}) {
    const Outcome out = attack("inherit", sandbox);
    EXPECT_TRUE(out.denied()) << out.doc << out.text;
  }
  ::close(secret);
}

}  // namespace
}  // namespace sluice::test
