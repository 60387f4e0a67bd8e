// A plugin written in C11 with abi.h alone.
#include <gtest/gtest.h>

#include <sluice/testing.hpp>

namespace sluice {
namespace {

TEST(CPlugin, Converts) {
  sluice_host host{};
  host.size = sizeof host;
  host.abi_major = SLUICE_ABI_MAJOR;
  const sluice_plugin* plugin = sluice_plugin_v1(&host);
  ASSERT_NE(plugin, nullptr);
  ASSERT_EQ(plugin->converter_count, 1u);
  RecordingJob job("", "a.txt", "text/plain");
  EXPECT_EQ(job.run(*plugin->converters[0]), Outcome::kOk);
  EXPECT_EQ(job.body(), "hello\n");
}

TEST(CPlugin, RefusesAnotherMajor) {
  sluice_host host{};
  host.size = sizeof host;
  host.abi_major = SLUICE_ABI_MAJOR + 1;
  EXPECT_EQ(sluice_plugin_v1(&host), nullptr);
}

}  // namespace
}  // namespace sluice
