// Workloads of the converters, on documents made here.
#include <sluice/testing.hpp>
#include <string>

#include "bench/workloads.h"
#include "csv/converter.hpp"
#include "data/converter.hpp"
#include "docx/converter.hpp"
#include "html/converter.hpp"
#include "markdown/converter.hpp"
#include "text/converter.hpp"
#include "unit/plugins/docx/docx_run.h"
#include "unit/plugins/xlsx/workbook_builder.h"
#include "xlsx/converter.hpp"

namespace sluice::bench {
namespace {

template <class Converter>
void convert(std::string source, const std::string& name, const std::string& type) {
  sluice::RecordingJob job(std::move(source), name, type);
  job.set_options(options());
  Converter converter;
  measure([&] {
    if (job.run(converter) != sluice::Outcome::kOk) fail(job.reason());
  });
}

void csv(bool quoted) {
  Words words;
  std::string table = "id,name,amount,date,remark\n";
  for (int i = 0; i < 8'000; ++i) {
    const std::string remark = words.words(3);
    table += std::to_string(i) + "," + words.words(2) + "," + std::to_string(words.number(90'000)) +
             ".5,2024-05-17," + (quoted ? "\"" + remark + ", " + remark + "\"" : remark) + "\n";
  }
  convert<sluice::csv::CsvConverter>(table, "t.csv", "text/csv");
}

std::string text() {
  Words words;
  std::string all;
  for (int i = 0; i < 1000; ++i) all += words.words(60) + ".\n\n";
  return all;
}

std::string markdown() {
  Words words;
  std::string all;
  for (int i = 0; i < 1500; ++i) {
    all += "## " + words.words(4) + "\n\n" + words.words(30) + " *" + words.words(2) + "* [" +
           words.words(2) + "](" + "other.md#" + std::string(words.word()) +
           ") ![](missing.png)\n\n- " + words.words(5) + "\n- `" + words.words(2) + "`\n\n";
  }
  return all;
}

std::string html() {
  Words words;
  std::string page = "<!doctype html><html><head><title>T</title></head><body><article><h1>T</h1>";
  for (int i = 0; i < 1500; ++i) {
    page += "<h2>" + words.words(4) + "</h2><p>" + words.words(30) + " <em>" + words.words(2) +
            "</em>, <a href=\"x" + std::to_string(i) + ".html\">" + words.words(2) +
            "</a></p><ul><li>" + words.words(4) + "<li>" + words.words(4) +
            "</ul><table><tr><th>a<th>b<tr><td>1<td>" + words.words(2) + "</table>";
  }
  return page + "</article></body></html>";
}

std::string workbook() {
  Words words;
  std::string strings;
  for (int i = 0; i < 500; ++i) strings += "<si><t>" + words.words(3) + "</t></si>";
  std::string rows;
  for (int i = 1; i <= 3000; ++i) {
    const std::string number = std::to_string(i);
    std::string cells;
    for (char column = 'A'; column < 'I'; ++column) {
      const std::string place = column + number;
      cells += column % 2 == 0
                   ? sluice::xlsx::number(place, std::to_string(words.number(100'000)) + ".25")
                   : "<c r=\"" + place + "\" t=\"s\"><v>" + std::to_string(words.number(500)) +
                         "</v></c>";
    }
    rows += sluice::xlsx::row(i, cells);
  }
  return sluice::xlsx::WorkbookBuilder().sheet("S", rows).strings(strings).build();
}

std::string letter() {
  Words words;
  std::string body;
  for (int i = 0; i < 2000; ++i) {
    body += "<w:p><w:r><w:t xml:space='preserve'>" + words.words(20) +
            " </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>" + words.words(2) + "</w:t></w:r></w:p>";
  }
  return sluice::test::DocxFile(body).bytes();
}

std::string json() {
  Words words;
  std::string all = "[";
  for (int i = 0; i < 5000; ++i) {
    all += std::string(i == 0 ? "" : ",") + "{\"" + std::string(words.word()) + "\": [" +
           std::to_string(i) + ", \"" + words.words(6) + "\"]}";
  }
  return all + "]";
}

}  // namespace

Workloads converter_workloads() {
  return {
      {"csv", [] { csv(false); }},
      {"csv-quoted", [] { csv(true); }},
      {"docx",
       [] { convert<sluice::docx::DocxConverter>(letter(), "d.docx", sluice::test::kDocxType); }},
      {"html", [] { convert<sluice::html::HtmlConverter>(html(), "h.html", "text/html"); }},
      {"json", [] { convert<sluice::data::JsonConverter>(json(), "j.json", "application/json"); }},
      {"markdown",
       [] {
         convert<sluice::markdown_plugin::MarkdownConverter>(markdown(), "m.md", "text/markdown");
       }},
      {"text", [] { convert<sluice::text::TextConverter>(text(), "t.txt", "text/plain"); }},
      {"xlsx",
       [] {
         convert<sluice::xlsx::XlsxConverter>(
             workbook(), "x.xlsx",
             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
       }},
  };
}

}  // namespace sluice::bench
