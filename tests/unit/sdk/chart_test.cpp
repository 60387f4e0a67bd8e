#include <gtest/gtest.h>

#include <sluice/chart.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/opc.hpp>
#include <sluice/testing.hpp>
#include <string>

#include "unit/sdk/code_converter.h"

namespace sluice {
namespace {

std::string chart_space(const std::string& inside) {
  return "<c:chartSpace xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' "
         "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'>" +
         inside + "</c:chartSpace>";
}

std::string points(std::initializer_list<const char*> values) {
  std::string out;
  int index = 0;
  for (const char* value : values) {
    out += "<c:pt idx='" + std::to_string(index++) + "'><c:v>" + value + "</c:v></c:pt>";
  }
  return out;
}

std::string strings(std::initializer_list<const char*> values) {
  return "<c:strRef><c:f>S!A1</c:f><c:strCache>" + points(values) + "</c:strCache></c:strRef>";
}

std::string numbers(std::initializer_list<const char*> values,
                    const std::string& format = "General") {
  return "<c:numRef><c:numCache><c:formatCode>" + format + "</c:formatCode>" + points(values) +
         "</c:numCache></c:numRef>";
}

std::string markdown(const std::string& xml) {
  RecordingJob job("", "a", "x/y");
  CodeConverter convert([&xml](Job& raw) {
    const XmlPart part = parse_xml(xml, "chart1.xml", office_namespaces());
    MarkdownWriter out(raw);
    write_chart(out, read_chart(part.root()));
    out.finish();
  });
  const Outcome outcome = job.run(convert);
  EXPECT_EQ(outcome, job.body().empty() ? Outcome::kEmpty : Outcome::kOk) << job.reason();
  return job.body();
}

TEST(Chart, IsATableOfItsCache) {
  EXPECT_EQ(
      markdown(chart_space(
          "<c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Sales</a:t></a:r></a:p></c:rich>"
          "</c:tx></c:title><c:plotArea><c:barChart><c:ser><c:tx>" +
          strings({"East"}) + "</c:tx><c:cat>" + strings({"Q1", "Q2"}) + "</c:cat><c:val>" +
          numbers({"1.5", "2"}, "0.00") + "</c:val></c:ser><c:ser><c:tx>" + strings({"West"}) +
          "</c:tx><c:cat>" + strings({"Q1", "Q2"}) + "</c:cat><c:val>" + numbers({"3", "4"}) +
          "</c:val></c:ser></c:barChart><c:catAx><c:title><c:tx><c:rich><a:p><a:r><a:t>Quarter"
          "</a:t></a:r></a:p></c:rich></c:tx></c:title></c:catAx></c:plotArea></c:chart>")),
      "**Sales**\n\n"
      "| Quarter | East | West |\n| --- | ---: | ---: |\n| Q1 | 1.50 | 3 |\n| Q2 | 2.00 | 4 |\n");
}

TEST(Chart, OfOneSeriesIsNamedAfterIt) {
  EXPECT_EQ(markdown(chart_space("<c:chart><c:title/><c:plotArea><c:pieChart><c:ser><c:tx>" +
                                 strings({"Share"}) + "</c:tx><c:val>" + numbers({"7"}) +
                                 "</c:val></c:ser></c:pieChart></c:plotArea></c:chart>")),
            "**Share**\n\n| | Share |\n| --- | ---: |\n| 1 | 7 |\n");
}

TEST(Chart, ShowsDatesOfItsCategories) {
  const std::string body =
      markdown(chart_space("<c:chart><c:plotArea><c:lineChart><c:ser><c:cat>" +
                           numbers({"45123"}, "yyyy-mm-dd") + "</c:cat><c:val>" + numbers({"1"}) +
                           "</c:val></c:ser></c:lineChart></c:plotArea></c:chart>"));
  EXPECT_NE(body.find("| 2023-07-16 | 1 |"), std::string::npos) << body;
}

TEST(Chart, JoinsLevelsOfCategories) {
  const std::string body = markdown(chart_space(
      "<c:chart><c:plotArea><c:barChart><c:ser><c:cat><c:multiLvlStrRef><c:multiLvlStrCache><c:"
      "lvl>" +
      points({"Jan", "Feb", "Mar"}) + "</c:lvl><c:lvl><c:pt idx='0'><c:v>2023</c:v></c:pt>" +
      "<c:pt "
      "idx='2'><c:v>2024</c:v></c:pt></c:lvl></c:multiLvlStrCache></c:multiLvlStrRef></c:cat>" +
      "<c:val>" + numbers({"1", "2", "3"}) +
      "</c:val></c:ser></c:barChart></c:plotArea></c:chart>"));
  EXPECT_NE(body.find("| 2023 / Feb | 2 |\n| 2024 / Mar | 3 |"), std::string::npos) << body;
}

TEST(Chart, OfPointsWithTheirOwnPlacesHasARowEach) {
  const auto series = [](const char* name, const std::string& x, const std::string& y) {
    return "<c:ser><c:tx>" + strings({name}) + "</c:tx><c:xVal>" + x + "</c:xVal><c:yVal>" + y +
           "</c:yVal></c:ser>";
  };
  EXPECT_EQ(markdown(chart_space("<c:chart><c:plotArea><c:scatterChart>" +
                                 series("A", numbers({"1"}), numbers({"2"})) +
                                 series("B", numbers({"3"}), numbers({"4"})) +
                                 "</c:scatterChart></c:plotArea></c:chart>")),
            "| Series | X | Y |\n| --- | ---: | ---: |\n| A | 1 | 2 |\n| B | 3 | 4 |\n");
}

TEST(Chart, AllocatesNothingForIndexesThatLie) {
  const std::string body = markdown(
      chart_space("<c:chart><c:plotArea><c:barChart><c:ser><c:val><c:numRef><c:numCache>"
                  "<c:ptCount val='4000000000'/><c:pt idx='4000000000'><c:v>5</c:v></c:pt>"
                  "</c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart>"));
  EXPECT_EQ(body, "| | Series 1 |\n| --- | ---: |\n| 4000000001 | 5 |\n");
}

TEST(Chart, WithoutACacheIsNothing) {
  EXPECT_EQ(markdown(chart_space("")), "");
  EXPECT_EQ(markdown(chart_space("<c:chart><c:plotArea><c:barChart><c:ser/></c:barChart>"
                                 "</c:plotArea></c:chart>")),
            "");
}

}  // namespace
}  // namespace sluice
