// SPDX-License-Identifier: Apache-2.0
//
// Comments and attached files: what a document holds beside the content of its pages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

std::string ref(int object) {
  return std::to_string(object) + " 0 R";
}

int add_note(PdfMaker& maker, const std::string& type, const std::string& text) {
  return maker.add("<< /Type /Annot /Subtype /" + type +
                   " /Rect [50 600 70 620] /T (Ann) /Contents (" + text +
                   ") /QuadPoints [50 620 70 620 50 600 70 600] >>");
}

int add_file(PdfMaker& maker, const std::string& name, const std::string& bytes) {
  const int stream = maker.add_stream("/Type /EmbeddedFile /Subtype /text#2Fcsv", bytes);
  return maker.add("<< /Type /Filespec /F (" + name + ") /UF (" + name + ") /EF << /F " +
                   ref(stream) + " >> >>");
}

std::string named_files(const std::string& entries) {
  return "/Names << /EmbeddedFiles << /Names [" + entries + "] >> >>";
}

TEST(PdfComments, AreToldAndWrittenIfAsked) {
  PdfMaker maker;
  const int note = add_note(maker, "Text", "Who says so?");
  const int mark = add_note(maker, "Highlight", "Not true");
  const int blank = add_note(maker, "Highlight", "");
  const int link = maker.add(
      "<< /Type /Annot /Subtype /Link /Rect [50 600 70 620] /Contents (no comment) /A << /S /URI "
      "/URI "
      "(https://example.org/) >> >>");
  maker.add_page(
      show(50, 700, 10, "text"), "",
      "/Annots [" + ref(note) + " " + ref(mark) + " " + ref(blank) + " " + ref(link) + "]");
  const PdfRun run(maker.make());
  EXPECT_EQ(run.markdown(), "text\n");
  ASSERT_EQ(run.job->warnings().size(), 1u);
  EXPECT_EQ(
      run.job->warnings()[0].message,
      "2 comments are left out (to keep them, set [plugin.pdf] comments = true): \"Who says so?\" "
      "\"Not true\"");
  PdfOptions options;
  options.comments = true;
  const PdfRun all(maker.make(), options);
  EXPECT_EQ(all.markdown(),
            "text\n\n## Comments\n\n- Page 1, Ann: Who says so?\n- Page 1, Ann: Not true\n");
  EXPECT_TRUE(all.job->warnings().empty());
}

TEST(PdfAnnotations, SoundsAndFilmsAreTold) {
  PdfMaker maker;
  const std::string begin = "<< /Type /Annot /Rect [50 600 70 620] /Subtype ";
  constexpr int kPage = 11;  // behind the fonts and the objects here
  const int sound = maker.add_stream("/Type /Sound /R 8000", "");
  const int with_sound = maker.add(begin + "/Sound /Sound " + ref(sound) + " >>");
  const int film = maker.add(begin + "/Movie /Movie << /F (films/cat.mov) >> >>");
  const int rich = maker.add(begin + "/RichMedia /Contents (A talk) >>");
  const int shown = maker.add(
      begin + "/Screen /Contents (A cry) /A << /S /Rendition /OP 0 /R << /S /MR >> >> /P " +
      ref(kPage) + " >>");
  const int button = maker.add(begin + "/Screen /A << /S /URI /URI (https://example.org/) >> >>");
  std::string annots;
  for (const int each : {with_sound, film, rich, shown, button}) annots += ref(each) + " ";
  ASSERT_EQ(maker.add_page(show(50, 700, 10, "text"), "", "/Annots [" + annots + "]"), kPage);
  const PdfRun run(maker.make());
  EXPECT_EQ(run.markdown(), "text\n");
  ASSERT_EQ(run.job->warnings().size(), 1u);
  EXPECT_EQ(run.job->warnings()[0].message,
            "4 sounds and films are left out: \"cat.mov\" \"A talk\" \"A cry\" ...");
}

TEST(PdfLayers, ThatAreHiddenAreTold) {
  PdfMaker maker;
  const int shown = maker.add("<< /Type /OCG /Name (Walls) >>");
  const int hidden = maker.add("<< /Type /OCG /Name (Wires) >>");
  maker.set_catalog("/OCProperties << /OCGs [" + ref(shown) + " " + ref(hidden) + "] /D << /OFF [" +
                    ref(hidden) + "] >> >>");
  const auto in_layer = [](const char* name, const std::string& content) {
    return std::string("/OC /") + name + " BDC " + content + " EMC\n";
  };
  maker.add_page(
      in_layer("A", show(50, 700, 10, "wall")) + in_layer("B", show(50, 650, 10, "wire")),
      "/Properties << /A " + ref(shown) + " /B " + ref(hidden) + " >>");
  const PdfRun run(maker.make());
  EXPECT_EQ(run.markdown(), "wall\n");
  ASSERT_EQ(run.job->warnings().size(), 1u);
  EXPECT_EQ(run.job->warnings()[0].message, "1 hidden layer is left out: \"Wires\"");
}

TEST(PdfAttachments, AreDocumentsOfTheirOwn) {
  PdfMaker maker;
  const int lines = add_file(maker, "lines.csv", "a,b\n1,2\n");
  const int pinned = add_file(maker, "pinned.txt", "On a page.");
  const int pin = maker.add("<< /Type /Annot /Subtype /FileAttachment /Rect [50 600 70 620] /FS " +
                            ref(pinned) + " >>");
  maker.set_catalog(named_files("(lines.csv) " + ref(lines)));
  maker.add_page(show(50, 700, 10, "text"), "", "/Annots [" + ref(pin) + "]");
  const PdfRun run(maker.make());
  EXPECT_EQ(run.outcome, Outcome::kOk) << run.job->reason();
  EXPECT_THAT(run.markdown(), HasSubstr("text\n\n## Attachments\n\n- [pinned.txt]("));
  EXPECT_THAT(run.markdown(), HasSubstr("- [lines.csv]("));
  ASSERT_EQ(run.job->children().size(), 2u);
  EXPECT_EQ(run.job->children()[0].name, "pinned.txt");
  EXPECT_EQ(run.job->children()[1].bytes, "a,b\n1,2\n");
  EXPECT_EQ(run.job->children()[1].media_type, "text/csv");
}

TEST(PdfAttachments, PicturesAreShown) {
  PdfMaker maker;
  const std::string png = std::string("\x89PNG\r\n\x1a\n", 8) + std::string(64, 'x');
  const int photo = add_file(maker, "photo.png", png);
  maker.set_catalog(named_files("(photo.png) " + ref(photo)));
  maker.add_page(show(50, 700, 10, "text"));
  const PdfRun run(maker.make());
  EXPECT_EQ(run.markdown(), "text\n\n## Attachments\n\n- ![photo.png](images/paper/photo.png)\n");
  EXPECT_TRUE(run.job->children().empty());
}

TEST(PdfAttachments, ThatAreNotThereAreNamedAndCounted) {
  PdfMaker maker;
  const int gone = maker.add("<< /Type /Filespec /F (gone.txt) >>");
  maker.set_catalog(named_files("(gone.txt) " + ref(gone)));
  maker.add_page(show(50, 700, 10, "text"));
  const PdfRun run(maker.make());
  EXPECT_EQ(run.markdown(), "text\n\n## Attachments\n\n- gone.txt\n");
  ASSERT_EQ(run.job->warnings().size(), 1u);
  EXPECT_EQ(run.job->warnings()[0].message, "1 attached file is not in the document");
}

TEST(PdfAttachments, OfAnEmptyPageAreKept) {
  PdfMaker maker;
  const int lines = add_file(maker, "lines.csv", "a,b\n1,2\n");
  maker.set_catalog(named_files("(lines.csv) " + ref(lines)));
  maker.add_page("");
  const PdfRun run(maker.make());
  EXPECT_EQ(run.outcome, Outcome::kPartial);
  EXPECT_EQ(run.job->children().size(), 1u);
}

// A file that decompresses to more than the host takes, and names that lead around in a circle.
TEST(PdfAttachments, HostileOnesEnd) {
  PdfMaker maker;
  const int tree = maker.add("<< /Kids [4 0 R 4 0 R] >>");
  maker.set_catalog("/Names << /EmbeddedFiles " + ref(tree) + " >>");
  maker.add_page(show(50, 700, 10, "text"));
  const PdfRun run(maker.make());
  EXPECT_EQ(run.markdown(), "text\n");
}

}  // namespace
}  // namespace sluice::test
