// Outlook's messages as a reader of the Markdown sees them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sluice/compound_file.hpp>

#include "unit/plugins/msg/outlook_builder.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kPng = "\x89PNG\r\n\x1a\n picture";

TEST(Msg, ShowsItsHeadAndText) {
  const ItemRun run(outlook_message()
                        .text(0x1000, "First line\r\n\r\nSecond paragraph\r\n")
                        .text(0x1035, "<1@b.example>")
                        .within(recipient(0, 1, "C", "c@d.example"))
                        .within(recipient(1, 2, "e@f.example", "e@f.example"))
                        .within(recipient(2, 3, "G", "g@h.example"))
                        .build());
  EXPECT_EQ(run.outcome, Outcome::kOk) << run.job->reason();
  EXPECT_EQ(run.markdown(),
            "# Hello\n\n**From:** A B \\<a@b.example>\\\n**To:** C \\<c@d.example>\\\n"
            "**Cc:** e@f.example\\\n**Bcc:** G \\<g@h.example>\\\n**Date:** 2024-03-01 "
            "10:00:00Z\n\nFirst line\n\nSecond paragraph\n");
  EXPECT_EQ(run.job->metadata().at("title"), "Hello");
  EXPECT_EQ(run.job->metadata().at("created"), "2024-03-01T10:00:00Z");
  EXPECT_EQ(run.job->metadata().at("message_id"), "1@b.example");
  EXPECT_TRUE(run.job->violations().empty());
}

TEST(Msg, TextsOfEightBitsAreInItsCodePage) {
  OutlookBuilder builder;
  builder.number(0x3FFD, 932).narrow(0x0037, "\x83\x4A\x83\x69").narrow(0x1000, "\x83\x8A\x83\x41");
  EXPECT_EQ(ItemRun(builder.build()).markdown(), "# カナ\n\nリア\n");
}

TEST(Msg, HtmlIsInItsCharset) {
  const std::string html = "<ul><li>caf\xE9</ul><img src='cid:p@x'>";
  const ItemRun run(outlook_message()
                        .binary(0x1013, html)
                        .number(0x3FDE, 1252)
                        .within(attachment(0, "p.png").text(0x3712, "p@x").binary(0x3701, kPng))
                        .build());
  EXPECT_THAT(run.markdown(), HasSubstr("- café\n"));
  EXPECT_THAT(run.markdown(), HasSubstr("![](images/m/p.png)"));
  EXPECT_THAT(run.markdown(), Not(HasSubstr("Attachments")));
}

// Uncompressed, as [MS-OXRTFCP] allows.
std::string stored_rtf(const std::string& rtf) {
  return little(rtf.size() + 12, 4) + little(rtf.size(), 4) + "MELA" + little(0, 4) + rtf;
}

TEST(Msg, HtmlWithinRtfIsFound) {
  const std::string rtf =
      "{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <ul>}{\\*\\htmltag64 <li>}one{\\*\\htmltag64 "
      "</ul>}}";
  EXPECT_THAT(ItemRun(outlook_message().binary(0x1009, stored_rtf(rtf)).build()).markdown(),
              HasSubstr("- one\n"));
}

TEST(Msg, RtfIsShown) {
  const std::string rtf = "{\\rtf1\\ansi Some {\\b bold} text\\par}";
  const ItemRun run(
      outlook_message().text(0x1000, "Some bold text").binary(0x1009, stored_rtf(rtf)).build());
  EXPECT_THAT(run.markdown(), HasSubstr("Some **bold** text\n"));
  EXPECT_THAT(
      ItemRun(
          outlook_message().text(0x1000, "Some bold text").binary(0x1009, stored_rtf(rtf)).build(),
          "plain")
          .markdown(),
      HasSubstr("Some bold text\n"));
}

TEST(Msg, AttachmentsAreDocumentsWithinIt) {
  const ItemRun run(outlook_message()
                        .text(0x1000, "text")
                        .within(attachment(0, "a/b.csv").binary(0x3701, "x,y\n"))
                        .within(attachment(1, "big.bin").binary(0x3701, std::string(10'000, 'z')))
                        .build());
  ASSERT_EQ(run.job->children().size(), 2U);
  EXPECT_EQ(run.job->children()[0].name, "a-b.csv");
  EXPECT_EQ(run.job->children()[0].bytes, "x,y\n");
  EXPECT_EQ(run.job->children()[1].bytes, std::string(10'000, 'z'));
}

// An object of another program: the document in it, or else its storage as a file.
TEST(Msg, ObjectsAreTheDocumentsInThem) {
  const auto object = [](int index, const std::string& stream, const std::string& bytes) {
    OutlookBuilder builder = attachment(index, "object");
    return std::pair(builder, std::pair("__attach_version1.0_#0000000" + std::to_string(index) +
                                            "/__substg1.0_3701000D/" + stream,
                                        bytes));
  };
  OutlookBuilder message = outlook_message();
  message.text(0x1000, "text");
  std::vector<std::pair<std::string, std::string>> streams;
  const auto add = [&](const auto& made) {
    message.within(made.first);
    streams.push_back(made.second);
  };
  add(object(0, "CONTENTS", "%PDF-1.4"));
  add(object(1, "Other", "x"));
  auto all = message.all();
  all.insert(all.end(), streams.begin(), streams.end());
  const ItemRun run(compound_file(all));
  ASSERT_EQ(run.job->children().size(), 2U);
  EXPECT_EQ(run.job->children()[0].bytes, "%PDF-1.4");
  CompoundFile copy(run.job->children()[1].bytes);
  EXPECT_EQ(copy.read(*copy.find("Other")).bytes, "x");
}

// A message within a message is handed over as a file of its own, which holds another one.
TEST(Msg, MessagesWithinItAreFilesOfTheirOwn) {
  const auto inner_folder = [](const std::string& data) {
    OutlookBuilder inner("__substg1.0_3701000D/", 24);
    inner.text(0x0037, "Inner").text(0x1000, data);
    return inner;
  };
  OutlookBuilder deepest("__substg1.0_3701000D/", 24);
  deepest.text(0x0037, "Deepest").narrow(0x1000, "down here").time(0x0039, kMoment);
  const std::string large(20'000, 'x');
  const ItemRun run(
      outlook_message()
          .within(attachment(0, "Inner")
                      .number(0x3705, 5)
                      .within(inner_folder(large).within(
                          attachment(0, "Deepest").number(0x3705, 5).within(deepest))))
          .build());
  ASSERT_EQ(run.job->children().size(), 1U);
  EXPECT_EQ(run.job->children()[0].name, "Inner.msg");
  EXPECT_EQ(run.job->children()[0].media_type, "application/vnd.ms-outlook");
  const ItemRun inner(run.job->children()[0].bytes);
  EXPECT_EQ(inner.outcome, Outcome::kOk) << inner.job->reason();
  EXPECT_THAT(inner.markdown(), HasSubstr("# Inner\n\n" + large));
  ASSERT_EQ(inner.job->children().size(), 1U);
  const ItemRun end(inner.job->children()[0].bytes);
  EXPECT_EQ(end.markdown(), "# Deepest\n\n**Date:** 2024-03-01 10:00:00Z\n\ndown here\n");
}

TEST(Msg, AppointmentsShowWhenTheyAre) {
  // The file's own number 0x8000 stands for the begin of an appointment.
  OutlookBuilder names("__nameid_version1.0/", 0);
  names.binary(0x0003, little(0x820D, 4) + little(6, 2) + little(0, 2));
  const ItemRun run(OutlookBuilder()
                        .text(0x001A, "IPM.Appointment")
                        .text(0x0037, "Meeting")
                        .time(0x8000, kMoment)
                        .within(names)
                        .build());
  EXPECT_EQ(run.markdown(), "# Meeting\n\n**Begins:** 2024-03-01 10:00:00 UTC\n");
}

TEST(Msg, TasksShowTheirStatus) {
  OutlookBuilder names("__nameid_version1.0/", 0);
  names.binary(0x0003, little(0x8101, 4) + little(6, 2) + little(0, 2) +  //
                           little(0x811F, 4) + little(6, 2) + little(1, 2));
  OutlookBuilder builder;
  builder.text(0x001A, "IPM.Task").text(0x0037, "Paint").number(0x8000, 1).text(0x8001, "Jane");
  EXPECT_EQ(ItemRun(builder.within(names).build()).markdown(),
            "# Paint\n\n**Status:** in progress\\\n**Owner:** Jane\n");
}

TEST(Msg, ACountryIsShownThoughAWordOfItsAddressHasItsLetters) {
  OutlookBuilder names("__nameid_version1.0/", 0);
  names.binary(0x0003, little(0x801B, 4) + little(6, 2) + little(0, 2) +  //
                           little(0x8049, 4) + little(6, 2) + little(1, 2));
  OutlookBuilder builder;
  builder.text(0x001A, "IPM.Contact").text(0x0037, "Jane");
  builder.text(0x8000, "1 BUS STATION\r\n99 Town").text(0x8001, "US");
  EXPECT_EQ(ItemRun(builder.within(names).build()).markdown(),
            "# Jane\n\n**Business address:** 1 BUS STATION, 99 Town, US\n");
}

TEST(Msg, ContactsShowAllThatACardHas) {
  OutlookBuilder names("__nameid_version1.0/", 0);
  names.binary(0x0003, little(0x8083, 4) + little(6, 2) + little(0, 2) +      //
                           little(0x8093, 4) + little(6, 2) + little(1, 2) +  //
                           little(0x801B, 4) + little(6, 2) + little(2, 2) +  //
                           little(0x8049, 4) + little(6, 2) + little(3, 2));
  OutlookBuilder builder;
  builder.text(0x001A, "IPM.Contact").text(0x0037, "Jane").text(0x3001, "Jane Doe");
  builder.text(0x3A18, "Maps").text(0x3A24, "+1 2").text(0x3A51, "https://e.org");
  builder.text(0x3A09, "+1 3").text(0x3A2F, "+1 4").time(0x3A42, kMoment);
  builder.text(0x8000, "a@e.org").text(0x8001, "b@e.org");
  builder.text(0x8002, "1 Road\r\n\r\n99 Town").text(0x8003, "Norway");
  // A home has no address as a whole here, only its parts.
  builder.text(0x3A5D, "2 Lane").text(0x3A59, "Town");
  EXPECT_EQ(ItemRun(builder.within(names).build()).markdown(),
            "# Jane\n\n**Name:** Jane Doe\\\n**Department:** Maps\\\n"
            "**Email:** a@e.org, b@e.org\\\n**Home phone:** +1 3, +1 4\\\n"
            "**Business fax:** +1 2\\\n**Web page:** https://e.org\\\n"
            "**Business address:** 1 Road, 99 Town, Norway\\\n**Home address:** 2 Lane, Town\\\n"
            "**Birthday:** 2024-03-01\n");
}

TEST(Msg, SignedMessagesAreRead) {
  const std::string mime =
      "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\nSigned text.\r\n--b\r\n"
      "Content-Type: application/pkcs7-signature\r\n\r\nx\r\n--b--\r\n";
  OutlookBuilder builder;
  builder.text(0x001A, "IPM.Note.SMIME.MultipartSigned")
      .text(0x0037, "s")
      .within(attachment(0, "smime.p7m").text(0x370E, "multipart/signed").binary(0x3701, mime));
  EXPECT_EQ(ItemRun(builder.build()).markdown(), "# s\n\nSigned text.\n");
}

TEST(Msg, EncryptedOnesAreReported) {
  OutlookBuilder builder;
  builder.text(0x001A, "IPM.Note.SMIME")
      .within(attachment(0, "smime.p7m")
                  .binary(0x3701,
                          std::string("\x30\x0D\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03\xA0\0",
                                      15)));
  EXPECT_EQ(ItemRun(builder.build()).outcome, Outcome::kEncrypted);
}

TEST(Msg, WhatIsInAnotherPlaceIsReported) {
  const ItemRun run(
      outlook_message().within(attachment(0, "x.doc").text(0x370D, "C:\\x.doc")).build());
  EXPECT_EQ(run.outcome, Outcome::kPartial);
  EXPECT_THAT(run.job->reason(), HasSubstr("C:\\x.doc"));
}

TEST(Msg, FilesOfOtherProgramsAreRefused) {
  EXPECT_EQ(ItemRun(compound_file({{"WordDocument", "x"}})).outcome, Outcome::kUnsupported);
  EXPECT_EQ(ItemRun("text").outcome, Outcome::kUnsupported);
}

TEST(Tnef, ShowsItsTextAndAttachments) {
  const std::string properties = little(2, 4) + little(0x001F, 2) + little(0x0037, 2) +
                                 little(1, 4) + little(6, 4) + utf16le("Hey") + little(0, 2) +
                                 // A named one, with its set and number.
                                 little(0x0003, 2) + little(0x8001, 2) + std::string(16, 's') +
                                 little(0, 4) + little(0x8501, 4) + little(15, 4);
  const std::string attached = little(1, 4) + little(0x001E, 2) + little(0x3707, 2) + little(1, 4) +
                               little(13, 4) + std::string("long name.csv") + std::string(3, '\0');
  const ItemRun run(tnef(attribute(1, 0x00069007, little(1252, 8)) +
                         attribute(1, 0x0002800C, std::string("caf\xE9\0", 5)) +
                         attribute(1, 0x00069003, properties) +
                         attribute(2, 0x00069002, std::string(14, '\0')) +
                         attribute(2, 0x00018010, std::string("LONGNA~1.CSV\0", 13)) +
                         attribute(2, 0x0006800F, "a,b\n") + attribute(2, 0x00069005, attached)));
  EXPECT_EQ(run.outcome, Outcome::kOk) << run.job->reason();
  EXPECT_THAT(run.markdown(), HasSubstr("# Hey\n\ncafé\n\n## Attachments\n\n- [long name.csv]("));
  EXPECT_EQ(run.job->children().at(0).bytes, "a,b\n");
}

TEST(Tnef, MessagesWithinItAreFilesOfTheirOwn) {
  const std::string inner = tnef(attribute(1, 0x0002800C, std::string("inside\0", 7)));
  const std::string object = std::string(16, 'i') + inner;
  const std::string attached = little(1, 4) + little(0x000D, 2) + little(0x3701, 2) + little(1, 4) +
                               little(object.size(), 4) + object;
  const ItemRun run(tnef(attribute(2, 0x00069002, std::string(14, '\0')) +
                         attribute(2, 0x00018010, std::string("Sub\0", 4)) +
                         attribute(2, 0x00069005, attached)));
  ASSERT_EQ(run.job->children().size(), 1U);
  EXPECT_EQ(run.job->children()[0].name, "Sub.tnef");
  EXPECT_EQ(ItemRun(run.job->children()[0].bytes).markdown(), "inside\n");
}

TEST(Tnef, TheCanaryComesOutAsItMust) {
  msg::TnefConverter converter;
  EXPECT_EQ(canary_fault(converter, R"({"body":"auto"})"), "");
}

// A stream that claims more bytes than the file has of it.
void cut_stream(std::string& file, const std::string& name) {
  constexpr std::size_t kSizeInEntry = 0x78;
  const std::size_t entry = file.find(utf16le(name));
  ASSERT_NE(entry, std::string::npos) << name;
  file.replace(entry + kSizeInEntry, 4, little(1'000'000, 4));
}

// One attachment may be damaged in several places.
TEST(HostileMsg, DamagedPlacesAreNotCountedAsAttachments) {
  OutlookBuilder inner("__substg1.0_3701000D/", 24);
  inner.binary(0x1013, std::string(5000, 'x')).binary(0x1009, std::string(5000, 'y'));
  std::string file =
      outlook_message().within(attachment(0, "in").number(0x3705, 5).within(inner)).build();
  cut_stream(file, "__substg1.0_10130102");
  cut_stream(file, "__substg1.0_10090102");
  const ItemRun run(file);
  EXPECT_EQ(run.outcome, Outcome::kPartial);
  EXPECT_EQ(run.job->reason(), "2 places in attachments could not be read");
}

std::string rich_file() {
  OutlookBuilder inner("__substg1.0_3701000D/", 24);
  inner.text(0x0037, "Inner").text(0x1000, "inside");
  return outlook_message()
      .text(0x1000, "text")
      .binary(0x1009, stored_rtf("{\\rtf1\\ansi Some {\\b bold} text\\par}"))
      .within(recipient(0, 1, "C", "c@d.example"))
      .within(attachment(0, "in").number(0x3705, 5).within(inner))
      .within(attachment(1, "a.csv").binary(0x3701, std::string(5000, 'x')))
      .build();
}

std::string rich_tnef() {
  const std::string attached = little(2, 4) + little(0x001E, 2) + little(0x3707, 2) + little(1, 4) +
                               little(3, 4) + "a.b" + std::string(1, '\0') + little(0x1003, 2) +
                               little(0x0C15, 2) + little(2, 4) + little(1, 4) + little(2, 4);
  return tnef(attribute(1, 0x0002800C, "text") + attribute(1, 0x00069004, little(1, 4) + attached) +
              attribute(2, 0x00069002, "r") + attribute(2, 0x0006800F, "data") +
              attribute(2, 0x00069005, attached));
}

TEST(HostileMsg, ItMayEndAnywhere) {
  for (const std::string& source : {rich_file(), rich_tnef()}) {
    const std::size_t step = source.size() > 2000 ? 13 : 1;
    for (std::size_t size = 0; size < source.size(); size += step) {
      const ItemRun run(source.substr(0, size));
      EXPECT_TRUE(run.job->violations().empty()) << size << run.job->violations().front();
      EXPECT_NE(run.outcome, Outcome::kInternal) << size << run.job->reason();
    }
  }
}

TEST(HostileMsg, AnyByteMayBeAnother) {
  for (const std::string& source : {rich_file(), rich_tnef()}) {
    const std::size_t step = source.size() > 2000 ? 7 : 1;
    for (std::size_t at = 0; at < source.size(); at += step) {
      for (const char byte : {'\0', '\x01', '\x7F', '\xFF'}) {
        std::string broken = source;
        broken[at] = byte;
        const ItemRun run(broken);
        EXPECT_TRUE(run.job->violations().empty()) << at << run.job->violations().front();
        EXPECT_NE(run.outcome, Outcome::kInternal) << at << run.job->reason();
      }
    }
  }
}

TEST(HostileMsg, CountsThatLieEndWithTheFile) {
  const std::string huge = little(0xFFFFFFFF, 4);
  for (const std::string& value :
       {huge, little(1, 4) + little(0x001E, 2) + little(0x3707, 2) + huge,
        little(1, 4) + little(0x101F, 2) + little(0x3707, 2) + huge + huge,
        little(1, 4) + little(0x1003, 2) + little(0x3707, 2) + huge,
        little(1, 4) + little(0x0003, 2) + little(0x8001, 2) + std::string(16, 's') + little(1, 4) +
            huge}) {
    const ItemRun run(tnef(attribute(1, 0x00069003, value) + attribute(1, 0x00069004, value) +
                           attribute(2, 0x00069005, value) + attribute(1, 0x0002800C, "text")));
    EXPECT_THAT(run.markdown(), HasSubstr("text"));
  }
}

}  // namespace
}  // namespace sluice::test
