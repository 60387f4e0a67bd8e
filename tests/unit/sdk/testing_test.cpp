// The recording job against converters that keep the rules, and one that breaks each.
#include <gtest/gtest.h>

#include <functional>
#include <sluice/testing.hpp>
#include <string>

#include "unit/sdk/code_converter.h"

namespace sluice {
namespace {

Outcome run(RecordingJob& job, std::function<void(Job&)> code) {
  CodeConverter converter(std::move(code));
  return job.run(converter);
}

RecordingJob& fresh() {
  static std::unique_ptr<RecordingJob> job;
  job = std::make_unique<RecordingJob>("source", "a.txt", "text/plain");
  return *job;
}

class Singer : public Converter {
 public:
  explicit Singer(std::string_view song) : song_(song) {}
  void convert(Job& job) override { job.write(song_); }
  Canary canary() const override { return {"x", "canary", "text/plain", "tweet\n"}; }

 private:
  std::string_view song_;
};

TEST(CanaryFault, SaysWhatACanaryBecame) {
  Singer good("tweet\n");
  EXPECT_EQ(canary_fault(good), "");
  Singer hoarse("tw\n");
  EXPECT_EQ(canary_fault(hoarse), "expected\ntweet\n\ngot\ntw\n");
  CodeConverter none([](Job&) {});
  EXPECT_EQ(canary_fault(none), "the converter has no canary");
}

TEST(RecordingJob, RendersLinksWhereTheyWereWritten) {
  RecordingJob job("source", "a.txt", "text/plain");
  EXPECT_EQ(run(job,
                [](Job& raw) {
                  const std::uint8_t byte = 1;
                  Asset asset = raw.open_asset("../My Pic.png", "image/png");
                  raw.write("![](");
                  raw.link(asset.id());
                  raw.write(")\r");
                  raw.write("\n.");
                  asset.write({&byte, 1});
                  asset.finish();
                  raw.link(raw.add_asset("other.png", "image/png", {&byte, 1}));
                }),
            Outcome::kOk)
      << job.reason();
  EXPECT_EQ(job.body(),
            "![]("
            ")\n.");
  EXPECT_EQ(job.render("doc"), "![](images/doc/My-Pic.png)\n.images/doc/My-Pic.png");
}

TEST(RecordingJob, GivesTheSource) {
  RecordingJob job("source", "a.txt", "text/plain");
  run(job, [](Job& raw) {
    std::array<std::uint8_t, 4> buffer{};
    EXPECT_EQ(raw.read(4, buffer), 2u);
    EXPECT_EQ(raw.read(6, buffer), 0u);
    EXPECT_EQ(raw.read(UINT64_MAX, buffer), 0u);
    EXPECT_EQ(raw.source_text(), "source");
    EXPECT_EQ(raw.file_name(), "a.txt");
  });
}

TEST(RecordingJob, RefusesWhatBreaksARule) {
  const std::vector<std::pair<const char*, std::function<void(Job&)>>> broken = {
      {"body", [](Job& job) { job.write("\xFF"); }},
      {"cut body", [](Job& job) { job.write("\xE2\x82"); }},
      {"no asset", [](Job& job) { job.link(1); }},
      {"unfinished", [](Job& job) { job.link(job.open_asset("a", "x/y").id()); }},
      {"finished twice",
       [](Job& job) {
         Asset asset = job.open_asset("a", "x/y");
         asset.finish();
         asset.finish();
       }},
      {"no media type", [](Job& job) { job.open_asset("a", "png"); }},
      {"no name", [](Job& job) { job.open_asset("", "x/y"); }},
      {"kind", [](Job& job) { job.write_sidecar("Outline", "{}"); }},
      {"two of a kind",
       [](Job& job) {
         job.write_sidecar("a", "{}");
         job.write_sidecar("a", "{}");
       }},
      {"no JSON", [](Job& job) { job.write_sidecar("outline", "{"); }},
      {"key", [](Job& job) { job.set_metadata("Title", "x"); }},
      {"the host's key", [](Job& job) { job.set_metadata("sha256", "x"); }},
      {"value", [](Job& job) { job.set_metadata("title", "\xFF"); }},
      {"reason", [](Job& job) { job.finish_as(Outcome::kPartial, "\xFF"); }},
      {"warning", [](Job& job) { job.warn("", "x"); }},
      {"outcome", [](Job& job) { job.finish_as(static_cast<Outcome>(99), "x"); }},
  };
  for (const auto& [name, code] : broken) {
    RecordingJob& job = fresh();
    EXPECT_EQ(run(job, code), Outcome::kInternal) << name;
    EXPECT_FALSE(job.violations().empty()) << name;
  }
}

TEST(RecordingJob, KeepsToTheLimits) {
  RecordingJob job("", "a.txt", "text/plain");
  RecordingJob::Limits limits;
  limits.body_bytes = 3;
  job.set_limits(limits);
  EXPECT_EQ(run(job, [](Job& raw) { raw.write("1234"); }), Outcome::kLimit);
  EXPECT_TRUE(job.violations().empty());
}

TEST(RecordingJob, Cancels) {
  RecordingJob job("", "a.txt", "text/plain");
  job.cancel_after(2);
  int calls = 0;
  EXPECT_EQ(run(job,
                [&calls](Job& raw) {
                  for (;; ++calls) raw.check_cancelled();
                }),
            Outcome::kCancelled);
  EXPECT_EQ(calls, 2);
}

TEST(RecordingJob, ReplacesAndRemovesMetadata) {
  RecordingJob job("", "a.txt", "text/plain");
  run(job, [](Job& raw) {
    raw.set_metadata("title", "a");
    raw.set_metadata("title", "b");
    raw.set_metadata("author", "c");
    raw.set_metadata("author", "");
  });
  EXPECT_EQ(job.metadata(), (std::map<std::string, std::string>{{"title", "b"}}));
}

}  // namespace
}  // namespace sluice
