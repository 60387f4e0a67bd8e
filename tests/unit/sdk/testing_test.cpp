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
      {"no asset", [](Job& job) { job.link(1); }},
      {"finished twice",
       [](Job& job) {
         Asset asset = job.open_asset("a", "x/y");
         asset.finish();
         asset.finish();
       }},
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
      {"warning", [](Job& job) { job.warn("", "x"); }},
      {"outcome", [](Job& job) { job.finish_as(static_cast<Outcome>(99), "x"); }},
  };
  for (const auto& [name, code] : broken) {
    RecordingJob& job = fresh();
    EXPECT_EQ(run(job, code), Outcome::kInternal) << name;
    EXPECT_FALSE(job.violations().empty()) << name;
  }
}

TEST(RecordingJob, MendsWhatTheHostMends) {
  RecordingJob& job = fresh();
  EXPECT_EQ(run(job,
                [](Job& raw) {
                  raw.write("a\xFF\xE2");
                  raw.write("\x82\xAC\r");
                  raw.write("\nb\r");
                  raw.link(raw.open_asset("a.png", "image/png").id());
                  raw.write(std::string_view("c\0d\xE2\x82", 5));
                }),
            Outcome::kOk);
  EXPECT_EQ(job.body(), "a\xEF\xBF\xBD\xE2\x82\xAC\nb\ncd\xEF\xBF\xBD");
  ASSERT_EQ(job.warnings().size(), 2u);
  EXPECT_EQ(job.warnings()[0].code, "unfinished-asset");
  EXPECT_EQ(job.warnings()[1].code, "invalid-utf8");
  EXPECT_EQ(job.violations().size(), 2u);
}

TEST(RecordingJob, BlanksAloneAreEmptyAndPicturesAlonePartial) {
  RecordingJob& job = fresh();
  EXPECT_EQ(run(job, [](Job& raw) { raw.write(" \n\t"); }), Outcome::kEmpty);
  RecordingJob& picture = fresh();
  EXPECT_EQ(run(picture, [](Job& raw) { raw.add_asset("a.png", "image/png", {}); }),
            Outcome::kPartial);
}

TEST(RecordingJob, LeavesOutADateThatIsNone) {
  RecordingJob& job = fresh();
  EXPECT_EQ(run(job,
                [](Job& raw) {
                  raw.write("x");
                  raw.set_metadata("created", "yesterday");
                  raw.set_metadata("modified", "2024-05");
                }),
            Outcome::kOk);
  EXPECT_EQ(job.metadata(), (std::map<std::string, std::string>{{"modified", "2024-05"}}));
  ASSERT_EQ(job.warnings().size(), 1u);
  EXPECT_EQ(job.warnings()[0].severity, Severity::kNote);
}

TEST(RecordingJob, GivesOptionsByTypeAndSaysWhyNot) {
  RecordingJob& job = fresh();
  job.set_options(
      R"({"flag": true, "n": 3, "x": 1.5, "list": ["a", "b"], "key": "k", "file": "/f"})");
  job.set_option_file("file", "content");
  run(job, [](Job& raw) {
    sluice_job* c = raw.raw();
    std::int32_t flag = 0;
    std::int64_t n = 0;
    double x = 0;
    const sluice_str* items = nullptr;
    std::uint64_t count = 0;
    EXPECT_EQ(c->option_bool(c, str("flag"), &flag), SLUICE_STATUS_OK);
    EXPECT_EQ(c->option_int(c, str("n"), &n), SLUICE_STATUS_OK);
    EXPECT_EQ(c->option_number(c, str("x"), &x), SLUICE_STATUS_OK);
    EXPECT_EQ(c->option_list(c, str("list"), &items, &count), SLUICE_STATUS_OK);
    EXPECT_EQ(flag, 1);
    EXPECT_EQ(n, 3);
    EXPECT_EQ(x, 1.5);
    ASSERT_EQ(count, 2u);
    EXPECT_EQ(view(items[1]), "b");
    EXPECT_EQ(raw.secret("key"), "k");
    EXPECT_EQ(raw.option_file("file").size(), 7u);
    EXPECT_EQ(c->option_int(c, str("flag"), &n), SLUICE_STATUS_INVALID);
    EXPECT_NE(raw.last_error().find("\"flag\""), std::string::npos);
    EXPECT_EQ(c->option_int(c, str("none"), &n), SLUICE_STATUS_NOT_FOUND);
    EXPECT_EQ(c->option_int(c, str("n"), &n), SLUICE_STATUS_OK);
    EXPECT_EQ(raw.last_error(), "");
  });
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
