// Runs the RTF converter on a text.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sluice/testing.hpp>
#include <string>
#include <utility>

#include "rtf/converter.hpp"

namespace sluice::rtf {

inline constexpr const char* kDefaults =
    R"({"tracked_changes":"accept","comments":false,"hidden_text":false,
         "embedded_documents":true,"headers_footers":false,"merged_cells":"empty"})";

struct Sample {
  explicit Sample(std::string source, std::string options = kDefaults)
      : job(std::move(source), "letter.rtf", "application/rtf") {
    job.set_options(std::move(options));
  }
  Outcome run() {
    RtfConverter converter;
    const Outcome outcome = job.run(converter);
    EXPECT_THAT(job.violations(), ::testing::IsEmpty());
    return outcome;
  }
  RecordingJob job;
};

// The Markdown of `body` in a document that has these fonts, styles and lists.
inline std::string markdown(const std::string& body, const std::string& options = kDefaults) {
  Sample sample(
      "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss\\fcharset0 "
      "Arial;}{\\f1\\fmodern\\fcharset0 Courier "
      "New;}{\\f2\\fcharset204 Arial Cyr;}{\\f3\\fcharset128 MS Mincho;}{\\f4\\fcharset2 "
      "Symbol;}}{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0\\b heading 1;}{\\s2\\outlinelevel1 "
      "heading "
      "2;}{\\s3 Title;}{\\s4\\i Quote;}{\\s5 toc "
      "1;}}{\\*\\listtable{\\list{\\listlevel\\levelnfc0\\levelstartat1{"
      "\\leveltext\\'02\\'00.;}{\\levelnumbers\\'01;}\\li720}{"
      "\\listlevel\\levelnfc4\\levelstartat1{\\leveltext\\'02"
      "\\'01);}{\\levelnumbers\\'01;}\\li1440}\\listid7}{\\list{\\listlevel\\levelnfc23{"
      "\\leveltext\\'01\\u8226 "
      "?;}{\\levelnumbers;}\\li720}{\\listlevel\\levelnfc23{\\leveltext\\'01o;}{\\levelnumbers;}"
      "\\li1440}\\listid8}}{"
      "\\*\\listoverridetable{\\listoverride\\listid7\\listoverridecount0\\ls1}{"
      "\\listoverride\\listid8"
      "\\listoverridecount0\\ls2}{\\listoverride\\listid7\\listoverridecount1{"
      "\\lfolevel\\listoverridestartat"
      "\\levelstartat5}\\ls3}}\n" +
          body + "}",
      options);
  EXPECT_EQ(sample.run(), Outcome::kOk) << sample.job.reason();
  return sample.job.render("letter");
}

}  // namespace sluice::rtf
