// Mailboxes: where a message begins, and that their size costs no memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "mail/mbox/reader.hpp"
#include "unit/plugins/mail/mail_run.h"

namespace sluice::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kEnvelope = "From a@b.example Fri Mar  1 10:00:00 2024\n";

std::string message(const std::string& subject, const std::string& body) {
  return kEnvelope + ("From: A <a@b.example>\nSubject: " + subject +
                      "\nDate: Fri, 1 Mar 2024 10:00:00 +0000\n\n" + body);
}

struct MboxRun {
  explicit MboxRun(const std::string& source)
      : job(std::make_unique<RecordingJob>(source, "m.mbox", "application/mbox")) {
    job->set_options(R"({"body":"auto"})");
    mail::MboxConverter converter;
    outcome = job->run(converter);
  }
  std::unique_ptr<RecordingJob> job;
  Outcome outcome;
};

// What the reader takes for messages.
struct Messages : mail::MboxSink {
  void begin_message() override { all.emplace_back(); }
  void add(std::string_view bytes) override { all.back() += bytes; }
  void end_message() override {}
  std::vector<std::string> all;
};

std::vector<std::string> messages_of(const std::string& source) {
  Messages messages;
  mail::MboxReader reader(messages);
  reader.feed(source);
  reader.finish();
  return messages.all;
}

TEST(Mbox, ListsItsMessages) {
  const MboxRun run(message("One [1]", "first\n\n") + message("Two/Three", "second\n"));
  EXPECT_EQ(run.outcome, Outcome::kOk);
  EXPECT_EQ(run.job->render("m"),
            "- [One \\[1\\]](One%20%5B1%5D.eml), A, 2024-03-01\n"
            "- [Two/Three](Two-Three.eml), A, 2024-03-01\n");
  EXPECT_EQ(run.job->children().at(1).media_type, "message/rfc822");
  EXPECT_EQ(run.job->metadata().at("messages"), "2");
  EXPECT_THAT(run.job->children().at(0).bytes, ::testing::EndsWith("\n\nfirst\n"));
}

// Programs save a single message with the line of a mailbox in front.
TEST(Mbox, OneMessageIsTheNoteOfThatMessage) {
  for (const std::string before : {"", "  \n\t\n\n", "\xEF\xBB\xBF"}) {
    const MboxRun run(before + message("One", "It *works*.\n\n>From me\n"));
    EXPECT_EQ(run.outcome, Outcome::kOk);
    EXPECT_EQ(run.job->render("m"),
              "# One\n\n**From:** A \\<a@b.example>\\\n**Date:** 2024-03-01 10:00:00+00:00\n\n"
              "It \\*works\\*.\n\nFrom me\n");
    EXPECT_TRUE(run.job->children().empty());
  }
}

TEST(Mbox, OneMessageWithoutAHeaderIsListed) {
  EXPECT_EQ(MboxRun(std::string(kEnvelope) + "\nonly text\n").job->children().size(), 1U);
}

TEST(Mbox, ALargeMessageIsListedThoughItStandsAlone) {
  const std::string line = std::string(70, 'x') + "\n";
  std::string body;
  while (body.size() <= std::size_t{32} << 20) body += line;
  const MboxRun run(message("Large", body));
  ASSERT_EQ(run.job->children().size(), 1U);
  EXPECT_GT(run.job->children()[0].bytes.size(), body.size());
}

TEST(Mbox, TextThatBeginsLikeADivisionIsText) {
  const std::string text =
      "From here on it works.\n\nFrom the desk of\nNote: this\n\nFrom a friend:\n\nall\n";
  EXPECT_EQ(messages_of(message("x", text)).size(), 1U);
}

TEST(Mbox, MarkedLinesLoseOneMark) {
  const auto messages = messages_of(message("x", "one\n\n>From me\n>>From you\n> From us\n"));
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_THAT(messages[0], HasSubstr("\n\nFrom me\n>From you\n> From us\n"));
}

TEST(Mbox, ManyFormsOfTheDividingLine) {
  const std::string header = "From: a\nSubject: s\n\nx\n\n";
  for (const std::string line :
       {"From - Fri Mar 01 10:00:00 2024", "From a@b Fri, 1 Mar 2024 10:00:00 +0000",
        "From \"a b\"@c.example Fri Mar  1 10:00 2024",
        "From MAILER-DAEMON Fri Mar  1 10:00:00 2024",
        "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001", "From ", "From -",
        "From ???@??? Fri Mar 01 10:00:00 2024"}) {
    EXPECT_EQ(messages_of(kEnvelope + header + line + "\n" + header).size(), 2U) << line;
    EXPECT_EQ(messages_of(kEnvelope + header + line + "\r\n" + header).size(), 2U) << line;
  }
}

TEST(Mbox, NoBlankLineIsNeededWhereALineIsSurelyADivision) {
  EXPECT_EQ(messages_of(message("a", "text\n") + message("b", "text\n")).size(), 2U);
}

TEST(Mbox, BlankLinesAndAMarkMayComeFirst) {
  const std::string both = message("a", "x\n\n") + message("b", "x\n");
  EXPECT_EQ(MboxRun("\xEF\xBB\xBF" + both).job->children().size(), 2U);
  EXPECT_EQ(MboxRun("   \n\t\n\n" + both).job->children().size(), 2U);
}

TEST(Mbox, MessagesWithoutAHeaderAreKept) {
  EXPECT_THAT(messages_of(std::string(kEnvelope) + "\nonly text\n\n" + kEnvelope + "X: y\n\nz\n"),
              ElementsAre("\nonly text\n", "X: y\n\nz\n"));
}

TEST(Mbox, WhatIsNoneIsRefused) {
  EXPECT_EQ(MboxRun("From here on it works.\nAnd so on\n").outcome, Outcome::kUnsupported);
  EXPECT_EQ(MboxRun("Subject: x\n\n").outcome, Outcome::kUnsupported);
}

TEST(Mbox, LinesOfAnyLengthAreKept) {
  const std::string line(300'000, 'x');
  const auto messages = messages_of(message("a", line + "\nFrom me\n"));
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_THAT(messages[0], HasSubstr("\n" + line + "\nFrom me\n"));
}

TEST(Mbox, IsTheSameForAnyPieces) {
  struct Sink : mail::MboxSink {
    void begin_message() override { all += "<"; }
    void add(std::string_view bytes) override { all += bytes; }
    void end_message() override { all += ">"; }
    std::string all;
  };
  const std::string source = message("a", "one\n\n>From x\n\n") + message("b", "From y\n\nz");
  Sink whole;
  mail::MboxReader reader(whole);
  reader.feed(source);
  reader.finish();
  for (std::size_t size = 1; size < 40; ++size) {
    Sink pieces;
    mail::MboxReader piecewise(pieces);
    for (std::size_t at = 0; at < source.size(); at += size) {
      piecewise.feed(std::string_view(source).substr(at, size));
    }
    piecewise.finish();
    EXPECT_EQ(pieces.all, whole.all) << size;
  }
}

// 10,000 messages, 300 MB, from a source that cannot be mapped.
TEST(Mbox, ItsSizeCostsNoMemory) {
  const std::string one = message("subject", std::string(30'000, 'x') + "\n\n");
  constexpr std::uint64_t kMessages = 10'000;
  const std::uint64_t size = one.size() * kMessages;
  RecordingJob job(
      size,
      [&one](std::uint64_t offset, std::uint8_t* buffer, std::size_t wanted) {
        std::size_t done = 0;
        while (done < wanted && offset + done < one.size() * kMessages) {
          const std::size_t from = (offset + done) % one.size();
          const std::size_t part = std::min(wanted - done, one.size() - from);
          std::copy_n(one.data() + from, part, buffer + done);
          done += part;
        }
        return done;
      },
      "m.mbox", "application/mbox");
  RecordingJob::Limits limits;
  limits.children = 10;  // the job of a test keeps what it is given
  job.set_limits(limits);
  rusage before{};
  getrusage(RUSAGE_SELF, &before);
  mail::MboxConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kPartial);
  rusage after{};
  getrusage(RUSAGE_SELF, &after);
  EXPECT_EQ(job.metadata().at("messages"), "10000");
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 32 * 1024);
}

}  // namespace
}  // namespace sluice::test
