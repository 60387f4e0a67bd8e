// Plugins and hosts of different ages, in both directions.
#include <gtest/gtest.h>

#include <cstring>
#include <sluice/testing.hpp>

extern "C" const sluice_plugin* frozen_plugin_v1(const sluice_host* host);

namespace sluice {
namespace {

// A host as it was when it was released, in as many bytes as it had then, and what it heard.
struct OldHost {
  sluice_host table{};
  std::string refusal;
  std::string log;

  OldHost() {
    table.size = sizeof table;
    table.context = this;
    table.abi_major = 1;
    table.abi_minor = 0;
    table.refuse = [](const sluice_host* host, sluice_str text) {
      static_cast<OldHost*>(host->context)->refusal = view(text);
    };
    table.log = [](const sluice_host* host, std::int32_t, sluice_str text) {
      static_cast<OldHost*>(host->context)->log = view(text);
    };
    table.get_extension = [](const sluice_host*, sluice_str, std::uint32_t) -> const void* {
      return nullptr;
    };
  }
};

TEST(Negotiation, APluginCompiledWithTheHeaderOf10RunsUnderThisHost) {
  OldHost host;
  const sluice_plugin* plugin = frozen_plugin_v1(&host.table);
  ASSERT_NE(plugin, nullptr) << host.refusal;
  EXPECT_EQ(host.log, "loaded");
  EXPECT_EQ(plugin->abi_minor, 0u);
  RecordingJob job("# Kept", "a.old", "text/x-old");
  job.set_options(R"({"loud": true, "word": "still"})");
  EXPECT_EQ(job.run(*plugin->converters[0]), Outcome::kPartial) << job.reason();
  EXPECT_EQ(job.render("a"), "# Kept\n\nstill ![dot](images/a/dot.txt)\n");
  EXPECT_EQ(job.metadata().at("created"), "2026-11-30");
  ASSERT_EQ(job.warnings().size(), 1u);
  EXPECT_EQ(job.warnings()[0].place_unit, "line");
  EXPECT_EQ(job.reason(), "as it was in 1.0");
}

TEST(Negotiation, ARefusalHasThePluginsOwnWords) {
  OldHost host;
  host.table.abi_major = 2;
  EXPECT_EQ(frozen_plugin_v1(&host.table), nullptr);
  EXPECT_EQ(host.refusal, "another major");
}

// What a later minor appends to the host is not there for a plugin that looks before it calls.
TEST(Negotiation, ANewerPluginSeesThatAnOlderHostLacksACall) {
  struct LaterHost {
    sluice_host first;
    void (*later)(const sluice_host*);
  };
  LaterHost host{};
  host.first.size = sizeof host.first;  // the older host's
  host.later = [](const sluice_host*) { FAIL() << "read beyond the older host's struct"; };
  const auto* seen = &host;
  const bool has_later =
      seen->first.size >= offsetof(LaterHost, later) + sizeof seen->later && seen->later != nullptr;
  EXPECT_FALSE(has_later);
  EXPECT_FALSE(SLUICE_HAS(sluice_host, &host.first, log));
  host.first.log = [](const sluice_host*, std::int32_t, sluice_str) {};
  EXPECT_TRUE(SLUICE_HAS(sluice_host, &host.first, log));
  host.first.size = offsetof(sluice_host, log);
  EXPECT_FALSE(SLUICE_HAS(sluice_host, &host.first, log));
}

// --- the C++ layer's entry ---

class Broken : public Converter {
 public:
  Broken() { throw std::runtime_error("the model /opt/m.bin is missing"); }
  void convert(Job&) override {}
};

TEST(Negotiation, WhatAConstructorThrowsReachesTheHost) {
  OldHost host;
  EXPECT_EQ(detail::describe(&host.table, "x", "1", {{"x", make_converter<Broken>}}), nullptr);
  EXPECT_EQ(host.refusal, "the model /opt/m.bin is missing");
}

}  // namespace
}  // namespace sluice
