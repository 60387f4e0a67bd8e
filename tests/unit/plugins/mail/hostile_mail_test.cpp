// Messages that are made to break a reader: each ends in bounded time, and loses no more than it
// must.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "unit/plugins/mail/mail_run.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string nested(int depth) {
  std::string source = "From: a@b.example\n";
  std::string end;
  for (int i = 0; i < depth; ++i) {
    const std::string boundary = "b" + std::to_string(i);
    source += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
    end = "\n--" + boundary + "--" + end;
  }
  return source + "Content-Type: text/plain\n\ndeep down\n" + end + "\n";
}

TEST(HostileMail, DepthIsBounded) {
  const MailRun fine(nested(30));
  EXPECT_EQ(fine.outcome, Outcome::kOk);
  EXPECT_THAT(fine.markdown(), HasSubstr("deep down"));
  const MailRun deep(nested(5000));
  EXPECT_EQ(deep.outcome, Outcome::kPartial);
  EXPECT_THAT(deep.job->reason(), HasSubstr("nested more than 32 deep"));
}

TEST(HostileMail, TheNumberOfPartsIsBounded) {
  const MailRun run("From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" +
                    repeated("--b\n\nx\n", 100'000));
  EXPECT_EQ(run.outcome, Outcome::kPartial);
  EXPECT_THAT(run.job->reason(), HasSubstr("more than 20000 parts"));
}

TEST(HostileMail, MoreChildrenThanTheHostTakesAreNamed) {
  RecordingJob job("From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" +
                       repeated("--b\nContent-Disposition: attachment; filename=x.txt\n\nx\n", 20) +
                       "--b--\n",
                   "m.eml", "message/rfc822");
  job.set_options(R"({"body":"auto"})");
  RecordingJob::Limits limits;
  limits.children = 5;
  job.set_limits(limits);
  mail::MailConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kPartial);
  EXPECT_EQ(job.children().size(), 5U);
  EXPECT_TRUE(job.violations().empty());
}

// Each of some MB; quadratic work on one would take minutes.
TEST(HostileMail, NothingTakesLongerThanItsSize) {
  constexpr std::size_t kMany = 200'000;
  const std::string from = "From: a@b.example\n";
  const std::vector<std::pair<const char*, std::string>> sources = {
      {"lines of dashes", from + "Content-Type: multipart/mixed; boundary=b\n\n" +
                              repeated("--------------------\n", kMany)},
      {"one line of dashes",
       from + "Content-Type: multipart/mixed; boundary=b\n\n" + std::string(8'000'000, '-')},
      {"boundaries that nearly fit",
       from + "Content-Type: multipart/mixed; boundary=" + std::string(900, 'b') + "\n\n" +
           repeated("--" + std::string(899, 'b') + "\n", 8000)},
      {"fields", from + repeated("X-A: b\n", kMany) + "\nx"},
      {"a folded field", from + "X-A: b\n" + repeated(" folded\n", kMany) + "\nx"},
      {"lines of a header that are none", from + repeated("no field\nTo: a\n", kMany) + "\nx"},
      {"words that never end", from + "Subject: " + repeated("=?utf-8?q?", kMany) + "\n\nx"},
      {"words", from + "Subject: " + repeated("=?koi8-r?b?8NI=?= ", kMany / 8) + "\n\nx"},
      {"brackets in addresses", from + "To: " + std::string(kMany, '(') + "\n\nx"},
      {"quotes in addresses", from + "To: " + repeated("\"a\" ", kMany) + "\n\nx"},
      {"addresses", from + "To: " + repeated("a@b.example, ", kMany) + "\n\nx"},
      {"brackets in parameters",
       from + "Content-Type: text/plain; " + repeated("a=(((((", kMany) + "\n\nx"},
      {"parameters", from + "Content-Type: text/plain; " + repeated("a=b; ", kMany) + "\n\nx"},
      {"pieces of a parameter",
       from + "Content-Type: text/plain; " + repeated("name*1=b; ", kMany) + "\n\nx"},
      {"uuencode that never ends",
       from + "\n" + repeated("begin 644 x\nM" + std::string(60, '0') + "\n", 40'000)},
      {"quotes of text", from + "\n" + repeated(std::string(200, '>') + "\n", 20'000)},
      {"blank lines", from + "\n" + repeated("\n", kMany * 4)},
      {"blank lines in a quote", from + "\n" + repeated("> a\n\n", kMany)},
      {"blank lines between quotes", from + "\n> a\n" + repeated("\n", kMany * 4) + "> b\n"},
      {"words of no encoding", from + "Subject: " + repeated("=?a?x? ", kMany) + "?=\n\nx"},
      {"signed messages",
       from + "\n" + repeated("-----BEGIN PGP SIGNED MESSAGE-----\n", kMany / 4)},
      {"angle brackets", from + "\n" + repeated("<https://", kMany)},
      {"blanks that flow",
       from + "Content-Type: text/plain; format=flowed\n\n" + repeated("a \n", kMany)},
  };
  for (const auto& [name, source] : sources) {
    const auto begin = std::chrono::steady_clock::now();
    const MailRun run(source);
    const auto took = std::chrono::steady_clock::now() - begin;
    const double seconds = std::chrono::duration<double>(took).count();
    EXPECT_LT(seconds, 8.0) << name;
    EXPECT_TRUE(run.job->violations().empty()) << name;
  }
}

TEST(HostileMail, NamesLeadNowhere) {
  for (const std::string name : {"../../etc/passwd", "..", ".", "/", "a/../..", "C:\\\\..\\\\x",
                                 "..\\\\..\\\\x", "%2e%2e%2fx"}) {
    const MailRun run(multipart("mixed", {"\ntext", "Content-Disposition: attachment; filename=\"" +
                                                        name + "\"\n\nbytes"}));
    ASSERT_EQ(run.job->children().size(), 1U) << name;
    EXPECT_EQ(run.child(0).name.find_first_of("/\\"), std::string::npos) << name;
    EXPECT_NE(run.child(0).name, "..") << name;
    EXPECT_EQ(run.child(0).bytes, "bytes") << name;
  }
}

// A message with all that this converter knows.
std::string rich_message() {
  return multipart(
      "mixed",
      {"Content-Type: multipart/alternative; boundary=\"A\"\n\n--A\nContent-Type: text/plain; "
       "format=flowed\nContent-Transfer-Encoding: quoted-printable\n\n> a=20\n> "
       "b\n--A\nContent-Type: "
       "text/html; charset=iso-8859-1\n\n<ul><li>caf\xE9<img src=cid:p></ul>\n--A--\n",
       std::string(
           "Content-Type: image/png\nContent-ID: <p>\nContent-Transfer-Encoding: base64\n\n") +
           kPictureBase64,
       "Content-Type: message/rfc822\n\nSubject: in\n\nx",
       "Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: "
       "base64\n\nMA0GCSqGSIb3DQEHAqAA",
       "Content-Type: text/plain; name*0*=utf-8''a%20; name*1=b.txt\n\nbegin 644 "
       "x\n%:&5L;&\\\n`\nend\n"});
}

TEST(HostileMail, ItMayEndAnywhere) {
  const std::string source = rich_message();
  for (std::size_t size = 0; size < source.size(); ++size) {
    const MailRun run(source.substr(0, size));
    EXPECT_TRUE(run.job->violations().empty()) << size;
    EXPECT_NE(run.outcome, Outcome::kInternal) << size;
  }
}

TEST(HostileMail, AnyByteMayBeAnother) {
  const std::string source = rich_message();
  for (std::size_t at = 0; at < source.size(); ++at) {
    for (const char byte : {'\0', '\n', '-', '"', '\xFF'}) {
      std::string broken = source;
      broken[at] = byte;
      const MailRun run(broken);
      EXPECT_TRUE(run.job->violations().empty()) << at << " " << run.job->violations().front();
      EXPECT_NE(run.outcome, Outcome::kInternal) << at << run.job->reason();
    }
  }
}

TEST(HostileMail, ASmallBodyIsALimit) {
  RecordingJob job(rich_message(), "m.eml", "message/rfc822");
  job.set_options(R"({"body":"auto"})");
  RecordingJob::Limits limits;
  limits.body_bytes = 10;
  job.set_limits(limits);
  mail::MailConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kLimit);
}

TEST(HostileMail, StopsOnRequest) {
  RecordingJob job(rich_message(), "m.eml", "message/rfc822");
  job.set_options(R"({"body":"auto"})");
  job.cancel_after(1);
  mail::MailConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kCancelled);
}

}  // namespace
}  // namespace sluice::test
