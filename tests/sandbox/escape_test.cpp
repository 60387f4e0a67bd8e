// Every attack, once in the sandbox and once without it: there it is refused, or ends the converter
// as a violation; here it is seen to succeed, so that the test can fail.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "sandbox/cases.h"
#include "sandbox/targets.h"

namespace sluice::test {
namespace {

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

// A user who writes to the plugin's author must be able to say what it was.
TEST_F(Escape, TheForbiddenCallIsNamed) {
  const std::pair<const char*, const char*> kCalls[] = {
      {"connect-tcp", "forbids: socket"}, {"kill", "forbids: kill"},
      {"fork", "forbids: clone"},         {"io-uring", "forbids: io_uring_setup"},
      {"trace", "forbids: ptrace"},       {"call-i386", "forbids: a system call of another"}};
  for (const auto& [attack_name, text] : kCalls) {
    const Outcome out = attack(attack_name, Sandbox::kOn);
    EXPECT_THAT(out.doc.value("message", ""), ::testing::HasSubstr(text)) << out.doc;
  }
}

}  // namespace
}  // namespace sluice::test
