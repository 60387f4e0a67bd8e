// Documents that lie, are cut off, or try to be endless.
#include <gmock/gmock.h>

#include <algorithm>

#include "unit/plugins/odf/odf_run.h"

namespace sluice::odf {
namespace {

using ::testing::HasSubstr;

Outcome outcome_of(const std::string& bytes) {
  RecordingJob job(bytes, "a.odt", "x/x");
  job.set_options(kTextDefaults);
  RecordingJob::Limits limits;
  limits.body_bytes = 64 << 20;
  job.set_limits(limits);
  TextConverter converter;
  return job.run(converter);
}

std::string repeated(const std::string& what, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += what;
  return out;
}

TEST(HostileOdf, RepeatedCellsAreBounded) {
  const auto job =
      run_text({"<table:table><table:table-row table:number-rows-repeated='999999999'>"
                "<table:table-cell table:number-columns-repeated='999999999'><text:p>x</text:p>"
                "</table:table-cell></table:table-row></table:table><text:p>end</text:p>",
                {},
                {},
                {},
                {}});
  EXPECT_LT(job->body().size(), 3'000'000U);
  EXPECT_THAT(job->reason(), HasSubstr("more than 200000 cells"));
  EXPECT_THAT(job->body(), HasSubstr("end"));
}

TEST(HostileOdf, TablesWithinRepeatedCellsShareOneBound) {
  const std::string cell = "<table:table-cell table:number-columns-repeated='1000'>";
  const std::string open =
      "<table:table><table:table-row table:number-rows-repeated='1000'>" + cell;
  const std::string close = "</table:table-cell></table:table-row></table:table>";
  const auto job = run_text(
      {repeated(open, 3) + "<text:p>x</text:p>" + repeated(close, 3) + "<text:p>end</text:p>",
       {},
       {},
       {},
       {}});
  EXPECT_LT(job->body().size(), 3'000'000U);
  EXPECT_THAT(job->reason(), HasSubstr("more than 200000 cells"));
  EXPECT_THAT(job->body(), HasSubstr("end"));
  // A later table has its own.
  const std::string wide = open + "<text:p>x</text:p>" + close;
  const std::string next =
      "<table:table><table:table-row><table:table-cell><text:p>next</text:p>" + close;
  EXPECT_THAT(run_text({wide + next, {}, {}, {}, {}})->body(), HasSubstr("next"));
}

TEST(HostileOdf, TablesInNotesOfRepeatedCellsAreBounded) {
  const std::string note =
      "<text:p>x<text:note><text:note-citation>1</text:note-citation><text:note-body>"
      "<table:table><table:table-row table:number-rows-repeated='100'><table:table-cell "
      "table:number-columns-repeated='100'><text:p>y</text:p></table:table-cell></table:table-row>"
      "</table:table></text:note-body></text:note></text:p>";
  const auto job =
      run_text({"<table:table><table:table-row table:number-rows-repeated='1000'>"
                "<table:table-cell>" +
                    note + "</table:table-cell></table:table-row></table:table>",
                {},
                {},
                {},
                {}});
  EXPECT_LT(job->body().size(), 3'000'000U);
  EXPECT_THAT(job->reason(), HasSubstr("more than 200000 cells"));
}

TEST(HostileOdf, NumbersOfListsAreThoseOfMarkdown) {
  const auto item = [](const std::string& start, const std::string& shown) {
    return "<text:list-item" + start + "><text:p>" + shown + "</text:p></text:list-item>";
  };
  const auto level = [](const std::string& start) {
    return "<text:list-style style:name='L'><text:list-level-style-number text:level='1' "
           "style:num-suffix='.' style:num-format='1' text:start-value='" +
           start + "'/></text:list-style>";
  };
  const std::string list = "<text:list text:style-name='L'>";
  EXPECT_EQ(text(list + item(" text:start-value='-9223372036854775808'", "a") + "</text:list>",
                 level("1")),
            "0. a\n");
  EXPECT_EQ(text(list + item("", "a") + "</text:list>", level("-9223372036854775808")), "0. a\n");
  EXPECT_EQ(
      text(list + item("", "a") + item("", "b") + "</text:list>", level("9223372036854775807")),
      "999999999. a\n\n- 1000000000. b\n");
}

TEST(HostileOdf, ChartsAreBounded) {
  const std::string cells =
      "<table:table-row><table:table-cell table:number-columns-repeated='255'><text:p>7</text:p>"
      "</table:table-cell></table:table-row>";
  const std::string chart = "<office:document-content" + names() +
                            "><office:body><office:chart><chart:chart><table:table>" +
                            repeated(cells, 3'000) +
                            "</table:table></chart:chart></office:chart></office:body>"
                            "</office:document-content>";
  Parts parts;
  parts.body = "<text:p>x<draw:frame><draw:object xlink:href='./Object 1'/></draw:frame></text:p>";
  parts.files = {{"Object 1/content.xml", chart}};
  const std::string body = run_text(parts)->body();
  EXPECT_LE(std::count(body.begin(), body.end(), '7'), 200'000);
  EXPECT_GE(std::count(body.begin(), body.end(), '7'), 190'000);
}

TEST(HostileOdf, RepeatedBlanksAreBounded) {
  EXPECT_LT(text("<text:p>a<text:s text:c='4000000000'/>b</text:p>").size(), 2'000U);
}

TEST(HostileOdf, DeepNestingIsALimit) {
  for (const char* element : {"text:span", "text:section", "text:list", "draw:g"}) {
    const std::string name = element;
    Parts parts;
    parts.body = "<office:text><text:p>" + repeated("<" + name + ">", 100'000) + "x" +
                 repeated("</" + name + ">", 100'000) + "</text:p></office:text>";
    EXPECT_EQ(outcome_of(package(parts)), Outcome::kLimit) << name;
  }
  // As deep as is taken: the walks come back.
  Parts parts;
  parts.body = "<office:text>" + repeated("<text:list><text:list-item>", 240) +
               "<text:p>x</text:p>" + repeated("</text:list-item></text:list>", 240) +
               "</office:text>";
  EXPECT_EQ(outcome_of(package(parts)), Outcome::kOk);
}

TEST(HostileOdf, LoopsOfStylesEnd) {
  EXPECT_EQ(text("<text:p text:style-name='a'>x</text:p>",
                 "<style:style style:name='a' style:family='paragraph' "
                 "style:parent-style-name='b'/><style:style style:name='b' "
                 "style:family='paragraph' style:parent-style-name='a'/>"),
            "x\n");
}

TEST(HostileOdf, ObjectsThatAreNotThere) {
  EXPECT_EQ(text("<text:p>x<draw:frame><draw:object xlink:href='./Object 9'/></draw:frame>"
                 "<draw:frame><draw:object xlink:href='../../etc'/></draw:frame></text:p>"),
            "x\n");
}

TEST(HostileOdf, EntitiesAreRefused) {
  Parts parts;
  parts.body = "<office:text/>";
  std::string flat = "<!DOCTYPE x [<!ENTITY l 'lol'>]><office:document" + names() +
                     "><office:body><office:text><text:p>&l;</text:p></office:text></office:body>"
                     "</office:document>";
  EXPECT_EQ(outcome_of(flat), Outcome::kMalformed);
}

TEST(HostileOdf, OtherBodiesAreUnsupported) {
  Parts parts;
  parts.body = "<office:spreadsheet/>";
  EXPECT_EQ(outcome_of(package(parts)), Outcome::kUnsupported);
}

TEST(HostileOdf, EndsWhereverItIsCutOff) {
  Parts parts;
  parts.body =
      "<office:text><text:h text:outline-level='1'>One</text:h><text:list><text:list-item><text:p>a"
      "</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell>"
      "<text:p>b</text:p></table:table-cell></table:table-row></table:table></office:text>";
  const std::string whole = package(parts);
  for (std::size_t size = 0; size < whole.size(); size += 3) {
    const Outcome outcome = outcome_of(whole.substr(0, size));
    EXPECT_NE(outcome, Outcome::kInternal) << size;
    EXPECT_NE(outcome, Outcome::kOk) << size;
  }
}

}  // namespace
}  // namespace sluice::odf
