// Messages as a reader of the Markdown sees them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/plugins/mail/mail_run.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHead =
    "From: \"Doe, J.\" <j@a.example>\nTo: b@b.example,\n C <c@c.example>\nCc: d@d.example\n"
    "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= [1]\nDate: Fri, 1 Mar 2024 10:00:00 +0100\n"
    "Message-ID: <1@a.example>\nIn-Reply-To: <0@a.example>\n";

TEST(Mail, ShowsItsHeadAndText) {
  const MailRun run(std::string(kHead) + "\nHello\nWorld,\nhere is a line.\n");
  EXPECT_EQ(run.outcome, Outcome::kOk);
  EXPECT_EQ(run.markdown(),
            "# Grüße [1]\n\n**From:** Doe, J. \\<j@a.example>\\\n**To:** b@b.example, C "
            "\\<c@c.example>\\\n**Cc:** d@d.example\\\n**Date:** 2024-03-01 10:00:00+01:00\n\n"
            "Hello\\\nWorld,\\\nhere is a line.\n");
}

TEST(Mail, ItsHeadIsFrontMatter) {
  const MailRun run(std::string(kHead) + "\nx\n");
  const auto& metadata = run.job->metadata();
  EXPECT_EQ(metadata.at("title"), "Grüße [1]");
  EXPECT_EQ(metadata.at("author"), "Doe, J.");
  EXPECT_EQ(metadata.at("from"), "Doe, J. <j@a.example>");
  EXPECT_EQ(metadata.at("to"), "b@b.example, C <c@c.example>");
  EXPECT_EQ(metadata.at("cc"), "d@d.example");
  EXPECT_EQ(metadata.at("created"), "2024-03-01T10:00:00+01:00");
  EXPECT_EQ(metadata.at("date"), "2024-03-01T10:00:00+01:00");
  EXPECT_EQ(metadata.at("message_id"), "1@a.example");
  EXPECT_EQ(metadata.at("in_reply_to"), "0@a.example");
}

TEST(Mail, ADateThatIsNoneIsText) {
  const MailRun run("From: a@b.example\nDate: last spring\n\nx\n");
  EXPECT_EQ(run.job->metadata().count("created"), 0U);
  EXPECT_EQ(run.job->metadata().at("date"), "last spring");
}

TEST(Mail, TextIsInItsCharset) {
  EXPECT_EQ(body_of("Content-Type: text/plain; charset=iso-8859-1\n", "caf\xE9\n"), "café\n");
  EXPECT_EQ(body_of("Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n",
                    "8NLJ18XU\n"),
            "Привет\n");
  EXPECT_EQ(body_of("Content-Type: text/plain; charset=utf-7\n", "caf+AOk-\n"), "café\n");
  EXPECT_EQ(body_of("Content-Type: text/plain; charset=x-unknown\n", "caf\xC3\xA9\n"), "café\n");
  EXPECT_EQ(body_of("Content-Type: text/plain; charset=us-ascii\n", "caf\xE9 au lait\n"),
            "café au lait\n");
}

TEST(Mail, FlowedTextIsJoined) {
  const std::string flowed = "Content-Type: text/plain; format=flowed\n";
  EXPECT_EQ(body_of(flowed, "one \ntwo \nthree\n\nfour\n"), "one two three\n\nfour\n");
  EXPECT_EQ(body_of(flowed, "> one \n> two\n\nme\n"), "> one two\n\nme\n");
  EXPECT_EQ(body_of(flowed, " From here \nto there\n"), "From here to there\n");
  EXPECT_EQ(body_of(flowed, "text \n-- \nsig\n"), "text\n\n---\n\nsig\n");
  EXPECT_EQ(body_of("Content-Type: text/plain; format=flowed; delsp=yes\n", "日本 \n語\n"),
            "日本語\n");
}

TEST(Mail, QuotesAreQuotes) {
  EXPECT_EQ(body_of("", "> one\n> > two\n>> three\n\nmine\n"),
            "> one\n>\n> > two\\\n> > three\n\nmine\n");
  EXPECT_EQ(body_of("", "> one\n>\n> two\n"), "> one\n>\n> two\n");
  EXPECT_EQ(body_of("", "> one\n\n> two\n"), "> one\n>\n> two\n");
}

TEST(Mail, AddressesInAngleBracketsAreLinks) {
  EXPECT_EQ(body_of("", "See <https://e.example/a?b=c>, or <not a link>.\n"),
            "See <https://e.example/a?b=c>, or \\<not a link>.\n");
}

TEST(Mail, TheSignatureKeepsItsLines) {
  EXPECT_EQ(body_of("", "Bye\n\n-- \nJ. Doe\nExample Ltd\n"),
            "Bye\n\n---\n\nJ. Doe\\\nExample Ltd\n");
}

const std::string kPlain = "Content-Type: text/plain\n\nThe plain text of it all.\n";
const std::string kHtml = "Content-Type: text/html\n\n<p>The <b>HTML</b> text of all.</p>\n";

TEST(MailAlternatives, PlainIsShownWhereBothSayTheSame) {
  const MailRun run(multipart("alternative", {kPlain, kHtml}));
  EXPECT_THAT(run.markdown(), HasSubstr("The plain text of it all."));
  EXPECT_THAT(run.markdown(), Not(HasSubstr("HTML")));
  EXPECT_TRUE(run.job->children().empty());
}

TEST(MailAlternatives, HtmlIsShownWherePlainIsAStub) {
  for (const std::string plain :
       {"Content-Type: text/plain\n\nNo HTML?\n", "Content-Type: text/plain\n\n\n"}) {
    EXPECT_THAT(MailRun(multipart("alternative", {plain, kHtml})).markdown(),
                HasSubstr("The **HTML** text"));
  }
  EXPECT_THAT(MailRun(multipart("alternative", {kHtml})).markdown(), HasSubstr("**HTML**"));
}

TEST(MailAlternatives, HtmlIsShownForWhatPlainTextCannotHave) {
  for (const std::string html :
       {"<h2>Head</h2><p>The plain text of it.</p>", "<ul><li>The plain text</ul> of it all",
        "<table><tr><th>a</th><th>b</th></tr><tr><td>The plain</td><td>text of "
        "it</td></tr></table>"}) {
    const MailRun run(multipart("alternative", {kPlain, "Content-Type: text/html\n\n" + html}));
    EXPECT_THAT(run.markdown(), Not(HasSubstr("The plain text of it all."))) << html;
  }
}

// Advertisers hide a line that lists of messages show beside the subject.
TEST(MailAlternatives, WhatHtmlHidesIsReported) {
  const MailRun run(
      multipart("mixed", {"Content-Type: text/html\n\n<div style='display:none'>Save 20 "
                          "percent</div><p>Dear all</p>"}));
  EXPECT_THAT(run.markdown(), Not(HasSubstr("Save")));
  ASSERT_EQ(run.job->warnings().size(), 1U);
  EXPECT_EQ(run.job->warnings()[0].message, "1 hidden element is left out: \"Save 20 percent\"");
}

TEST(MailAlternatives, TheUserChooses) {
  const std::string source = multipart("alternative", {kPlain, kHtml});
  EXPECT_THAT(MailRun(source, "html").markdown(), HasSubstr("**HTML**"));
  const std::string list = "Content-Type: text/html\n\n<ul><li>The plain text</ul> of it all";
  EXPECT_THAT(MailRun(multipart("alternative", {kPlain, list}), "plain").markdown(),
              HasSubstr("The plain text of it all."));
  // What says nothing is no choice.
  EXPECT_THAT(MailRun(multipart("alternative", {"Content-Type: text/plain\n\n \n", kHtml}), "plain")
                  .markdown(),
              HasSubstr("**HTML**"));
}

TEST(MailAlternatives, OtherFormsAreAttached) {
  const MailRun run(multipart(
      "alternative", {kPlain, "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n"}));
  ASSERT_EQ(run.job->children().size(), 1U);
  EXPECT_EQ(run.child(0).media_type, "text/calendar");
  EXPECT_EQ(run.child(0).name, "attachment-1.ics");
}

std::string picture(const std::string& more) {
  return "Content-Type: image/png; name=\"p.png\"\nContent-Transfer-Encoding: base64\n" + more +
         "\n" + kPictureBase64;
}

TEST(MailPictures, StandWhereTheHtmlHasThem) {
  const std::string html =
      "Content-Type: text/html\n\n<p>before <img src=\"cid:a%40b\" alt=\"it\"> after</p>";
  const MailRun run(multipart("related", {html, picture("Content-ID: <a@b>\n")}));
  EXPECT_THAT(run.markdown(), HasSubstr("before ![it](images/m/p.png) after"));
  EXPECT_THAT(run.markdown(), Not(HasSubstr("Attachments")));
  EXPECT_EQ(run.job->assets().at(0).bytes, kPicture);
}

TEST(MailPictures, AreReasonToShowTheHtml) {
  const std::string related =
      "Content-Type: multipart/related; boundary=R\n\n--R\nContent-Type: text/html\n\n<p>The plain "
      "text <img src='CID:A@B'> of it all.</p>\n--R\n" +
      picture("Content-ID: <a@b>\n") + "\n--R--\n";
  const MailRun run(multipart("alternative", {kPlain, related}));
  EXPECT_THAT(run.markdown(), HasSubstr("![](images/m/p.png)"));
}

TEST(MailPictures, ThatNothingRefersToAreAttached) {
  const MailRun run(multipart("related", {kHtml, picture("Content-ID: <x@y>\n")}));
  EXPECT_THAT(run.markdown(), HasSubstr("## Attachments\n\n- ![p.png](images/m/p.png)\n"));
}

TEST(MailPictures, InlineOnesAreShownInOrder) {
  const MailRun run(multipart("mixed", {kPlain, picture("Content-Disposition: inline\n"),
                                        "Content-Type: text/plain\n\nMore text.\n"}));
  EXPECT_THAT(run.markdown(), HasSubstr("it all.\n\n![p.png](images/m/p.png)\n\nMore text.\n"));
}

TEST(MailPictures, ThatAreMissingAreReported) {
  const MailRun run(
      multipart("related", {"Content-Type: text/html\n\n<p>x<img src='cid:no'></p>"}));
  EXPECT_TRUE(run.has_warning("missing-image"));
}

TEST(MailAttachments, AreDocumentsWithinIt) {
  const MailRun run(multipart(
      "mixed",
      {kPlain,
       "Content-Type: application/pdf; name=\"a [1].pdf\"\nContent-Disposition: attachment\n"
       "Content-Transfer-Encoding: base64\n\naGVsbG8=",
       "Content-Type: text/csv\nContent-Disposition: attachment; filename*=utf-8''f%C3%BC.csv\n"
       "\na,b\n"}));
  EXPECT_EQ(run.outcome, Outcome::kOk);
  ASSERT_EQ(run.job->children().size(), 2U);
  EXPECT_EQ(run.child(0).name, "a [1].pdf");
  EXPECT_EQ(run.child(0).media_type, "application/pdf");
  EXPECT_EQ(run.child(0).bytes, "hello");
  EXPECT_EQ(run.child(1).name, "fü.csv");
  EXPECT_EQ(run.child(1).bytes, "a,b\n");
  EXPECT_THAT(run.markdown(),
              HasSubstr("## Attachments\n\n- [a \\[1\\].pdf](a%20%5B1%5D.pdf) (5 bytes)\n"
                        "- [fü.csv](fü.csv) (4 bytes)\n"));
  EXPECT_TRUE(run.job->violations().empty());
}

TEST(MailAttachments, MessagesAreNamedByTheirSubject) {
  const MailRun run(multipart(
      "mixed",
      {kPlain, "Content-Type: message/rfc822\n\nSubject: Re: a/b\nFrom: x@y.example\n\ninner"}));
  ASSERT_EQ(run.job->children().size(), 1U);
  EXPECT_EQ(run.child(0).name, "Re: a-b.eml");
  EXPECT_EQ(run.child(0).bytes, "Subject: Re: a/b\nFrom: x@y.example\n\ninner");
}

TEST(MailAttachments, MessagesKeepTheirOwnParts) {
  const std::string inner = multipart("mixed", {kPlain}).replace(0, 0, "Subject: in\n");
  std::string source = "From: a@b.example\nContent-Type: multipart/digest; boundary=D\n\n--D\n\n" +
                       inner + "\n--D--\n";
  const MailRun run(source);
  ASSERT_EQ(run.job->children().size(), 1U);
  EXPECT_EQ(run.child(0).bytes, inner);
}

TEST(MailAttachments, TextFilesAreNoneOfTheText) {
  const MailRun run(multipart(
      "mixed",
      {kPlain, "Content-Type: text/plain; name=log.txt\nContent-Disposition: inline\n\nlog"}));
  ASSERT_EQ(run.job->children().size(), 1U);
  EXPECT_EQ(run.child(0).bytes, "log");
}

TEST(MailAttachments, EmptyOnesAreNamed) {
  const MailRun run(multipart(
      "mixed",
      {kPlain,
       "Content-Type: application/pdf\nContent-Disposition: attachment; filename=e.pdf\n\n"}));
  EXPECT_TRUE(run.job->children().empty());
  EXPECT_THAT(run.markdown(), HasSubstr("- e.pdf (empty)\n"));
}

TEST(MailAttachments, UuencodedFilesLeaveTheText) {
  const std::string text = "Hi\n\nbegin 644 h.txt\n%:&5L;&\\\n`\nend\n\nBye\n";
  const MailRun run("From: a@b.example\n\n" + text);
  ASSERT_EQ(run.job->children().size(), 1U);
  EXPECT_EQ(run.child(0).bytes, "hello");
  EXPECT_THAT(run.markdown(),
              HasSubstr("Hi\n\nBye\n\n## Attachments\n\n- [h.txt](h.txt) (5 bytes)"));
}

TEST(MailAttachments, OfABrokenEncodingAreKeptAndReported) {
  const MailRun run(
      multipart("mixed", {kPlain,
                          "Content-Disposition: attachment; filename=x.bin\n"
                          "Content-Type: a/b\nContent-Transfer-Encoding: base64\n\naGV*sbG8="}));
  EXPECT_EQ(run.child(0).bytes, "hello");
  EXPECT_TRUE(run.has_warning("damaged-encoding"));
}

TEST(MailSecurity, WhatIsSignedIsShown) {
  const MailRun run(multipart(
      "signed",
      {kPlain, "Content-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN"}));
  EXPECT_EQ(run.outcome, Outcome::kOk);
  EXPECT_THAT(run.markdown(), HasSubstr("The plain text of it all."));
  EXPECT_TRUE(run.job->children().empty());
  EXPECT_TRUE(run.has_warning("signature"));
}

TEST(MailSecurity, ClearSignedTextIsShownWithoutItsArmour) {
  const std::string text =
      "Hello\n\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nsigned\n- - dash\n"
      "-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n\nafter\n";
  EXPECT_EQ(body_of("", text), "Hello\n\nsigned\\\n\\- dash\n\nafter\n");
}

TEST(MailSecurity, WhatIsEncryptedIsReported) {
  const std::vector<std::string> sources = {
      multipart("encrypted; protocol=\"application/pgp-encrypted\"",
                {"Content-Type: application/pgp-encrypted\n\nVersion: 1",
                 "Content-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----"}),
      "From: a@b.example\n\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n",
      // ContentInfo of enveloped-data.
      "From: a@b.example\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; "
      "name=smime.p7m\nContent-Disposition: attachment; filename=smime.p7m\n"
      "Content-Transfer-Encoding: base64\n\nMA0GCSqGSIb3DQEHA6AA\n"};
  for (const std::string& source : sources) {
    const MailRun run(source);
    EXPECT_EQ(run.outcome, Outcome::kEncrypted) << source;
    EXPECT_THAT(run.job->reason(), HasSubstr("encrypted with"));
  }
}

std::string der(char tag, const std::string& content) {
  std::string out(1, tag);
  if (content.size() < 0x80) {
    out += static_cast<char>(content.size());
  } else {
    out += '\x82';
    out += static_cast<char>(content.size() >> 8);
    out += static_cast<char>(content.size());
  }
  return out + content;
}

// A message within an S/MIME signature (RFC 5652): its octets in one piece, or in several.
std::string signed_data(const std::string& octets) {
  const std::string pkcs7("\x2A\x86\x48\x86\xF7\x0D\x01\x07", 8);
  const std::string content = der('\x30', der('\x06', pkcs7 + "\x01") + der('\xA0', octets));
  const std::string data = der('\x30', der('\x02', "\x01") + der('\x31', "") + content);
  return der('\x30', der('\x06', pkcs7 + "\x02") + der('\xA0', data));
}

TEST(MailSecurity, AMessageWithinASignatureIsShown) {
  const std::string inner = "Content-Type: text/plain\n\nInside the signature.\n";
  const std::string whole = der('\x04', inner);
  const std::string pieces = "\x24\x80" + der('\x04', inner.substr(0, 30)) +
                             der('\x04', inner.substr(30)) + std::string(2, '\0');
  for (const std::string& octets : {whole, pieces}) {
    const MailRun run(
        "From: a@b.example\nContent-Type: application/pkcs7-mime; name=smime.p7m\n"
        "Content-Transfer-Encoding: 8bit\n\n" +
        signed_data(octets));
    EXPECT_EQ(run.outcome, Outcome::kOk) << run.job->reason();
    EXPECT_THAT(run.markdown(), HasSubstr("Inside the signature."));
    EXPECT_TRUE(run.has_warning("signature"));
  }
}

TEST(MailReports, AreShownAsTheyAre) {
  const MailRun run(multipart("report", {"Content-Type: text/plain\n\nNot delivered.\n",
                                         "Content-Type: message/delivery-status\n\nReporting-MTA: "
                                         "dns; a.example\n\nStatus: 5.1.1\n"}));
  EXPECT_THAT(run.markdown(),
              HasSubstr("```text\nReporting-MTA: dns; a.example\n\nStatus: 5.1.1\n```"));
}

TEST(SavedPages, AreShownAsPages) {
  const std::string source =
      "From: <Saved by Blink>\nSnapshot-Content-Location: https://e.example/d/\nSubject: Saved\n"
      "MIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"B\"\n\n"
      "--B\nContent-Type: text/html\nContent-Location: https://e.example/d/\n\n"
      "<title>Page</title><h1>Page</h1><p>Text <img src='i.png'></p>\n"
      "--B\nContent-Type: image/png\nContent-Location: https://e.example/d/i.png\n"
      "Content-Transfer-Encoding: base64\n\n" +
      std::string(kPictureBase64) +
      "\n--B\nContent-Type: text/css\nContent-Location: cid:x\n\np{}\n--B--\n";
  const MailRun run(source);
  EXPECT_EQ(run.outcome, Outcome::kOk);
  EXPECT_EQ(run.markdown(), "# Page\n\nText ![](images/m/picture.png)\n");
  EXPECT_EQ(run.job->metadata().at("title"), "Page");
  EXPECT_TRUE(run.job->children().empty());
}

TEST(Mail, ScriptsAreNoLinks) {
  EXPECT_EQ(body_of("Content-Type: text/html\n", "<a href='javascript:x()'>click</a>\n"),
            "click\n");
}

TEST(Mail, WhatIsNoneIsRefused) {
  for (const std::string source :
       {"just text\n", "Note: this\n\nis text\n", "key: value\nother: value\n"}) {
    EXPECT_EQ(MailRun(source).outcome, Outcome::kUnsupported) << source;
  }
  EXPECT_EQ(MailRun("").outcome, Outcome::kEmpty);
}

// Apple Mail: the size, the message, and what the program knows of it.
TEST(Mail, AMessageOfAppleMailIsReadWithoutWhatIsAroundIt) {
  const std::string text = "From: a@b.example\nSubject: Hi\n\nText\n";
  const std::string list = "<?xml version=\"1.0\"?><plist><dict><key>flags</key></dict></plist>\n";
  for (const std::string end : {"\n", "      \n", " \r\n"}) {
    const MailRun run(std::to_string(text.size()) + end + text + list);
    EXPECT_EQ(run.outcome, Outcome::kOk);
    EXPECT_EQ(run.markdown(), "# Hi\n\n**From:** a@b.example\n\nText\n");
  }
  const MailRun cut("900\n" + text);
  EXPECT_EQ(cut.outcome, Outcome::kPartial);
  EXPECT_THAT(cut.markdown(), HasSubstr("Text\n"));
  EXPECT_EQ(MailRun("12 items\n" + text).outcome, Outcome::kOk) << "a line that is no field";
  EXPECT_EQ(MailRun("12\nText\n").outcome, Outcome::kUnsupported);
  EXPECT_EQ(MailRun("99999999999999999999999\nText\n").outcome, Outcome::kUnsupported);
}

TEST(Mail, Utf16IsRead) {
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("From: a@b.example\nSubject: Hi\n\nText\n")) {
    wide += c;
    wide += '\0';
  }
  EXPECT_THAT(MailRun(wide).markdown(), HasSubstr("# Hi\n\n**From:** a@b.example\n\nText\n"));
  EXPECT_THAT(MailRun(wide.substr(2)).markdown(), HasSubstr("# Hi"));
}

TEST(Mail, TheCanaryComesOutAsItMust) {
  mail::MailConverter converter;
  EXPECT_EQ(canary_fault(converter, R"({"body":"auto"})"), "");
}

}  // namespace
}  // namespace sluice::test
