// Presentations of PowerPoint 97: slides in order, titles, levels, notes, tables, links, pictures;
// and files that nobody should write.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <chrono>
#include <iterator>

#include "kit/corpus.h"
#include "unit/plugins/ppt/ppt_builder.h"

namespace sluice::test {
namespace {

using testing::HasSubstr;

std::string title(const std::string& text) {
  return shape(anchor(0, 0, 5000, 500) + placeholder(0x0D) + textbox(text_records(0, text)));
}
// Levels: the count of characters and the level of each paragraph.
std::string body_shape(const std::string& text, const std::string& style = "") {
  return shape(anchor(0, 600, 5000, 3000) + placeholder(0x0E) +
               textbox(text_records(1, text) + (style.empty() ? "" : rec(0x0FA1, style))));
}
std::string level(unsigned count, unsigned level_number) {
  return little(count, 4) + little(level_number, 2) + little(0, 4);
}

std::string body_of(const PptBuilder& builder) {
  const PptRun run(builder.build());
  return run.outcome == Outcome::kOk && run.job().violations().empty()
             ? run.body()
             : "failed: " + run.job().reason();
}

TEST(Ppt, SlidesHaveTitlesAndLevels) {
  EXPECT_EQ(body_of(PptBuilder().slide(
                {title("The title") +
                 body_shape("one\rdeep\rtwo", level(4, 0) + level(5, 1) + level(4, 0))})),
            "<!-- Slide number: 1 -->\n\n# The title\n\n- one\n  - deep\n- two\n");
}

TEST(Ppt, RunsHaveTheirLooks) {
  const std::string runs = little(4, 4) + little(1, 4) + little(1, 2) + little(6, 4) + little(0, 4);
  EXPECT_THAT(body_of(PptBuilder().slide(
                  {shape(anchor(0, 0, 9, 9) + textbox(text_records(4, "bold text") +
                                                      rec(0x0FA1, level(10, 0) + runs)))})),
              HasSubstr("**bold** text"));
}

// Texts of placeholders may stand in the document, and the shape has their number.
TEST(Ppt, TextsOfTheOutlineAreAtTheirShapes) {
  const std::string outline = text_records(0, "From the outline") + text_records(1, "body");
  const auto by_number = [](unsigned kind, unsigned number) {
    return shape(anchor(0, static_cast<int>(number) * 600, 5000, 500) + placeholder(kind) +
                 textbox(rec(0x0F9E, little(number, 4))));
  };
  EXPECT_EQ(body_of(PptBuilder().slide({by_number(0x0D, 0) + by_number(0x0E, 1), outline})),
            "<!-- Slide number: 1 -->\n\n# From the outline\n\n- body\n");
  // And those that no shape has are not lost.
  EXPECT_EQ(body_of(PptBuilder().slide({"", outline})),
            "<!-- Slide number: 1 -->\n\n# From the outline\n\n- body\n");
}

TEST(Ppt, HiddenSlidesAreLeftOutAndTold) {
  PptBuilder deck;
  deck.slide({title("Shown")}).slide({title("Hidden"), "", true}).slide({title("Last")});
  const PptRun run(deck.build());
  EXPECT_EQ(run.body(),
            "<!-- Slide number: 1 -->\n\n# Shown\n\n<!-- Slide number: 3 -->\n\n# Last\n");
  EXPECT_THAT(run.job().warnings().at(0).message, HasSubstr("[plugin.ppt] hidden_slides = true"));
  EXPECT_THAT(PptRun(deck.build(), {.hidden_slides = true}).body(), HasSubstr("# Hidden"));
}

TEST(Ppt, FootersAreToldAndKeptIfAsked) {
  PptBuilder deck;
  deck.document(footers(3, 0x24, "May 1", "Mill Ltd."))
      .slide({title("a")})
      .slide({title("b"), "", false, "", footers(0, 0x20, "not shown", "Draft")});
  const PptRun run(deck.build());
  EXPECT_EQ(run.body(), "<!-- Slide number: 1 -->\n\n# a\n\n<!-- Slide number: 2 -->\n\n# b\n");
  EXPECT_EQ(run.job().warnings().at(0).message,
            "3 footers and dates of slides are left out (to keep them, set [plugin.ppt] footers = "
            "true): \"May 1\" \"Mill Ltd.\" \"Draft\"");
  EXPECT_EQ(
      PptRun(deck.build(), {.footers = true}).body(),
      "<!-- Slide number: 1 -->\n\n# a\n\nMay 1\n\nMill Ltd.\n\n<!-- Slide number: 2 -->\n\n# "
      "b\n\nDraft\n");
}

TEST(Ppt, PlacesOfFieldsAreNotText) {
  const std::string page = text_records(4, "Page * of 2 *") + rec(0x0FD8, little(5, 4)) +
                           rec(0x0FF7, little(99, 4) + little(0, 4));
  EXPECT_EQ(body_of(PptBuilder().slide({shape(anchor(0, 0, 9, 9) + textbox(page))})),
            "<!-- Slide number: 1 -->\n\nPage of 2 *\n");
}

TEST(Ppt, CommentsAreToldAndWrittenIfAsked) {
  const auto comment = [](const std::string& author, const std::string& said) {
    return box(0x2EE0, rec(0x0FBA, utf16le(author)) + rec(0x0FBA, utf16le(said), 1 << 4) +
                           rec(0x0FBA, utf16le("A"), 2 << 4));
  };
  const std::string tags =
      box(0x1388,
          box(0x138A, rec(0x0FBA, utf16le("___PPT10")) +
                          rec(0x138B, comment("Ann", "Who says so?") + comment("Bo", "I do."))));
  PptBuilder deck;
  deck.slide({title("a"), "", false, "", tags}).slide({title("b")});
  const PptRun run(deck.build());
  EXPECT_EQ(run.body(), "<!-- Slide number: 1 -->\n\n# a\n\n<!-- Slide number: 2 -->\n\n# b\n");
  EXPECT_EQ(run.job().warnings().at(0).message,
            "2 comments are left out (to keep them, set [plugin.ppt] comments = true): "
            "\"Who says so?\" \"I do.\"");
  EXPECT_EQ(
      PptRun(deck.build(), {.comments = true}).body(),
      "<!-- Slide number: 1 -->\n\n# a\n\n### Comments:\n\n- **Ann**: Who says so?\n- **Bo**: "
      "I do.\n\n<!-- Slide number: 2 -->\n\n# b\n");
}

TEST(Ppt, TextsOfMastersAreToldWhereSlidesShowThem) {
  const auto master_shape = [](unsigned kind, unsigned text_kind, const std::string& text) {
    return shape(anchor(0, 0, 9, 9) + placeholder(kind) + textbox(text_records(text_kind, text)));
  };
  PptBuilder deck;
  deck.master(master_shape(1, 0, "Click to edit") + master_shape(2, 1, "Click to edit text") +
              shape(anchor(0, 0, 9, 9) + textbox(text_records(4, "Confidential"))));
  deck.slide({title("a")}).slide({title("b")});
  const PptRun run(deck.build());
  EXPECT_EQ(run.body(), "<!-- Slide number: 1 -->\n\n# a\n\n<!-- Slide number: 2 -->\n\n# b\n");
  ASSERT_EQ(run.job().warnings().size(), 1u);
  EXPECT_EQ(run.job().warnings()[0].message,
            "1 text of a layout or master is left out: \"Confidential\"");
  PptBuilder without;
  without.master(shape(textbox(text_records(4, "Confidential"))))
      .slide({.shapes = title("a"), .flags = 0});
  EXPECT_TRUE(PptRun(without.build()).job().warnings().empty());
}

TEST(Ppt, SoundsAndFilmsAreTold) {
  const std::string film = box(0x1006, box(0x1005, rec(0x0FBA, utf16le("C:\\Films\\cat.avi"))));
  const std::string sound = box(0x100F, rec(0x1011, little(0, 8)));
  const PptRun run(PptBuilder().document(box(0x0409, film + sound)).slide({title("a")}).build());
  EXPECT_EQ(run.job().warnings().at(0).message, "2 sounds and films are left out: \"cat.avi\" ...");
}

TEST(Ppt, NotesFollowTheirSlide) {
  const std::string notes =
      shape(anchor(0, 0, 9, 9) + placeholder(0x0C) + textbox(text_records(2, "Say this.")));
  EXPECT_EQ(body_of(PptBuilder().slide({title("A"), "", false, notes})),
            "<!-- Slide number: 1 -->\n\n# A\n\n### Notes:\n\nSay this.\n");
}

TEST(Ppt, LinksOfTextLeadOut) {
  const std::string address = utf16le("https://example.org/");
  const std::string links =
      box(0x0409, box(0x0FD7, rec(0x0FD3, little(5, 4)) + rec(0x0FBA, address, 1 << 4)));
  const std::string click = box(0x0FF2, rec(0x0FF3, little(0, 4) + little(5, 4) + little(0, 8)));
  const std::string range = rec(0x0FDF, little(4, 4) + little(8, 4));
  EXPECT_THAT(body_of(PptBuilder().document(links).slide({shape(
                  anchor(0, 0, 9, 9) + textbox(text_records(4, "See here.") + click + range))})),
              HasSubstr("See [here](https://example.org/)."));
}

TEST(Ppt, TablesAreTheGroupsThatSaySo) {
  const auto cell = [](unsigned left, unsigned top, unsigned right, const std::string& text) {
    return shape(child_anchor(left, top, right, top + 50) + textbox(text_records(4, text)));
  };
  const std::string own = shape(rec(0xF009, std::string(16, '\0')) + anchor(0, 0, 500, 500) +
                                rec(0xF122, little(0x039F, 2) + little(1, 4), 0x13));
  const std::string line = shape(child_anchor(0, 0, 500, 0));
  const std::string table =
      box(0xF003, own + cell(0, 0, 100, "a") + cell(100, 0, 200, "b") + cell(0, 50, 100, "c") +
                      cell(100, 50, 200, "d") + line + cell(0, 100, 200, "wide"));
  EXPECT_EQ(body_of(PptBuilder().slide({table})),
            "<!-- Slide number: 1 -->\n\n| a | b |\n| --- | --- |\n| c | d |\n| wide | |\n");
}

TEST(Ppt, PicturesAreAssets) {
  const std::string png = std::string("\x89PNG\r\n\x1A\n", 8) + "pixels";
  const std::string blip = rec(0xF01E, std::string(17, '\0') + png, 0x6E00);
  const std::string store =
      box(0xF001, rec(0xF007, std::string(28, '\0') + little(4, 4) + std::string(4, '\0'), 0x62));
  PptBuilder deck;
  deck.document(box(0x040B, box(0xF000, store))).pictures("pad." + blip);
  deck.slide({shape(rec(0xF00B, little(0x4104, 2) + little(1, 4), 0x13) + anchor(0, 0, 9, 9)) +
              title("T")});
  const PptRun run(deck.build());
  EXPECT_EQ(run.job().assets().at(0).bytes, png);
  EXPECT_THAT(run.job().render("d"), HasSubstr("![](images/d/image1.png)"));
}

// A newer edit's object counts, whatever the older lists say.
TEST(Ppt, TheNewestEditCounts) {
  auto [stream, user] = PptBuilder().slide({title("Old")}).streams();
  const std::size_t old_edit = stream.size() - 8 - 28;
  const std::size_t object = stream.size();
  stream += box(0x03EE, drawing(title("New")));
  const std::size_t directory = stream.size();
  stream += rec(0x1772, little(1 << 20 | 2, 4) + little(object, 4));
  const std::size_t edit = stream.size();
  stream += rec(0x0FF5, little(0, 8) + little(old_edit, 4) + little(directory, 4) + little(1, 4) +
                            little(0, 8));
  user.replace(16, 4, little(edit, 4));
  EXPECT_EQ(PptRun(compound_file({{"PowerPoint Document", stream}, {"Current User", user}})).body(),
            "<!-- Slide number: 1 -->\n\n# New\n");
}

TEST(Ppt, WithoutItsEditsTheDocumentIsFound) {
  const auto [stream, user] = PptBuilder().slide({"", text_records(0, "Title")}).streams();
  const PptRun run(compound_file({{"PowerPoint Document", stream}, {"Current User", "x"}}));
  EXPECT_NE(run.outcome, Outcome::kOk);
  EXPECT_NE(run.outcome, Outcome::kInternal);
}

TEST(PptPassword, WithoutItThePresentationIsEncrypted) {
  const auto bytes = corpus_file("office-legacy", "oletools/encrypted/encrypted.ppt");
  if (!bytes) GTEST_SKIP() << "there are no test documents";
  const PptRun run(*bytes);
  EXPECT_EQ(run.outcome, Outcome::kEncrypted);
}

TEST(PptPassword, OpensThePresentation) {
  const auto bytes = corpus_file("office-legacy", "oletools/encrypted/encrypted.ppt");
  if (!bytes) GTEST_SKIP() << "there are no test documents";
  const PptRun right(*bytes, {.password = "encrypted"});
  EXPECT_EQ(right.outcome, Outcome::kOk) << right.job().reason();
  EXPECT_THAT(right.body(), HasSubstr("No other contents, sorry"));
  EXPECT_EQ(PptRun(*bytes, {.password = "encryptee"}).outcome, Outcome::kEncrypted);
}

TEST(PptHostile, CutOffOrSpoiltAnywhereIsAnOutcome) {
  const auto [stream, user] =
      PptBuilder()
          .slide(
              {title("A") + body_shape("x\ry", level(2, 0) + level(2, 1)), "", false, title("N")})
          .streams();
  const auto expect_outcome = [&user = user](const std::string& bytes, std::size_t at) {
    const PptRun run(compound_file({{"PowerPoint Document", bytes}, {"Current User", user}}));
    EXPECT_NE(run.outcome, Outcome::kInternal) << at << ": " << run.job().reason();
    EXPECT_TRUE(run.job().violations().empty()) << at;
  };
  for (std::size_t at = 0; at < stream.size(); ++at) {
    expect_outcome(stream.substr(0, at), at);
    for (const char byte : {'\x00', '\x7F', '\xFF'}) {
      std::string spoilt = stream;
      spoilt[at] = byte;
      expect_outcome(spoilt, at);
    }
  }
}

TEST(PptHostile, GroupsWithinGroupsAreBounded) {
  std::string shapes = title("deep");
  for (int i = 0; i < 3000; ++i) shapes = box(0xF003, shape("") + shapes);
  const PptRun run(PptBuilder().slide({shapes + title("flat")}).build());
  EXPECT_THAT(run.body(), HasSubstr("flat"));
}

// Each ends a run of its own, and none a line.
TEST(PptHostile, RunsOfOneCharacterTakeNoLongerThanTheirSize) {
  constexpr unsigned kMany = 300'000;
  std::string runs = level(kMany + 1, 0);
  for (unsigned i = 0; i < kMany; ++i) runs += little(1, 4) + little(0, 4);
  const auto begin = std::chrono::steady_clock::now();
  const PptRun run(PptBuilder().slide({body_shape(std::string(kMany, 'x'), runs)}).build());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(took.count(), 8.0);
  EXPECT_NE(run.outcome, Outcome::kInternal);
}

TEST(PptHostile, ATextOfTheOutlineIsShownOnce) {
  std::string shapes;
  for (int i = 0; i < 100; ++i) {
    shapes += shape(anchor(0, i * 10, 500, 5) + textbox(rec(0x0F9E, little(0, 4))));
  }
  const PptRun run(PptBuilder().slide({shapes, text_records(4, std::string(10'000, 'x'))}).build());
  EXPECT_THAT(run.body(), HasSubstr(std::string(10'000, 'x')));
  EXPECT_LE(run.body().size(), 11'000U);
}

TEST(PptHostile, EditsInACircleEnd) {
  auto [stream, user] = PptBuilder().slide({title("A")}).streams();
  const std::size_t edit = stream.size() - 8 - 28;
  stream.replace(edit + 8 + 8, 4, little(edit, 4));
  EXPECT_THAT(
      PptRun(compound_file({{"PowerPoint Document", stream}, {"Current User", user}})).body(),
      HasSubstr("# A"));
}

TEST(PptHostile, WithoutAPresentationSaysSo) {
  EXPECT_EQ(PptRun(compound_file({{"Other", "x"}})).outcome, Outcome::kMalformed);
  EXPECT_EQ(PptRun(compound_file({{"PP40", "x"}})).outcome, Outcome::kUnsupported);
}

TEST(Ppt, EmbeddedObjectsAreReported) {
  const auto object = [](unsigned type, const std::string& program, const std::string& name) {
    return box(type, rec(0x0FBA, utf16le(program), 2 << 4) + rec(0x0FBA, utf16le(name), 3 << 4));
  };
  constexpr unsigned kEmbedded = 0x0FCC, kLinked = 0x0FCE, kControl = 0x0FEE;
  const PptRun run(
      PptBuilder()
          .document(box(0x0409, object(kEmbedded, "Excel.Sheet.8", "") +
                                    object(kEmbedded, "Word.Document.8", "Document") +
                                    object(kLinked, "x", "x") + object(kControl, "y", "y")))
          .slide({title("A")})
          .build());
  ASSERT_EQ(run.job().warnings().size(), 1U);
  EXPECT_EQ(run.job().warnings()[0].message,
            "2 embedded objects are not converted, but for what the document shows of them: "
            "Document, Excel.Sheet.8");
}

// Stored as it is, or packed.
TEST(Ppt, EmbeddedDocumentsStandOnTheirSlides) {
  const std::string storage = compound_file({{"\1Ole10Native", packaged("a.txt", "some words")}});
  std::string deflated(compressBound(storage.size()), '\0');
  uLongf size = deflated.size();
  ASSERT_EQ(compress(reinterpret_cast<Bytef*>(deflated.data()), &size,
                     reinterpret_cast<const Bytef*>(storage.data()), storage.size()),
            Z_OK);
  deflated.resize(size);
  const auto object = [](unsigned number, unsigned place) {
    return box(0x0FCC, rec(0x0FC3, little(0, 8) + little(number, 4) + little(0, 4) +
                                       little(place, 4) + little(0, 4)));
  };
  const auto shows = [](unsigned number) {
    return shape(anchor(0, 0, 10, 10) + box(0xF011, rec(0x0BC1, little(number, 4))));
  };
  constexpr unsigned kPacked = 1 << 4;
  const PptRun run(PptBuilder()
                       .document(box(0x0409, object(7, 6) + object(8, 7) + object(9, 99)))
                       .slide({title("A") + shows(7)})
                       .slide({title("B") + shows(8)})
                       .object(rec(0x1011, storage))
                       .object(rec(0x1011, little(storage.size(), 4) + deflated, kPacked))
                       .build());
  ASSERT_EQ(run.job().children().size(), 2U);
  EXPECT_EQ(run.job().children()[0].bytes, "some words");
  EXPECT_EQ(run.job().children()[1].bytes, "some words");
  EXPECT_EQ(run.job().render("a"),
            "<!-- Slide number: 1 -->\n\n# A\n\n[a.txt](a.txt)\n\n<!-- Slide number: 2 -->\n\n# "
            "B\n\n[a.txt](a.txt)\n");
  ASSERT_EQ(run.job().warnings().size(), 1U);  // the one that is not there
}

}  // namespace
}  // namespace sluice::test
