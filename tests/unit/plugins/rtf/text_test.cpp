// Characters, code pages, looks, links, fields, notes: what stands within a paragraph.
#include "kit/compound_file_builder.h"
#include "rtf_run.h"

namespace sluice::rtf {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

TEST(RtfText, CanaryComesOutAsItMust) {
  RtfConverter converter;
  EXPECT_EQ(canary_fault(converter, kDefaults), "");
}

TEST(RtfText, LineEndsInTheSourceAreNoText) {
  EXPECT_EQ(markdown("one t\r\nwo\\par three\\par"), "one two\n\nthree\n");
}

TEST(RtfText, BackslashAtALineEndIsAParagraph) {
  EXPECT_EQ(markdown("A\\\nB\\\r\nC"), "A\n\nB\n\nC\n");
}

TEST(RtfText, EscapesAreText) {
  EXPECT_EQ(markdown("a \\{b\\} \\\\ c\\par"), "a {b} \\ c\n");
}

TEST(RtfText, BytesAreInTheCodePageOfTheirFont) {
  EXPECT_EQ(
      markdown("caf\\'e9 \\f2 \\'cf\\'f0\\'e8\\f0  \\f3 \\'93\\'fa\\'96\\'7b\\f0  \\'e9\\par"),
      "caf\u00E9 \u041F\u0440\u0438 \u65E5\u672C \u00E9\n");
}

TEST(RtfText, SecondByteMayBeAPlainLetter) {
  // U+30BD in Shift_JIS is 83 5C, and U+8868 is 95 5C: with a backslash as its second byte,
  // escaped.
  EXPECT_EQ(markdown("\\f3 \\'83\\'5c\\'95\\\\x\\par"), "\u30BD\u8868x\n");
}

TEST(RtfText, FontOfTheGroupAroundComesBack) {
  EXPECT_EQ(markdown("\\f2 \\'cf{\\f0 \\'e9}\\'cf\\par"), "\u041F\u00E9\u041F\n");
}

TEST(RtfText, CharsetZeroIsTheDocumentsPageWhereNoFontHasAnother) {
  Sample sample(
      "{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0\\fcharset0 Arial;}}\\f0 \\'cf\\'f0\\'e8\\par}");
  sample.run();
  EXPECT_EQ(sample.job.body(), "\u041F\u0440\u0438\n");
}

TEST(RtfText, MacAndDosPagesAreKnown) {
  Sample mac("{\\rtf1\\mac \\'8e\\par}");
  mac.run();
  EXPECT_EQ(mac.job.body(), "\u00E9\n");
  Sample dos("{\\rtf1\\pc \\'82\\par}");
  dos.run();
  EXPECT_EQ(dos.job.body(), "\u00E9\n");
}

TEST(RtfText, UnicodeLeavesItsFallbackOut) {
  EXPECT_EQ(markdown("\\u8364 ?x \\uc2\\u8364 ??x \\uc0\\u8364 x\\par"),
            "\u20ACx \u20ACx \u20ACx\n");
  EXPECT_EQ(markdown("\\u8364\\'80x {\\uc0 \\u8364 }\\u8364 ?y\\par"), "\u20ACx \u20AC\u20ACy\n");
}

TEST(RtfText, UnicodeIsSigned) {
  EXPECT_EQ(markdown("\\u-3913?|\\u61623 ?\\par"), markdown("\\u61623 ?|\\u-3913?\\par"));
}

TEST(RtfText, SurrogatesAreOneCharacter) {
  EXPECT_EQ(markdown("\\u-10179 ?\\u-8704 ?\\par"), "\U0001F600\n");
}

TEST(RtfText, FallbackReachesNoFurtherThanItsGroup) {
  EXPECT_EQ(markdown("{\\uc5\\u8364 ab}cd\\par"), "\u20ACcd\n");
}

TEST(RtfText, ControlWordCountsAsOneCharacterOfAFallback) {
  EXPECT_EQ(markdown("\\u8220\\ldblquote a\\u8364\\~b\\par"), "\u201Ca\u20ACb\n");
}

TEST(RtfText, SymbolFontsAreCharacters) {
  EXPECT_EQ(markdown("\\f4 \\'61\\f0  \\u945 ?\\par"), "\u03B1 \u03B1\n");
}

TEST(RtfText, NamedCharacters) {
  EXPECT_EQ(markdown("\\lquote a\\rquote \\emdash b\\~c\\_d\\-e\\bullet\\par"),
            "\u2018a\u2019\u2014b\u00A0c\u2011de\u2022\n");
}

TEST(RtfText, LooksNestAndEndWithTheirGroup) {
  EXPECT_EQ(markdown("{\\b bold {\\i both}} plain {\\strike gone} x{\\super 2} y{\\sub 3}\\par"),
            "**bold _both_** plain ~~gone~~ x<sup>2</sup> y<sub>3</sub>\n");
  EXPECT_EQ(markdown("\\b bold\\b0  \\ul under\\ulnone  \\i it\\plain  plain\\par"),
            "**bold** <u>under</u> *it* plain\n");
}

TEST(RtfText, HiddenTextIsLeftOutUnlessAsked) {
  EXPECT_EQ(markdown("a{\\v secret}b\\par"), "ab\n");
  std::string options = kDefaults;
  options.replace(options.find("\"hidden_text\":false"), 19, "\"hidden_text\":true");
  EXPECT_EQ(markdown("a{\\v secret}b\\par", options), "asecretb\n");
}

TEST(RtfText, TrackedChanges) {
  const std::string body = "a {\\deleted old}{\\revised new} b\\par";
  const auto with = [&](const std::string& value) {
    std::string options = kDefaults;
    options.replace(options.find("accept"), 6, value);
    return markdown(body, options);
  };
  EXPECT_EQ(with("accept"), "a new b\n");
  EXPECT_EQ(with("reject"), "a old b\n");
  EXPECT_EQ(with("all"), "a ~~old~~<u>new</u> b\n");
}

TEST(RtfText, DeletedParagraphMarkJoins) {
  EXPECT_EQ(markdown("one{\\deleted\\par} two\\par"), "one two\n");
}

TEST(RtfText, LineBreaks) {
  EXPECT_EQ(markdown("one\\line two\\par"), "one\\\ntwo\n");
}

TEST(RtfText, MonospacedFontIsCodeAmongOtherText) {
  EXPECT_EQ(markdown("Call {\\f1 f(x)} now, and not later than that\\par"),
            "Call `f(x)` now, and not later than that\n");
}

TEST(RtfText, MonospacedFontIsNoCodeWhereAllTextIsSetInIt) {
  EXPECT_EQ(markdown("\\f1 A letter.\\par"), "A letter.\n");
}

TEST(RtfText, Hyperlinks) {
  EXPECT_EQ(markdown("{\\field{\\*\\fldinst{HYPERLINK \"https://e.org/a b\"}}{\\fldrslt{\\ul\\cf1 "
                     "here}}} x\\par"),
            "[here](https://e.org/a%20b) x\n");
  EXPECT_EQ(markdown("{\\field{\\*\\fldinst HYPERLINK https://e.org}{\\fldrslt e}}\\par"),
            "[e](https://e.org)\n");
}

TEST(RtfText, LinksToBookmarksLeadToTheHeadingAbove) {
  EXPECT_EQ(markdown("\\s1 The {\\*\\bkmkstart gate}gate{\\*\\bkmkend gate}\\par\\pard See "
                     "{\\field{\\*\\fldinst HYPERLINK \\\\l \"gate\"}{\\fldrslt it}}\\par"),
            "# The gate\n\nSee [it](#the-gate)\n");
}

TEST(RtfText, LinkToNothingIsItsText) {
  EXPECT_EQ(markdown("{\\field{\\*\\fldinst HYPERLINK \\\\l \"none\"}{\\fldrslt it}}\\par"),
            "it\n");
}

TEST(RtfText, FieldsShowTheirResultAndNoInstruction) {
  EXPECT_EQ(markdown("{\\field{\\*\\fldinst DATE \\\\@ \"d\"}{\\fldrslt 3 May}} "
                     "{\\field{\\*\\fldinst SYMBOL 97 \\\\f "
                     "\"Symbol\"}{\\fldrslt q}}\\par"),
            "3 May \u03B1\n");
}

TEST(RtfText, FormsShowWhatIsChosen) {
  EXPECT_EQ(markdown("{\\field{\\*\\fldinst FORMCHECKBOX "
                     "{\\*\\formfield{\\fftype1\\ffres1{\\*\\ffname a}}}}{\\fldrslt}}"
                     "{\\field{\\*\\fldinst FORMCHECKBOX "
                     "{\\*\\formfield{\\fftype1\\ffres25\\ffdefres0}}}{\\fldrslt}} "
                     "{\\field{\\*\\fldinst FORMDROPDOWN "
                     "{\\*\\formfield{\\fftype2\\ffres1{\\*\\ffl red}{\\*\\ffl "
                     "blue}}}}{\\fldrslt}}\\par"),
            "\u2612\u2610 blue\n");
}

TEST(RtfText, FootnotesAreCalledWhereTheyStand) {
  EXPECT_EQ(
      markdown("a{\\super\\chftn}{\\footnote\\pard\\plain {\\super\\chftn} first\\par second} "
               "b{\\footnote\\ftnalt\\pard\\chftn  end}\\par"),
      "a[^1] b[^2]\n\n[^1]: first\n\n    second\n\n[^2]: end\n");
}

TEST(RtfText, NoteWithAMarkOfItsOwnShowsItOnce) {
  EXPECT_EQ(markdown("word{\\super *}{\\footnote {\\super *} the note}\\par"),
            "word[^1]\n\n[^1]: the note\n");
}

TEST(RtfText, CommentsAreNotesIfAsked) {
  const std::string body =
      "a{\\*\\atnid JD}{\\*\\atnauthor Jane}\\chatn{\\*\\annotation\\pard remark}\\par";
  EXPECT_EQ(markdown(body), "a\n");
  std::string options = kDefaults;
  options.replace(options.find("\"comments\":false"), 16, "\"comments\":true");
  EXPECT_EQ(markdown(body, options), "a[^1]\n\n[^1]: **Jane**: remark\n");
}

TEST(RtfText, UnicodePairsAreReadOnce) {
  EXPECT_EQ(markdown("{\\upr{ansi}{\\*\\ud{unicode}}}\\par"), "unicode\n");
}

TEST(RtfText, UnknownDestinationsAreSkippedAndUnknownWordsAreNot) {
  EXPECT_EQ(markdown("a{\\*\\strange b{c}\\bin3 }}}d}{\\strange e}\\par"), "ae\n");
}

TEST(RtfText, IndexEntriesAreTextUnlessTheyAreHidden) {
  EXPECT_EQ(markdown("a {\\xe {\\v key}}b {\\tc shown}\\par"), "a b shown\n");
}

TEST(RtfText, Formulas) {
  EXPECT_EQ(
      markdown("x {\\mmath{\\*\\moMath{\\mf{\\mfPr}{\\mnum{\\mr a}}{\\mden{\\mr b}}}}} y\\par"),
      "x $\\frac{a}{b}$ y\n");
  EXPECT_EQ(markdown("{\\mmath{\\*\\moMath{\\mnary{\\mnaryPr{\\mchr \\u8721 ?}}{\\msub{\\mr "
                     "i}}{\\msup{\\mr n}}{\\me{\\mr "
                     "x<y}}}}}\\par"),
            "$\\sum_{i}^{n}{x<y}$\n");
}

TEST(RtfText, PropertiesBecomeMetadata) {
  Sample sample(
      "{\\rtf1\\ansi{\\info{\\title A \\'e9t\\u233 ?}{\\author Jane}{\\keywords a, b}{\\doccomm "
      "Said}{\\creatim\\yr2020"
      "\\mo2\\dy3\\hr4}{\\revtim\\yr2021\\mo13\\dy3}{\\nofpages7}}text\\par}");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_THAT(sample.job.metadata(),
              ElementsAre(Pair("author", "Jane"), Pair("created", "2020-02-03"),
                          Pair("description", "Said"), Pair("keywords", "a, b"), Pair("pages", "7"),
                          Pair("title", "A \u00E9t\u00E9")));
}

TEST(RtfText, HeadersAndFootersIfAsked) {
  const std::string body =
      "{\\header\\pard Top\\par}{\\footer\\pard Bottom\\par}Text\\par\\sect{\\header "
      "Other\\par}More\\par";
  EXPECT_EQ(markdown(body), "Text\n\nMore\n");
  std::string options = kDefaults;
  options.replace(options.find("\"headers_footers\":false"), 23, "\"headers_footers\":true");
  EXPECT_EQ(markdown(body, options), "Top\n\nText\n\nMore\n\nBottom\n");
}

TEST(RtfText, WhatIsLeftOutIsTold) {
  const std::string png = "89504e470d0a1a0a" + std::string(16, '0');
  Sample sample("{\\rtf1{\\header\\pard Mill {\\b Ltd.}{\\pict\\pngblip " + png +
                "}\\par}Text {\\v secret}{\\*\\atnid x}{\\*\\annotation why?}\\par}");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.render("l"), "Text\n");
  std::vector<std::string> said;
  for (const auto& warning : sample.job.warnings()) said.push_back(warning.message);
  EXPECT_THAT(said,
              ElementsAre("1 piece of hidden text is left out (to keep it, set [plugin.rtf] "
                          "hidden_text = true): \"secret\"",
                          "1 header or footer is left out (to keep it, set [plugin.rtf] "
                          "headers_footers = true): \"Mill Ltd.\"",
                          "1 comment is left out (to keep it, set [plugin.rtf] comments = true)"));
}

TEST(RtfText, PicturesAreAssets) {
  const std::string png = "89504e470d0a1a0a" + std::string(16, '0');
  Sample sample(
      "{\\rtf1 a {\\*\\shppict{\\pict{\\*\\picprop{\\sp{\\sn wzDescription}{\\sv A "
      "lamp}}}\\pngblip\\picw1\n" +
      png + "}}{\\nonshppict{\\pict\\wmetafile8 0102}} b\\par}");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.render("l"), "a ![A lamp](images/l/picture1.png) b\n");
  ASSERT_EQ(sample.job.assets().size(), 1U);
  EXPECT_EQ(sample.job.assets()[0].bytes.size(), 16U);
}

TEST(RtfText, PicturesMayBeBytes) {
  const std::string png("\x89PNG\r\n\x1a\n}{\\", 11);
  Sample sample("{\\rtf1 a{\\pict\\pngblip\\bin11 " + png + "}b\\par}");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  ASSERT_EQ(sample.job.assets().size(), 1U);
  EXPECT_EQ(sample.job.assets()[0].bytes, png);
}

TEST(RtfText, BitmapsAndMetafilesGetTheHeadersOfFiles) {
  const std::string header =
      "28000000"
      "01000000"
      "01000000"
      "0100"
      "1800" +
      std::string(48, '0') + "ff0000ff";
  Sample sample("{\\rtf1 a{\\pict\\dibitmap0 " + header +
                "}{\\pict\\wmetafile8\\picw100\\pich50 010009000003}b\\par}");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  ASSERT_EQ(sample.job.assets().size(), 2U);
  EXPECT_EQ(sample.job.assets()[0].media_type, "image/bmp");
  EXPECT_EQ(sample.job.assets()[0].bytes.substr(0, 2), "BM");
  EXPECT_EQ(sample.job.assets()[0].bytes[10], 54);
  // It draws nothing.
  EXPECT_EQ(sample.job.assets()[1].media_type, "image/wmf");
  EXPECT_THAT(sample.job.warnings(), Not(IsEmpty()));
}

TEST(RtfText, PictureThatNobodyKnowsIsPartial) {
  Sample sample("{\\rtf1 a{\\pict\\macpict 00112233445566}b\\par}");
  EXPECT_EQ(sample.run(), Outcome::kPartial);
  EXPECT_THAT(sample.job.reason(), HasSubstr("1 picture"));
}

TEST(RtfText, EmbeddedDocumentsAreReported) {
  Sample sample(
      "{\\rtf1 a{\\object\\objemb{\\*\\objclass Word}{\\*\\objdata 0102}{\\result{\\b "
      "shown}}}\\par}");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.body(), "a**shown**\n");
  ASSERT_EQ(sample.job.warnings().size(), 1U);
  EXPECT_EQ(sample.job.warnings()[0].code, "embedded-document");
  EXPECT_EQ(sample.job.warnings()[0].message,
            "1 embedded object is not converted, but for what the document shows of it: Word");
  const std::string object = "{\\object\\objemb{\\*\\objdata 0102}{\\result x}}";
  Sample two("{\\rtf1 a" + object + object + "\\par}");
  EXPECT_EQ(two.run(), Outcome::kOk);
  ASSERT_EQ(two.job.warnings().size(), 1U);
  EXPECT_EQ(two.job.warnings()[0].message,
            "2 embedded objects are not converted, but for what the document shows of them");
}

TEST(RtfText, EmbeddedDocumentsAreChildrenInTheirPlace) {
  const std::string native = test::packaged("notes.txt", "some words").substr(4);
  const std::string object = test::little(0x501, 4) + test::little(2, 4) + test::little(8, 4) +
                             std::string("Package\0", 8) + test::little(0, 8) +
                             test::little(native.size(), 4) + native;
  std::string digits;
  for (const char c : object) {
    constexpr const char* kDigits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    digits += {kDigits[byte >> 4], kDigits[byte & 15], '\n'};
  }
  const std::string source =
      "{\\rtf1 a {\\object\\objemb{\\*\\objdata " + digits + "}{\\result shown}} b\\par}";
  Sample sample(source);
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.render("a"), "a [notes.txt](notes.txt) shown b\n");
  ASSERT_EQ(sample.job.children().size(), 1U);
  EXPECT_EQ(sample.job.children()[0].bytes, "some words");
  EXPECT_THAT(sample.job.warnings(), IsEmpty());

  std::string options = kDefaults;
  options.replace(options.find("\"embedded_documents\":true"), 25, "\"embedded_documents\":false");
  Sample named(source, options);
  EXPECT_EQ(named.run(), Outcome::kOk);
  EXPECT_THAT(named.job.children(), IsEmpty());
  ASSERT_EQ(named.job.warnings().size(), 1U);
  EXPECT_THAT(named.job.warnings()[0].message,
              HasSubstr("to convert it, set [plugin.rtf] embedded_documents = true"));
}

}  // namespace
}  // namespace sluice::rtf
