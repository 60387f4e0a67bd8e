// Messages and results survive the way, and no bytes harm their reader.
#include "worker/wire.h"

#include <gmock/gmock.h>

#include <random>

#include "model/utf8.h"
#include "worker/wire_bytes.h"

namespace sluice::wire {
namespace {

Result sample_result() {
  Result result;
  result.outcome = 2;
  result.reason = "page 3 is missing";
  result.metadata = {{"title", "T"}, {"pages", "12"}};
  result.warnings = {{"missing-image", "1 image"}};
  result.assets = {{"a.png", "image/png", true}, {"b.png", "image/png", false}};
  result.children = {{"a.pdf", "application/pdf", Child::State::kFinished},
                     {"b.pdf", "", Child::State::kCut}};
  result.refused_children = 7;
  result.links = {{3, 1}, {3, 2, Link::To::kChild}, {4, 1, Link::To::kDocument}, {5, 1}};
  result.document_links = {{true, "a/b.md", "part", "[[b]]", "[", "]()"}};
  result.anchors = {{"id", "the-heading"}};
  result.sidecars = {"outline"};
  result.body = "hello";
  return result;
}

TEST(WireTest, ResultsComeBackAsTheyWere) {
  const Result sent = sample_result();
  const std::string frames = encode_frame(0, sent) + encode_frame(2, Result{});
  const auto got = decode_frames(frames, 3, {10, 10});
  ASSERT_EQ(got.size(), 3U);
  ASSERT_TRUE(got[0]);
  EXPECT_FALSE(got[1]);
  EXPECT_TRUE(got[2]);
  EXPECT_EQ(got[0]->reason, sent.reason);
  EXPECT_EQ(got[0]->metadata[1].value, "12");
  EXPECT_EQ(got[0]->assets[1].finished, false);
  EXPECT_EQ(got[0]->children[0].name, "a.pdf");
  EXPECT_EQ(got[0]->children[1].state, Child::State::kCut);
  EXPECT_EQ(got[0]->refused_children, 7U);
  EXPECT_EQ(got[0]->links[1].to, Link::To::kChild);
  EXPECT_EQ(got[0]->links[3].offset, 5U);
  EXPECT_TRUE(got[0]->document_links[0].by_name);
  EXPECT_EQ(got[0]->document_links[0].path, "a/b.md");
  EXPECT_EQ(got[0]->document_links[0].fragment, "part");
  EXPECT_EQ(got[0]->document_links[0].written, "[[b]]");
  EXPECT_EQ(got[0]->document_links[0].before, "[");
  EXPECT_EQ(got[0]->document_links[0].after, "]()");
  EXPECT_EQ(got[0]->anchors[0].name, "id");
  EXPECT_EQ(got[0]->anchors[0].anchor, "the-heading");
  EXPECT_EQ(got[0]->sidecars[0], "outline");
  EXPECT_EQ(got[0]->body, "hello");
}

// Whether a change to the sample is refused.
template <class Change>
bool is_refused(Change change) {
  Result result = sample_result();
  change(result);
  return !decode_frames(encode_frame(0, result), 1, {10, 10})[0];
}

TEST(WireTest, ResultsThatLieAreRefused) {
  EXPECT_FALSE(is_refused([](Result&) {}));
  EXPECT_TRUE(is_refused([](Result& r) { r.outcome = 11; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.outcome = -1; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.links = {{5, 1}, {4, 1}}; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.links = {{6, 1}}; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.links = {{1, 3}}; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.links = {{1, 0}}; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.links = {{1, 3, Link::To::kChild}}; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.links = {{1, 0, Link::To::kChild}}; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.links = {{1, 1, Link::To{3}}}; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.links = {{1, 2, Link::To::kDocument}}; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.document_links[0].path = "/etc/passwd"; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.document_links[0].path = ""; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.document_links[0].written = "a\nb"; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.document_links[0].before = std::string(5000, 'a'); }));
  EXPECT_TRUE(is_refused([](Result& r) { r.anchors[0].anchor = ""; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.children[0].state = Child::State{3}; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.children.resize(11); }));
  EXPECT_TRUE(is_refused([](Result& r) { r.assets.resize(11); }));
  EXPECT_TRUE(is_refused([](Result& r) { r.metadata.push_back({"sha256", "x"}); }));
  EXPECT_TRUE(is_refused([](Result& r) { r.metadata.push_back({"title", "again"}); }));
  EXPECT_TRUE(is_refused([](Result& r) { r.metadata.push_back({"Bad Key", "x"}); }));
  EXPECT_TRUE(is_refused([](Result& r) { r.sidecars = {"../x"}; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.sidecars = {"a", "a"}; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.warnings.resize(101); }));
  EXPECT_TRUE(is_refused([](Result& r) { r.reason.assign(kMaxReason + 1, 'x'); }));
  EXPECT_TRUE(is_refused([](Result& r) { r.body_place = BodyPlace::kFile; }));
  EXPECT_TRUE(is_refused([](Result& r) { r.body_place = static_cast<BodyPlace>(3); }));
  EXPECT_TRUE(is_refused([](Result& r) { r.body_bytes = 1; }));
  EXPECT_FALSE(is_refused([](Result& r) {
    r.body.clear();
    r.body_place = BodyPlace::kMemory;
    r.body_bytes = kMemoryBody;
  }));
  EXPECT_TRUE(is_refused([](Result& r) {
    r.body.clear();
    r.body_place = BodyPlace::kMemory;
    r.body_bytes = kMemoryBody + 1;
  }));
  EXPECT_TRUE(is_refused([](Result& r) {
    r.body.clear();
    r.body_place = BodyPlace::kMemory;
    r.body_bytes = 3;
    r.links = {{4, 1}};
  }));
  EXPECT_TRUE(is_refused([](Result& r) { r.body.assign(kInlineBody + 1, 'x'); }));
}

TEST(WireTest, FramesOutOfOrderOrOutOfRangeEndTheReading) {
  const std::string first = encode_frame(0, sample_result());
  const std::string second = encode_frame(1, sample_result());
  EXPECT_FALSE(decode_frames(second + first, 2, {10, 10})[0]);
  EXPECT_FALSE(decode_frames(encode_frame(2, sample_result()), 2, {10, 10})[1]);
  const auto cut = decode_frames((first + second).substr(0, first.size() + 20), 2, {10, 10});
  EXPECT_TRUE(cut[0]);
  EXPECT_FALSE(cut[1]);
}

TEST(WireTest, TextsComeOutAsUtf8) {
  Result result = sample_result();
  result.reason = std::string("a\xFF\0b", 4);
  EXPECT_EQ(decode_frames(encode_frame(0, result), 1, {10, 10})[0]->reason,
            "a\xEF\xBF\xBD"
            "b");
}

TEST(WireTest, NoBytesHarmTheReader) {
  std::mt19937 random(20240501);
  const std::string good = encode_frame(0, sample_result()) + encode_frame(1, sample_result());
  const std::string input =
      encode(RunInput{"c",
                      "{}",
                      R"({"password":"x"})",
                      1,
                      2,
                      3,
                      4,
                      true,
                      true,
                      2,
                      1 << 20,
                      true,
                      {{"a.md", "text/markdown", "", 3, 5, 1 << 20, true, "abc"},
                       {"b", "", "", 9, 0, 0, false, ""}}});
  ASSERT_TRUE(decode_run_input(input));
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = round % 2 == 0 ? good : input;
    for (int change = 0; change < 1 + round % 5; ++change) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    bytes.resize(bytes.size() - random() % 8);
    for (const auto& result : decode_frames(bytes, 2, {10, 10})) {
      if (!result) continue;
      EXPECT_TRUE(is_utf8(result->reason));
      for (const Link& link : result->links) {
        EXPECT_LE(link.asset, link.to == Link::To::kAsset   ? result->assets.size()
                              : link.to == Link::To::kChild ? result->children.size()
                                                            : result->document_links.size());
      }
    }
    (void)decode_run_input(bytes);
    (void)decode_load(bytes);
    (void)decode_request(bytes);
    (void)decode_ended(bytes);
    (void)decode_reply(bytes);
  }
}

TEST(WireTest, ACountThatCannotBeReservesNothing) {
  std::string payload;
  ByteWriter write(payload);
  write.u32(0);
  write.u8(0);
  write.u8(0);
  write.text("");
  write.u32(0xFFFFFFFF);  // fields
  std::string frame;
  ByteWriter head(frame);
  head.u32(0);
  head.text(payload);
  EXPECT_FALSE(decode_frames(frame, 1, {10, 10})[0]);
}

TEST(WireTest, RequestsComeBackAndOthersAreRefused) {
  const auto got = decode_request(encode(Request{Kind::kOpenSibling, 3, 0, "img/a.png"}));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->document, 3U);
  EXPECT_EQ(got->text, "img/a.png");
  EXPECT_FALSE(decode_request(encode_notice(Kind::kReady)));
  EXPECT_FALSE(decode_request(""));
  EXPECT_FALSE(decode_request(encode(Request{}) + "x"));
}

TEST(WireTest, CarriesWhatAWorkerGotOfTheSandbox) {
  Confined confined;
  confined.key = 0xfedcba9876543210;
  SandboxLayers& layers = confined.layers;
  layers.wanted = true;
  layers.landlock_abi = 3;
  layers.system_calls_why = "none here";
  layers.broken[Promise::kLimits] = "to change a limit";
  const std::string message = wire::encode(confined);
  const std::optional<Confined> decoded = wire::decode_confined(message);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->key, confined.key);
  EXPECT_EQ(decoded->layers.broken, layers.broken);
  const SandboxLayers* back = &decoded->layers;
  EXPECT_TRUE(back->wanted);
  EXPECT_EQ(back->landlock_abi, 3U);
  EXPECT_FALSE(back->system_calls);
  EXPECT_EQ(back->system_calls_why, "none here");
  EXPECT_EQ(back->state(), "reduced");
  for (std::size_t size = 0; size < message.size(); ++size) {
    EXPECT_FALSE(wire::decode_confined(std::string_view(message).substr(0, size))) << size;
  }
}

}  // namespace
}  // namespace sluice::wire
