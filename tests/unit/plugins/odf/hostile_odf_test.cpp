// Documents that lie, are cut off, or try to be endless.
#include <gmock/gmock.h>

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
