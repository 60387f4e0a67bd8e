// SPDX-License-Identifier: Apache-2.0
//
// What glyphs mean, and where words end: fonts that do not say it, text that is drawn twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string widths_of(int first, int last, int width = 600) {
  std::string widths;  // no two beside each other are equal: no font of code
  for (int code = first; code <= last; ++code)
    widths += std::to_string(width - 10 * (code % 2)) + " ";
  return "/FirstChar " + std::to_string(first) + " /LastChar " + std::to_string(last) +
         " /Widths [" + widths + "]";
}

// A font of TeX that is known by its name alone.
std::string tex_font(const std::string& kind, const std::string& name) {
  return "<< /Type /Font /Subtype /" + kind + " /BaseFont /ABCDEF+" + name + " " +
         widths_of(0, 127) + (kind == "TrueType" ? " /Encoding /WinAnsiEncoding >>" : " >>");
}

// Text in font F5, with the bytes given in hexadecimal, after "so ".
std::string in_font(const std::string& font, const std::string& hex) {
  PdfMaker maker;
  maker.set_font("F5", font);
  maker.add_page("BT /F1 10 Tf 50 700 Td (so ) Tj /F5 10 Tf <" + hex + "> Tj ET\n");
  return PdfRun(maker.make()).markdown();
}

TEST(PdfText, TheFontsOfTexAreReadByTheirCodes) {
  EXPECT_THAT(in_font(tex_font("TrueType", "Cmmi12"), "0b0e22"), HasSubstr("so αδε"));
  EXPECT_THAT(in_font(tex_font("TrueType", "Cmsy10"), "32666768"), HasSubstr("so ∈{}⟨"));
  EXPECT_THAT(in_font(tex_font("Type1", "CMSY10"), "68694874"), HasSubstr("so ⟨⟩H⊔"));
  EXPECT_THAT(in_font(tex_font("TrueType", "Cmex10"), "505a"), HasSubstr("so ∑∫"));
  EXPECT_THAT(in_font(tex_font("TrueType", "Msbm10"), "5240"), HasSubstr("so ℝ∄"));
  EXPECT_THAT(in_font(tex_font("TrueType", "Cmr10"), "4f0e6369616c"), HasSubstr("so Official"));
  EXPECT_THAT(in_font(tex_font("TrueType", "Dcr10"), "4f1e6369616c"), HasSubstr("so Official"));
}

TEST(PdfText, NamesOfGlyphsThatOnlyTexHasAreKnown) {
  const std::string font =
      "<< /Type /Font /Subtype /Type1 /BaseFont /Other " + widths_of(0, 127) +
      " /Encoding << /Type /Encoding /Differences [65 /angbracketleft /unionsq /lscript] >> >>";
  EXPECT_THAT(in_font(font, "414243"), HasSubstr("so ⟨⊔ℓ"));
}

TEST(PdfText, AStrokeThroughASignIsOneWithIt) {
  PdfMaker maker;
  std::string widths = "/FirstChar 54 /LastChar 54 /Widths [0]";
  maker.set_font("F5", "<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+CMSY10 " + widths + " >>");
  maker.add_page("BT /F1 10 Tf 50 700 Td (so p ) Tj /F5 10 Tf <36> Tj /F1 10 Tf (= q) Tj ET\n");
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("so p ≠ q"));
}

TEST(PdfText, APrimeIsRaisedByItself) {
  PdfMaker maker;
  maker.set_font("F5", tex_font("TrueType", "Cmsy7"));
  maker.add_page("BT /F1 10 Tf 50 700 Td (so m) Tj 3.6 Ts /F5 7 Tf <30> Tj ET\n");
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("so m′"));
}

TEST(PdfText, LigaturesOfBitmapFontsAreRead) {
  PdfMaker maker;
  const int glyph = maker.add_stream("", "500 0 0 0 500 500 d1 100 100 300 300 re f");
  std::string procs;
  std::string names;
  const std::string used = "Oeficlasw.";
  for (const int code : {28, 30}) {
    procs += "/a" + std::to_string(code) + " " + std::to_string(glyph) + " 0 R ";
    names += std::to_string(code) + " /a" + std::to_string(code) + " ";
  }
  for (const char c : used) {
    const std::string code = std::to_string(static_cast<int>(c));
    procs += "/a" + code + " " + std::to_string(glyph) + " 0 R ";
    names += code + " /a" + code + " ";
  }
  maker.set_font("F5",
                 "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [.001 0 "
                 "0 .001 0 0] /CharProcs << " +
                     procs + ">> /Encoding << /Type /Encoding /Differences [" + names + "] >> " +
                     widths_of(0, 127, 500) + " >>");
  maker.add_page("BT /F1 10 Tf 50 700 Td (so ) Tj /F5 10 Tf <4f1e6369616c206f1c6c6573> Tj ET\n");
  EXPECT_THAT(PdfRun(maker.make()).markdown(), AllOf(HasSubstr("Official"), Not(HasSubstr("�"))));
}

TEST(PdfText, AGlyphThatMeansNothingKnownIsThereAndReported) {
  PdfMaker maker;
  maker.set_font("F5", "<< /Type /Font /Subtype /Type1 /BaseFont /Strange " + widths_of(1, 2) +
                           " /Encoding << /Type /Encoding /Differences [1 /strangesign] >> >>");
  maker.add_page(
      show_lines(50, 700, 10, kProse) +
      "BT /F1 10 Tf 50 650 Td (Ecorr is ) Tj /F5 10 Tf <01> Tj /F1 10 Tf (0.9393) Tj ET\n");
  const PdfRun run(maker.make());
  EXPECT_THAT(run.markdown(), HasSubstr("Ecorr is \xEF\xBF\xBD"
                                        "0.9393"));
  ASSERT_EQ(run.job->warnings().size(), 1U);
  EXPECT_EQ(run.job->warnings()[0].code, "characters-lost");
}

// A composite font whose codes are numbers of glyphs.
std::string glyph_font(PdfMaker& maker) {
  const int descriptor = maker.add(
      "<< /Type /FontDescriptor /FontName /ABCDEF+Arial /Flags 4 /FontBBox [0 0 1000 1000] "
      "/ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>");
  const int descendant = maker.add(
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Arial /CIDSystemInfo << "
      "/Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor " +
      std::to_string(descriptor) + " 0 R /DW 550 >>");
  return "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Arial /Encoding /Identity-H "
         "/DescendantFonts [" +
         std::to_string(descendant) + " 0 R] >>";
}
std::string glyphs_of(const std::u16string& text, int shift) {
  std::string hex;
  for (const char16_t c : text) {
    char code[8];
    std::snprintf(code, sizeof code, "%04x", static_cast<int>(c) - shift);
    hex += code;
  }
  return hex;
}

TEST(PdfText, NumbersOfGlyphsAreReadInTheOrderOfMacintosh) {
  PdfMaker maker;
  maker.set_font("F5", glyph_font(maker));
  maker.add_page("BT /F5 10 Tf 50 700 Td <" +
                 glyphs_of(u"Die Jahresverbrauchsabrechnung der Gemeinde", 29) + "> Tj ET\n");
  const PdfRun run(maker.make());
  EXPECT_EQ(run.outcome, Outcome::kOk);
  EXPECT_THAT(run.markdown(), HasSubstr("Die Jahresverbrauchsabrechnung der Gemeinde"));
}

TEST(PdfText, NumbersOfGlyphsThatAreUnicodeStay) {
  PdfMaker maker;
  maker.set_font("F5", glyph_font(maker));
  maker.add_page("BT /F5 10 Tf 50 700 Td <" +
                 glyphs_of(u"Die Jahresverbrauchsabrechnung der Gemeinde", 0) + "> Tj ET\n");
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("Die Jahresverbrauchsabrechnung der"));
}

TEST(PdfText, APageThatCannotBeReadIsPartial) {
  PdfMaker maker;
  maker.set_font("F5", glyph_font(maker));
  std::string content;
  for (int line = 0; line < 8; ++line) {
    content += "BT /F5 10 Tf 50 " + std::to_string(700 - 14 * line) + " Td <" +
               glyphs_of(u"Die Jahresverbrauchsabrechnung der Gemeinde", 11) + "> Tj ET\n";
  }
  maker.add_page(content);
  const PdfRun run(maker.make());
  EXPECT_EQ(run.outcome, Outcome::kPartial);
  EXPECT_THAT(run.job->reason(), AllOf(HasSubstr("cannot be read"), HasSubstr("page 1")));
}

TEST(PdfText, SpacingThatIsTakenBackPartsNoWords) {
  const std::string text = page_markdown(
      "BT /F1 12 Tf 50 700 Td 4.7 Tc [(b)392(r)392(o)392(o)392(k)-10(a)392(n)392(d)-10(m)392(i)"
      "392(l)392(l)] TJ 0 Tc 0 -20 Td [(many)-345(brooks)-345(do)-345(not)] TJ ET\n");
  EXPECT_THAT(text, AllOf(HasSubstr("brook and mill"), HasSubstr("many brooks do not")));
}

TEST(PdfText, LettersThatAreSpacedAreOneWord) {
  EXPECT_THAT(page_markdown("BT /F1 12 Tf 6 Tc 50 700 Td (Lower Brook) Tj ET\n"),
              HasSubstr("Lower Brook"));
}

// A program adds the width of a blank to each glyph, and takes it back within words.
TEST(PdfText, SpacingThatIsTakenBackWithinWordsPartsTheFirstOne) {
  EXPECT_THAT(page_markdown("BT /F1 12 Tf 50 700 Td 4 Tc [(,M)333(e)333(l)333(i)333(s)333(s)333(a)"
                            "(D)333(e)333(l)333(l)] TJ ET\n"),
              HasSubstr(", Melissa Dell"));
  EXPECT_THAT(page_markdown("BT /F1 12 Tf 50 700 Td 4 Tc [(aM)333(e)333(l)] TJ ET\n"),
              HasSubstr("a Mel"));
}

// Justified lines of narrow columns: 0.12 of the size is all that parts their words.
TEST(PdfText, WordsOfATightLineAreParted) {
  const std::string text = page_markdown(
      "BT /F1 10 Tf 50 700 Td [(groups,)-120(we)-120(choose)-120(another)-120(RNA)-120(of)-120"
      "(5)-120(kinds)-120(\\(two\\))-120(here)] TJ ET\n");
  EXPECT_THAT(text, HasSubstr("groups, we choose another RNA of 5 kinds (two) here"));
}

// As much stands in formulas and code before a sign, and in numbers.
TEST(PdfText, ATightGapBesideASignPartsNothing) {
  EXPECT_THAT(page_markdown("BT /F1 10 Tf 50 700 Td [(f)-120(\\()-120(x)-120(\\))-120(;)] TJ "
                            "0 -20 Td [(12)-120(345)] TJ ET\n"),
              AllOf(HasSubstr("f(x);"), HasSubstr("12345")));
}

TEST(PdfText, TextDrawnOnceWithoutItsThinSignsIsReadOnce) {
  EXPECT_THAT(page_markdown("BT /F1 10 Tf 50 700 Td (1) Tj 8.34 0 Td (7) Tj ET\n" +
                            show(50, 700, 10, "1.7") +
                            "BT /F1 10 Tf 100 700 Td (PREV) Tj 32.78 0 Td (CROP) Tj ET\n" +
                            show(100, 700, 10, "PREV. CROP:")),
              AllOf(HasSubstr("1.7"), Not(HasSubstr("171")), HasSubstr("PREV. CROP:"),
                    Not(HasSubstr("PREVPREV")), Not(HasSubstr("CROPCROP"))));
}

// WeasyPrint raises and lowers text and leaves its size.
TEST(PdfText, RaisedTextAsLargeAsItsLineIsPartOfIt) {
  const auto line = [](double up, const std::string& sign) {
    return page_markdown(show(50, 700, 10, "We have x") + show(97.4, 700 + up, 10, sign) +
                         show(106, 700, 10, "in this sentence, which must stay whole."));
  };
  EXPECT_THAT(line(3.5, "2"), HasSubstr("We have x<sup>2</sup> in this"));
  EXPECT_THAT(line(-3, "2"), HasSubstr("We have x<sub>2</sub> in this"));
  EXPECT_THAT(line(3.5, "n"), HasSubstr("We have x<sup>n</sup> in this"));
  // A logo, a mark of exclamation: no exponent.
  EXPECT_THAT(line(-2.2, "E"), Not(HasSubstr("<sub>")));
  EXPECT_THAT(line(2.2, "!"), Not(HasSubstr("<sup>")));
  // A little askew, as scans are.
  EXPECT_THAT(line(1, "2"), Not(HasSubstr("<sup>")));
}

// A font of bitmaps whose first letter is a wide one: the size that it is named with is right.
TEST(PdfText, ABitmapFontHasTheSizeThatItIsNamedWith) {
  PdfMaker maker;
  const std::string glyph =
      std::to_string(maker.add_stream("", "800 0 0 0 800 700 d1 0 0 700 700 re f"));
  std::string letters, names, glyphs, widths;
  for (int code = 'a'; code <= 'z'; ++code) {
    char entry[32];
    std::snprintf(entry, sizeof entry, "<%02x> <%04x>\n", code, code);
    letters += entry;
    names += " /a" + std::to_string(code);
    glyphs += " /a" + std::to_string(code) + " " + glyph + " 0 R";
    widths += "800 ";
  }
  std::string font = font_for(maker, letters, 26);
  const std::string map = font.substr(font.find("/ToUnicode"));
  maker.set_font("F5",
                 "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 "
                 "0.001 0 0] /FirstChar 97 /LastChar 122 /Widths [" +
                     widths + "] /Encoding << /Type /Encoding /Differences [97" + names +
                     "] >> /CharProcs <<" + glyphs + " >> " + map);
  std::string content;
  for (int row = 0; row < 4; ++row) {
    const std::string y = std::to_string(700 - 14 * row);
    content += "BT /F5 10 Tf 50 " + y + " Td (abcd) Tj 41 0 Td (efgh) Tj ET\n";
  }
  maker.add_page(content);
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("| abcd | efgh |"));
}

// Code a is a ligature of 6 points, with a blank drawn over its second half.
TEST(PdfText, ABlankOverALigatureIsNone) {
  const auto shown = [](const std::string& back) {
    PdfMaker maker;
    maker.set_font("F9",
                   font_for(maker, "<61> <00660069>\n<62> <0020>\n<63> <0064>\n<64> <006E>\n", 4));
    maker.add_page("BT /F9 10 Tf 1 0 0 1 50 740 Tm [(ca) " + back + " (b) -10 (d)] TJ ET\n");
    return PdfRun(maker.make()).markdown();
  };
  EXPECT_EQ(shown("590"), "dfin\n");
  EXPECT_EQ(shown("0"), "dfi n\n");
}

}  // namespace
}  // namespace sluice::test
