// Mail in a knowledge base, as a user meets it: a message with all that is within it is added,
// changed and removed as one; hostile messages end as they must.
#include "cli/command_session.h"
#include "kit/base64.h"
#include "kit/compound_file_builder.h"
#include "kit/office_package.h"

namespace sluice::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kPicture = "\x89PNG\r\n\x1a\n picture";

std::string docx(const std::string& text) {
  const std::string document =
      "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "
      "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' "
      "xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' "
      "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "
      "xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/"
      "picture'><w:body><w:p><w:r><w:t>" +
      text +
      "</w:t></w:r></w:p><w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' name='p' descr='it'/>"
      "<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed='rId9'/></pic:blipFill>"
      "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:body>"
      "</w:document>";
  return OfficePackage("word/document.xml")
      .part("word/document.xml", document)
      .part("word/media/p.png", kPicture)
      .relate("word/document.xml", "rId9", "image", "media/p.png")
      .build();
}

struct Attached {
  std::string name;
  std::string bytes;
  std::string type = "application/octet-stream";
};

std::string mail(const std::string& subject, const std::vector<Attached>& attached) {
  static int boundaries = 0;
  const std::string boundary = "b" + std::to_string(++boundaries);
  std::string text =
      "From: A <a@b.example>\r\nTo: c@d.example\r\nSubject: " + subject + "\r\nMessage-ID: <" +
      subject +
      "@b.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=" + boundary +
      "\r\n\r\n--" + boundary + "\r\n\r\nText of " + subject + ".\r\n";
  for (const Attached& each : attached) {
    const bool is_message = each.type == "message/rfc822";
    text += "--" + boundary + "\r\nContent-Type: " + each.type +
            "\r\nContent-Disposition: attachment; filename=\"" + each.name + "\"\r\n" +
            (is_message ? "\r\n" + each.bytes
                        : "Content-Transfer-Encoding: base64\r\n\r\n" + to_base64(each.bytes)) +
            "\r\n";
  }
  return text + "--" + boundary + "--\r\n";
}

class MailTest : public CommandSession {
 protected:
  void SetUp() override { make_kb(); }

  // "added m.eml: m", for each document.
  std::vector<std::string> add(const std::string& name) {
    std::vector<std::string> lines;
    for (const Json& doc : add_docs({name})) {
      std::string path = doc["path"].get<std::string>();
      const std::string here = work("").string();
      if (path.starts_with(here)) path.erase(0, here.size());
      const char* end = doc["name"].is_null() ? "reason" : "name";
      lines.push_back(doc["result"].get<std::string>() + " " + path + ": " +
                      doc[end].get<std::string>());
    }
    return lines;
  }
  std::string markdown(const std::string& name) const {
    const std::string text = read("kb/wiki/sources/" + name + ".md");
    return text.substr(text.find("\n---\n\n") + 6);
  }
  void expect_sound() {
    EXPECT_EQ(run({"-C", "kb", "check"}), 0) << out_;
    EXPECT_THAT(out_, HasSubstr("damages 0, remarks 0"));
  }
};

TEST_F(MailTest, AMessageIsATreeOfDocuments) {
  write(
      "m.eml",
      mail("outer", {{"in.eml", mail("inner", {{"report.docx", docx("Words")}}), "message/rfc822"},
                     {"t.csv", "a,b\n1,2\n"}}));
  EXPECT_THAT(add("m.eml"),
              ElementsAre("added m.eml: m", "added m.eml!/in.eml: m-in",
                          "added m.eml!/in.eml!/report.docx: m-report", "added m.eml!/t.csv: m-t"));
  EXPECT_THAT(markdown("m"), HasSubstr("# outer\n"));
  EXPECT_THAT(markdown("m"), HasSubstr("Text of outer.\n"));
  EXPECT_THAT(markdown("m"), HasSubstr("- [in.eml](m-in.md) ("));
  EXPECT_THAT(markdown("m"), HasSubstr("- [t.csv](m-t.md) (8 bytes)\n"));
  EXPECT_THAT(markdown("m-in"), HasSubstr("- [report.docx](m-report.md) ("));
  EXPECT_EQ(markdown("m-report"), "Words\n\n![it](images/m-report/p.png)\n");
  EXPECT_EQ(read("kb/wiki/sources/images/m-report/p.png"), kPicture);
  EXPECT_EQ(read("kb/raw/m-report.docx"), docx("Words"));
  expect_sound();
}

TEST_F(MailTest, AChangedMessageReplacesWhatIsWithinIt) {
  write("m.eml",
        mail("outer", {{"in.eml", mail("inner", {{"r.docx", docx("One")}}), "message/rfc822"},
                       {"goes.csv", "a,b\n1,2\n"}}));
  add("m.eml");
  write("m.eml",
        mail("outer", {{"in.eml", mail("inner", {{"r.docx", docx("Two")}}), "message/rfc822"},
                       {"new.csv", "c,d\n3,4\n"}}));
  EXPECT_THAT(add("m.eml"),
              ElementsAre("updated m.eml: m", "updated m.eml!/in.eml: m-in",
                          "updated m.eml!/in.eml!/r.docx: m-r", "added m.eml!/new.csv: m-new",
                          "removed m.eml!/goes.csv: m-goes"));
  EXPECT_THAT(markdown("m-r"), StartsWith("Two\n"));
  EXPECT_FALSE(exists("kb/wiki/sources/m-goes.md"));
  expect_sound();
}

TEST_F(MailTest, ARemovedMessageTakesAllWithinIt) {
  write("m.eml",
        mail("outer", {{"in.eml", mail("inner", {{"r.docx", docx("One")}}), "message/rfc822"}}));
  add("m.eml");
  ASSERT_EQ(run({"-C", "kb", "remove", "m"}), 0) << err_;
  for (const char* name : {"m", "m-in", "m-r"}) {
    EXPECT_FALSE(exists("kb/wiki/sources/" + std::string(name) + ".md")) << name;
  }
  EXPECT_FALSE(exists("kb/wiki/sources/images/m-r"));
  expect_sound();
}

std::string zip_with(const std::string& name, const std::string& bytes) {
  return ZipBuilder().add(name, bytes).build();
}

TEST_F(MailTest, AnArchiveWithinAMessageIsPartOfItsTree) {
  write("m.eml", mail("outer", {{"a.zip", zip_with("report.docx", docx("One"))}}));
  EXPECT_THAT(add("m.eml"), ElementsAre("added m.eml: m", "added m.eml!/a.zip: m-a",
                                        "added m.eml!/a.zip!/report.docx: m-report"));
  EXPECT_EQ(markdown("m-report"), "One\n\n![it](images/m-report/p.png)\n");
  write("m.eml", mail("outer", {{"a.zip", zip_with("other.docx", docx("Two"))}}));
  EXPECT_THAT(add("m.eml"), ElementsAre("updated m.eml: m", "updated m.eml!/a.zip: m-a",
                                        "added m.eml!/a.zip!/other.docx: m-other",
                                        "removed m.eml!/a.zip!/report.docx: m-report"));
  EXPECT_FALSE(exists("kb/wiki/sources/images/m-report"));
  ASSERT_EQ(run({"-C", "kb", "remove", "m"}), 0) << err_;
  ASSERT_EQ(run({"-C", "kb", "list"}), 0);
  EXPECT_EQ(out_, "");
  expect_sound();
}

TEST_F(MailTest, AWinmailDatIsOpened) {
  const auto attribute = [](char level, std::uint32_t id, const std::string& value) {
    return std::string(1, level) + little(id, 4) + little(value.size(), 4) + value + little(0, 2);
  };
  const std::string winmail = "\x78\x9F\x3E\x22" + std::string(2, '\0') +
                              attribute(1, 0x0002800C, "Text of Outlook.") +
                              attribute(2, 0x00069002, "r") + attribute(2, 0x00018010, "t.csv") +
                              attribute(2, 0x0006800F, "a,b\n1,2\n");
  write("m.eml", mail("outer", {{"winmail.dat", winmail, "application/ms-tnef"}}));
  EXPECT_THAT(add("m.eml"), ElementsAre("added m.eml: m", "added m.eml!/winmail.dat: m-winmail",
                                        "added m.eml!/winmail.dat!/t.csv: m-t"));
  EXPECT_THAT(markdown("m-winmail"), StartsWith("Text of Outlook.\n"));
  expect_sound();
}

TEST_F(MailTest, InvitationsAndCardsAreDocuments) {
  const std::string invitation =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Board\nDTSTART:20240301T100000Z\n"
      "RRULE:FREQ=WEEKLY;BYDAY=FR\nEND:VEVENT\nEND:VCALENDAR\n";
  write("m.eml",
        mail("outer", {{"invite.ics", invitation, "text/calendar"},
                       {"card.vcf", "BEGIN:VCARD\nFN:Jane\nEND:VCARD\n", "text/x-vcard"}}));
  EXPECT_THAT(add("m.eml"), ElementsAre("added m.eml: m", "added m.eml!/invite.ics: m-invite",
                                        "added m.eml!/card.vcf: m-card"));
  EXPECT_EQ(markdown("m-invite"),
            "## Board\n\n**When:** 2024-03-01 10:00 UTC\\\n**Repeats:** every week on Friday\n");
  EXPECT_EQ(markdown("m-card"), "## Jane\n");
  expect_sound();
}

TEST_F(MailTest, AMailboxIsAListOfItsMessages) {
  const std::string envelope = "From a@b.example Fri Mar  1 10:00:00 2024\n";
  write("box.mbox", envelope + mail("one", {{"t.csv", "a,b\n1,2\n"}}) + "\n" + envelope +
                        mail("two", {}) + "\n");
  EXPECT_THAT(
      add("box.mbox"),
      ElementsAre("added box.mbox: box", "added box.mbox!/one.eml: box-one",
                  "added box.mbox!/one.eml!/t.csv: box-t", "added box.mbox!/two.eml: box-two"));
  EXPECT_EQ(markdown("box"), "- [one](box-one.md), A\n- [two](box-two.md), A\n");
  expect_sound();
}

TEST_F(MailTest, IsFoundByItsContent) {
  write("message", mail("one", {}));
  write("box.dat", "From a@b Fri Mar  1 10:00:00 2024\n" + mail("one", {}));
  for (const auto& [name, converter] :
       std::map<std::string, std::string>{{"message", "mail"}, {"box.dat", "mbox"}}) {
    ASSERT_EQ(run({"plugin", "why", name}), 0) << err_;
    EXPECT_THAT(out_, HasSubstr(converter)) << name;
    EXPECT_EQ(run({"convert", name}), 0) << err_;
  }
  // A header longer than what is looked at.
  write("long", "Received: x\nFrom: a@b\nSubject: long\nMessage-ID: <1>\nX-Long: " +
                    std::string(100'000, 'x') + "\n\nText\n");
  EXPECT_EQ(run({"convert", "long"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("# long\n"));
}

TEST_F(MailTest, EncryptedOnesSayWhatToDo) {
  write("m.eml",
        "From: a@b\nSubject: s\nMessage-ID: <1>\nContent-Type: multipart/encrypted; "
        "boundary=b\n\n--b\n\nx\n--b--\n");
  EXPECT_THAT(add("m.eml"), ElementsAre("failed m.eml: encrypted"));
}

// Each ends within the budget of its tree, writes nothing under a name of its own, and leaves the
// knowledge base sound.
TEST_F(MailTest, HostileOnesEndAsTheyMust) {
  std::string deep = mail("end", {});
  for (int i = 0; i < 20; ++i) deep = mail("deep", {{"in.eml", deep, "message/rfc822"}});
  std::vector<Attached> many(30, {"same.csv", "a,b\n1,2\n"});
  for (std::size_t i = 0; i < many.size(); ++i) many[i].bytes += std::to_string(i) + ",0\n";
  struct Case {
    std::string name;
    std::string source;
    std::string outcome;    // of the message
    std::size_t documents;  // that are added
  };
  const std::vector<Case> cases = {
      {"deep.eml", deep, "ok", 9},
      {"many.eml", mail("many", many), "partial", 21},
      {"names.eml",
       mail("names", {{"../../../x.csv", "a,b\n1,2\n"},
                      {"..", "a,b\n2,2\n"},
                      {"/etc/passwd.csv", "a,b\n3,3\n"}}),
       "ok", 4},
      {"header.eml",
       "From: a@b\nMessage-ID: <1>\nSubject: s\nX: " + std::string(3'000'000, 'x') + "\n\nText\n",
       "ok", 1},
      {"fields.eml",
       [] {
         std::string text = "From: a@b\nMessage-ID: <1>\nSubject: s\n";
         for (int i = 0; i < 100'000; ++i) text += "X-A: b\n";
         return text + "\nText\n";
       }(),
       "ok", 1},
      {"same-boundary.eml",
       "From: a@b\nMessage-ID: <1>\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
       "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n--b\n\ntwo\n--b--\n",
       "ok", 1},
      {"no-end.eml",
       "From: a@b\nMessage-ID: <1>\nSubject: s\nContent-Type: multipart/mixed; "
       "boundary=b\n\n--b\n\none\n",
       "ok", 1},
      {"no-boundary.eml",
       "From: a@b\nMessage-ID: <1>\nSubject: s\nContent-Type: multipart/mixed\n\nall text\n",
       "partial", 1},
  };
  env_["SLUICE_LIMITS_TREE_DOCUMENTS"] = "20";
  for (const Case& each : cases) {
    write(each.name, each.source);
    const auto docs = add_docs({each.name});
    ASSERT_FALSE(docs.empty()) << each.name << err_;
    EXPECT_EQ(docs[0]["outcome"], each.outcome) << each.name << out_;
    std::size_t added = 0;
    for (const Json& doc : docs) added += doc["result"] == "added" ? 1 : 0;
    EXPECT_EQ(added, each.documents) << each.name << out_;
    expect_sound();
    ASSERT_EQ(run({"-C", "kb", "remove", each.name.substr(0, each.name.find('.'))}), 0) << err_;
  }
}

}  // namespace
}  // namespace sluice::test
