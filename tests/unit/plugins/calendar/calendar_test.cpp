// Calendars and contacts as a reader of the Markdown sees them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <sluice/testing.hpp>

#include "calendar/converter.hpp"
#include "calendar/recurrence.hpp"
#include "calendar/times.hpp"

namespace sluice::calendar {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct FileRun {
  explicit FileRun(const std::string& source) {
    const bool is_card = source.find("VCARD") < 100;
    job = std::make_unique<RecordingJob>(source, is_card ? "c.vcf" : "c.ics",
                                         is_card ? "text/vcard" : "text/calendar");
    CalendarConverter calendar;
    ContactsConverter contacts;
    outcome = is_card ? job->run(contacts) : job->run(calendar);
  }
  std::string markdown() const { return job->render("c"); }

  std::unique_ptr<RecordingJob> job;
  Outcome outcome;
};

std::string event(const std::string& lines) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n" + lines +
         "END:VEVENT\r\nEND:VCALENDAR\r\n";
}
std::string card(const std::string& lines) {
  return "BEGIN:VCARD\r\nVERSION:3.0\r\n" + lines + "END:VCARD\r\n";
}

// A standard grows: what has no line of its own is shown under its name.
TEST(Calendar, OtherPropertiesAreShownUnderTheirNames) {
  const FileRun run(event(
      "SUMMARY:S\r\nUID:1\r\nGEO:48.1;11.5\r\nCONFERENCE;VALUE=URI:https://m.example/x\r\n"
      "X-GOOGLE-CONFERENCE:https://g.example/y\r\nX-MOZ-GENERATION:2\r\nNEW-THING:a\\, b\r\n"));
  EXPECT_EQ(run.markdown(),
            "## S\n\n**Geo:** 48.1, 11.5\\\n**Conference:** <https://m.example/x>\\\n"
            "**Conference:** <https://g.example/y>\\\n**New thing:** a, b\n");
  const FileRun contact(
      card("FN:F\r\nREV:2\r\nLANG;TYPE=work:en\r\nHOBBY:maps\r\nX-SKYPE:f\r\nX-NONE:1\r\n"));
  EXPECT_EQ(contact.markdown(), "## F\n\n**Lang (work):** en\\\n**Hobby:** maps\\\n**Skype:** f\n");
}

// Programs count bytes when they fold a line.
TEST(Calendar, LinesMayBeFoldedWithinACharacter) {
  const std::string utf8 = "na\u00EFve \u4F1A\u8B70\u5BA4 \U0001F389 end";
  const std::string sjis =
      "\x89\xEF\x8B\x63\x8E\xBA \x82\xCC\x97\x5C\x92\xE8 \x82\xF0\x8A\x6D\x94\x46";
  for (const char* fold : {"\r\n ", "\n\t"}) {
    for (std::size_t at = 1; at < utf8.size(); ++at) {
      const std::string line = utf8.substr(0, at) + fold + utf8.substr(at);
      EXPECT_EQ(FileRun(event("SUMMARY:" + line + "\r\n")).markdown(), "## " + utf8 + "\n") << at;
      EXPECT_EQ(FileRun(card("FN:" + line + "\r\n")).markdown(), "## " + utf8 + "\n") << at;
    }
    for (std::size_t at = 1; at < sjis.size(); ++at) {
      const std::string line = sjis.substr(0, at) + fold + sjis.substr(at);
      EXPECT_EQ(FileRun(card("FN:" + line + "\r\n")).markdown(),
                FileRun(card("FN:" + sjis + "\r\n")).markdown())
          << at;
    }
  }
}

TEST(Calendar, FilesInOtherPropertiesAreReported) {
  const FileRun run(card("FN:F\r\nX-MANAGER;ENCODING=b:AAAA\r\n"));
  EXPECT_EQ(run.markdown(), "## F\n");
  ASSERT_EQ(run.job->warnings().size(), 1U);
}

TEST(Calendar, ADescriptionMayBeHtmlAlone) {
  const std::string html = "X-ALT-DESC;FMTTYPE=text/html:<p><b>Hi</b> there</p>\r\n";
  EXPECT_EQ(FileRun(event("SUMMARY:S\r\n" + html)).markdown(), "## S\n\n**Hi** there\n");
  EXPECT_EQ(FileRun(event("SUMMARY:S\r\nDESCRIPTION:x\r\n" + html)).markdown(), "## S\n\nx\n");
}

TEST(Calendar, FoldedLinesMayStandBehindEmptyOnes) {
  EXPECT_EQ(
      FileRun(event("SUMMARY\r\n\r\n :Christ\r\n\r\n\r\n mas\r\n\r\nLOCATION:here\r\n")).markdown(),
      "## Christmas\n\n**Where:** here\n");
}

TEST(Contacts, TimesHaveTheirOffset) {
  EXPECT_EQ(FileRun(card("FN:F\r\nANNIVERSARY:20090808T1430-0500\r\n")).markdown(),
            "## F\n\n**Anniversary:** 2009-08-08 14:30 -05:00\n");
  EXPECT_EQ(time_text("1996-04-15T10:20:30+02", {}), "1996-04-15 10:20:30 +02:00");
}

TEST(Calendar, AnEventIsASection) {
  const FileRun run(event(
      "SUMMARY:Board\\, monthly\r\nDTSTART;TZID=Europe/Berlin:20240301T100000\r\n"
      "DTEND;TZID=Europe/Berlin:20240301T113000\r\nLOCATION:Room 1\r\n"
      "ORGANIZER;CN=\"Doe, J.\":mailto:j@a.example\r\n"
      "ATTENDEE;CN=B;PARTSTAT=ACCEPTED:MAILTO:b@b.example\r\n"
      "ATTENDEE;PARTSTAT=NEEDS-ACTION;ROLE=OPT-PARTICIPANT:mailto:c@c.example\r\n"
      "STATUS:TENTATIVE\r\nCATEGORIES:work,board\r\nURL:https://e.example/x\r\n"
      "DESCRIPTION:First line\\n\\nSecond para\r\n graph\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\n"
      "END:VALARM\r\n"));
  EXPECT_EQ(run.outcome, Outcome::kOk) << run.job->reason();
  EXPECT_EQ(run.markdown(),
            "## Board, monthly\n\n**When:** 2024-03-01 10:00 to 11:30 Europe/Berlin\\\n"
            "**Where:** Room 1\\\n**Organizer:** Doe, J. \\<j@a.example>\\\n"
            "**Attendees:** B \\<b@b.example> (accepted), c@c.example (no answer, optional)\\\n"
            "**Status:** tentative\\\n**Categories:** work, board\\\n"
            "**Link:** <https://e.example/x>\\\n**Reminder:** 15 minutes before\n\n"
            "First line\n\nSecond paragraph\n");
  EXPECT_EQ(run.job->metadata().at("title"), "Board, monthly");
  EXPECT_EQ(run.job->metadata().at("date"), "2024-03-01T10:00");
  EXPECT_TRUE(run.job->violations().empty());
}

TEST(Calendar, EntriesOfEveryKind) {
  const FileRun run(
      "BEGIN:VCALENDAR\nX-WR-CALNAME:Team\nBEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\n"
      "DTSTART:19700101T000000\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VTODO\nSUMMARY:Do\n"
      "DUE;VALUE=DATE:20240301\nPERCENT-COMPLETE:50\nPRIORITY:1\nEND:VTODO\nBEGIN:VJOURNAL\n"
      "DTSTART;VALUE=DATE:20240302\nDESCRIPTION:Dear diary\nEND:VJOURNAL\nBEGIN:VFREEBUSY\n"
      "DTSTART:20240301T000000Z\nFREEBUSY;FBTYPE=BUSY-TENTATIVE:20240301T100000Z/PT1H,"
      "20240301T120000Z/20240301T130000Z\nEND:VFREEBUSY\nBEGIN:X-OTHER\nX:1\nEND:X-OTHER\n"
      "END:VCALENDAR\n");
  EXPECT_EQ(
      run.markdown(),
      "# Team\n\n## Do\n\n**Due:** 2024-03-01\\\n**Done:** 50 %\\\n**Priority:** 1\n\n"
      "## (note)\n\n**When:** 2024-03-02\n\nDear diary\n\n## Busy times\n\n"
      "**When:** 2024-03-01 00:00 UTC\n\n- 2024-03-01 10:00 UTC, for 1 hour (busy tentative)\n"
      "- 2024-03-01 12:00 UTC to 2024-03-01 13:00 UTC (busy tentative)\n");
  EXPECT_EQ(run.job->metadata().at("title"), "Team");
  EXPECT_EQ(run.job->metadata().at("entries"), "3");
  ASSERT_EQ(run.job->warnings().size(), 1U);
  EXPECT_EQ(run.job->warnings()[0].code, "left-out");
}

TEST(Calendar, TimesAreReadable) {
  const auto when = [](const std::string& lines) {
    const std::string markdown = FileRun(event(lines)).markdown();
    const std::size_t at = markdown.find("**When:** ");
    return at == markdown.npos
               ? std::string()
               : markdown.substr(at + 10, markdown.find_first_of("\n\\", at) - at - 10);
  };
  EXPECT_EQ(when("DTSTART:20240301T100000Z\nDTEND:20240302T010000Z\n"),
            "2024-03-01 10:00 to 2024-03-02 01:00 UTC");
  EXPECT_EQ(when("DTSTART:20240301T100000Z\nDURATION:P1DT2H\n"),
            "2024-03-01 10:00 UTC, for 1 day 2 hours");
  EXPECT_EQ(when("DTSTART;VALUE=DATE:20240301\nDTEND;VALUE=DATE:20240302\n"), "2024-03-01");
  EXPECT_EQ(when("DTSTART;VALUE=DATE:20240228\nDTEND;VALUE=DATE:20240302\n"),
            "2024-02-28 to 2024-03-01");
  EXPECT_EQ(when("DTSTART;TZID=A/B:20240301T100000\nDTEND;TZID=C/D:20240301T110000\n"),
            "2024-03-01 10:00 A/B to 11:00 C/D");
  EXPECT_EQ(when("DTSTART:20240301T100000\n"), "2024-03-01 10:00");
  EXPECT_EQ(when("DTSTART:soon\n"), "soon");
  EXPECT_EQ(when("DTSTART;VALUE=DATE:20249999\nDTEND;VALUE=DATE:20249999\n"), "2024-99-99");
}

TEST(Durations, InWords) {
  EXPECT_EQ(duration_text("PT90M"), "90 minutes");
  EXPECT_EQ(duration_text("-P2W"), "2 weeks");
  EXPECT_EQ(duration_text("P1DT1H1M1S"), "1 day 1 hour 1 minute 1 second");
  EXPECT_EQ(duration_text("PT0S"), "0 minutes");
  EXPECT_EQ(duration_text("P"), "0 minutes");
  EXPECT_EQ(duration_text("PX"), "PX");
  EXPECT_EQ(duration_text("P1"), "P1");
}

TEST(Recurrence, InWords) {
  struct Case {
    const char* rule;
    const char* words;
  };
  for (const Case& each : std::vector<Case>{
           {"FREQ=DAILY", "every day"},
           {"FREQ=DAILY;INTERVAL=2;COUNT=10", "every 2 days, 10 times"},
           {"FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20241231",
            "every week on Monday and Wednesday, until 2024-12-31"},
           {"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every week on weekdays"},
           {"FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,TH,SA",
            "every 2 weeks on Tuesday, Thursday and Saturday"},
           {"FREQ=MONTHLY;BYDAY=2TU", "every month on the second Tuesday"},
           {"FREQ=MONTHLY;BYDAY=1MO,-1FR", "every month on the first Monday and the last Friday"},
           {"FREQ=MONTHLY;BYDAY=-2SU", "every month on the second to last Sunday"},
           {"FREQ=MONTHLY;BYMONTHDAY=1,22,-1", "every month on the 1st, the 22nd and the last day"},
           {"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last weekday"},
           {"FREQ=MONTHLY;BYDAY=WE;BYSETPOS=3", "every month on the third Wednesday"},
           {"FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1",
            "every month on the first of Saturday and Sunday"},
           {"FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=11", "every year on the 11th in March"},
           {"FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "every year on Monday in week 20"},
           {"FREQ=YEARLY;BYYEARDAY=100", "every year on day 100 of the year"},
           {"freq=daily;until=20240301t100000z", "every day, until 2024-03-01 10:00 UTC"},
           {"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=22", "every month on the 22nd weekday"},
           {"FREQ=MONTHLY;BYMONTHDAY=-23", "every month on the 23rd to last day"},
           {"FREQ=YEARLY;BYDAY=21MO,-12TU",
            "every year on the 21st Monday and the 12th to last Tuesday"},
           {"FREQ=HOURLY;INTERVAL=6;COUNT=1", "every 6 hours, once"},
           {"FREQ=SOMETIMES", "FREQ=SOMETIMES"},
           {"", ""},
           {"FREQ=WEEKLY;BYDAY=XX;BYMONTH=13;BYMONTHDAY=x", "every week on XX on the 0th in 13"}}) {
    EXPECT_EQ(recurrence_text(each.rule), each.words) << each.rule;
  }
}

TEST(Calendar, ExceptionsAreNamed) {
  const std::string markdown =
      FileRun(event("DTSTART:20240301T100000Z\nRRULE:FREQ=DAILY\nEXDATE:20240302T100000Z,"
                    "20240303T100000Z\n"
                    "RDATE;VALUE=PERIOD:20240401T100000Z/PT1H\nRECURRENCE-ID:20240305T100000Z\n"))
          .markdown();
  EXPECT_THAT(markdown, HasSubstr("**Repeats:** every day\\\n**Also on:** 2024-04-01 10:00 UTC\\\n"
                                  "**Except on:** 2024-03-02 10:00 UTC, 2024-03-03 10:00 UTC\\\n"
                                  "**Instead of the one on:** 2024-03-05 10:00 UTC"));
}

TEST(Calendar, FilesWithinItAreDocuments) {
  const FileRun run(
      event("SUMMARY:x\nATTACH;ENCODING=BASE64;VALUE=BINARY;FMTTYPE=text/csv;FILENAME=a.csv:"
            "YSxiCg==\nATTACH:https://e.example/b.pdf\n"));
  ASSERT_EQ(run.job->children().size(), 1U);
  EXPECT_EQ(run.job->children()[0].name, "a.csv");
  EXPECT_EQ(run.job->children()[0].bytes, "a,b\n");
  EXPECT_THAT(run.markdown(), HasSubstr("**Attachment:** <https://e.example/b.pdf>"));
}

TEST(Contacts, AContactIsASection) {
  const FileRun run(
      card("FN:Dr. Jane Doe\r\nN:Doe;Jane;;Dr.;\r\nORG:Example Ltd;Sales\r\nTITLE:Head\r\n"
           "EMAIL;TYPE=INTERNET;TYPE=WORK:j@a.example\r\nTEL;TYPE=CELL,VOICE:+49 1\r\n"
           "ADR;TYPE=home:;;1 Main St\\, rear;Town;;12345;Land\r\nURL:https://e.example\r\n"
           "item1.TEL:2\r\nitem1.X-ABLabel:_$!<Lobby>!$_\r\nBDAY:1970-01-02\r\nNOTE:One\\nTwo\r\n"
           "PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgogcGljdHVyZQ==\r\n"));
  EXPECT_EQ(
      run.markdown(),
      "## Dr. Jane Doe\n\n![Dr. Jane Doe](images/c/picture.png)\n\n"
      "**Organization:** Example Ltd, Sales\\\n**Title:** Head\\\n"
      "**Email (work):** j@a.example\\\n**Phone (mobile):** +49 1\\\n**Phone (Lobby):** 2\\\n"
      "**Address (home):** 1 Main St, rear, Town, 12345, Land\\\n**Link:** <https://e.example>\\\n"
      "**Birthday:** 1970-01-02\n\nOne\\\nTwo\n");
  EXPECT_EQ(run.job->metadata().at("title"), "Dr. Jane Doe");
}

TEST(Contacts, OldOnesAreRead) {
  const FileRun run(
      "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J="
      "F6rg\r\n"
      "TEL;WORK;VOICE:1\r\nNOTE;QUOTED-PRINTABLE:one=\r\n two=0D=0Athree\r\nEND:VCARD\r\n"
      "BEGIN:VCARD\r\nORG:Only Org\r\nEND:VCARD\r\n");
  EXPECT_THAT(run.markdown(), HasSubstr("## Jörg Müller\n\n**Phone (work):** 1\n\none two"));
  EXPECT_THAT(run.markdown(), HasSubstr("## Only Org\n"));
  EXPECT_EQ(run.job->metadata().at("entries"), "2");
}

TEST(Contacts, AKindIsNamedOnce) {
  EXPECT_THAT(FileRun(card("FN:x\nTEL;TYPE=CELL,cell;TYPE=mobile:1\n")).markdown(),
              HasSubstr("**Phone (mobile):** 1"));
}

TEST(Contacts, EqualPicturesAreOneAsset) {
  const std::string photo = "PHOTO:data:image/png;base64,iVBORw0KGgogcGljdHVyZQ==\n";
  const FileRun run(card("FN:A\n" + photo) + card("FN:B\n" + photo));
  EXPECT_EQ(run.job->assets().size(), 1U);
  EXPECT_THAT(run.markdown(), HasSubstr("![A]("));
  EXPECT_THAT(run.markdown(), HasSubstr("![B]("));
}

TEST(Contacts, ScriptsAreNoLinks) {
  EXPECT_THAT(FileRun(card("FN:x\nURL:javascript:x()\n")).markdown(), Not(HasSubstr("](")));
}

TEST(CalendarCanary, ComesOutAsItMust) {
  CalendarConverter calendar;
  ContactsConverter contacts;
  EXPECT_EQ(canary_fault(calendar), "");
  EXPECT_EQ(canary_fault(contacts), "");
}

TEST(HostileCalendar, WhatIsNoneIsRefused) {
  EXPECT_EQ(FileRun("hello").outcome, Outcome::kUnsupported);
  EXPECT_EQ(FileRun("").outcome, Outcome::kUnsupported);
  EXPECT_EQ(FileRun("BEGIN:VCALENDAR\nEND:VCALENDAR\n").outcome, Outcome::kEmpty);
}

TEST(HostileCalendar, ItMayEndAnywhere) {
  const std::string source =
      event(
          "SUMMARY;X=\"a:b\":S\r\nDTSTART:20240301T100000Z\r\nRRULE:FREQ=WEEKLY;BYDAY=1MO\r\n"
          "ATTENDEE;CN=\"x\":mailto:a\r\nBEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n") +
      card("FN;ENCODING=QUOTED-PRINTABLE:=41=\r\nx\r\nADR:;;a;b\r\n");
  for (std::size_t size = 0; size < source.size(); ++size) {
    const FileRun run(source.substr(0, size));
    EXPECT_TRUE(run.job->violations().empty()) << size << run.job->violations().front();
    EXPECT_NE(run.outcome, Outcome::kInternal) << size;
    for (const char byte : {'\0', '\n', ':', ';', '"', '\\', '\xFF'}) {
      std::string broken = source;
      broken[size] = byte;
      const FileRun changed(broken);
      EXPECT_TRUE(changed.job->violations().empty()) << size << changed.job->violations().front();
      EXPECT_NE(changed.outcome, Outcome::kInternal) << size << changed.job->reason();
    }
  }
  EXPECT_EQ(FileRun(source.substr(0, 60)).outcome, Outcome::kPartial);
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string numbered_types(std::size_t many) {
  std::string all;
  for (std::size_t i = 0; i < many; ++i) all += "t" + std::to_string(i) + ",";
  return all;
}

// What stands too deep is none of the entry around it, whose END comes later.
TEST(HostileCalendar, WhatIsTooDeepEndsNothingElse) {
  for (const std::size_t depth : {8, 9, 10, 50}) {
    const FileRun run(event(repeated("BEGIN:X\n", depth) + "SUMMARY:Deep\n" +
                            repeated("END:X\n", depth) + "SUMMARY:After\n"));
    EXPECT_EQ(run.markdown(), "## After\n") << depth;
    EXPECT_EQ(run.outcome, Outcome::kOk) << depth;
  }
  const FileRun cut("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n" + repeated("BEGIN:X\n", 50));
  EXPECT_EQ(cut.outcome, Outcome::kPartial);
}

TEST(HostileCalendar, NothingTakesLongerThanItsSize) {
  constexpr std::size_t kMany = 100'000;
  for (const std::string& source :
       {"BEGIN:VCALENDAR\n" + repeated("BEGIN:VEVENT\n", kMany),
        event("SUMMARY:x\n" + repeated(" fold\n", kMany)),
        event(repeated("ATTENDEE:mailto:a\n", kMany)),
        event("RRULE:FREQ=DAILY;BYDAY=" + repeated("MO,", kMany) + "\n"),
        event("SUMMARY" + repeated(";A=\"b\"", kMany) + ":x\n"),
        event("EXDATE:" + repeated("20240301,", kMany) + "\n"),
        event("SUMMARY;QUOTED-PRINTABLE:" + repeated("=\n", kMany) + "\n"),
        card("FN:x\n" + repeated("item1.TEL:1\n", 3000) + repeated("item1.X-ABLABEL:x\n", 3000)),
        card("FN:x\n" + repeated("a.TEL:1\n", kMany) + repeated("b.X-ABLABEL:x\n", kMany)),
        card("FN:x\nTEL;TYPE=" + numbered_types(kMany) + ":1\n")}) {
    const auto begin = std::chrono::steady_clock::now();
    const FileRun run(source);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(took.count(), 8.0) << source.substr(0, 60);
    EXPECT_TRUE(run.job->violations().empty());
  }
}

}  // namespace
}  // namespace sluice::calendar
