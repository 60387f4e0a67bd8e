// Parts of XML as real and hostile packages hold them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sluice/plugin.hpp>
#include <sluice/utf8.hpp>
#include <sluice/xml.hpp>
#include <string>
#include <vector>

namespace sluice {
namespace {

using namespace std::string_literals;

constexpr XmlNamespace kNames[] = {{"w", "urn:word"},
                                   {"w", "urn:word:strict"},
                                   {"a", "urn:drawing"},
                                   {"mc", "urn:compatibility"},
                                   {"", "urn:bare"}};

Outcome outcome_of(std::string bytes, const XmlOptions& options = {}) {
  try {
    parse_xml(std::move(bytes), "part.xml", kNames, options);
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.what(), testing::HasSubstr("part.xml"));
    return failure.outcome();
  }
  return Outcome::kOk;
}

std::string text_of(std::string bytes) {
  return xml_text(parse_xml(std::move(bytes), "part.xml", kNames).root());
}

std::string utf16(std::string_view ascii, bool little, bool mark) {
  std::string bytes = mark ? (little ? "\xFF\xFE"s : "\xFE\xFF"s) : ""s;
  for (const char c : ascii) {
    if (!little) bytes += '\0';
    bytes += c;
    if (little) bytes += '\0';
  }
  return bytes;
}

TEST(XmlEncoding, ByteOrderMarkIsNotText) {
  EXPECT_EQ(text_of("\xEF\xBB\xBF<a>\xC3\xA4</a>"), "\xC3\xA4");
}

TEST(XmlEncoding, BlanksMayStandBeforeTheDeclaration) {
  EXPECT_EQ(text_of("\r\n  <?xml version='1.0' encoding='UTF-8'?><a>x</a>"), "x");
}

TEST(XmlEncoding, Utf16IsReadWithAndWithoutMark) {
  const std::string text = "<?xml version='1.0' encoding='UTF-16'?><a>sluice</a>";
  for (const bool little : {false, true}) {
    for (const bool mark : {false, true}) {
      EXPECT_EQ(text_of(utf16(text, little, mark)), "sluice") << little << mark;
    }
  }
}

TEST(XmlEncoding, DeclaredEncodingIsUsed) {
  EXPECT_EQ(text_of("<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>\xCF\xF0</a>"),
            "\xD0\x9F\xD1\x80");
  EXPECT_EQ(text_of("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>M\xFChle</a>"),
            "M\xC3\xBChle");
}

TEST(XmlEncoding, Utf8ThatSaysUtf16IsUtf8) {
  EXPECT_EQ(text_of("<?xml version=\"1.0\" encoding=\"utf-16\"?><a>\xC3\xA4</a>"), "\xC3\xA4");
}

TEST(XmlEncoding, TextIsAlwaysValidUtf8) {
  const std::string broken[] = {"<a>x\xFFy</a>", "<a>&#xD800;&#0;&#x110000;&#99999999999;</a>",
                                "<a>x\0y</a>"s, "<a>&#1;&#x1F;</a>"};
  for (const std::string& bytes : broken) EXPECT_TRUE(is_valid_utf8(text_of(bytes))) << bytes;
}

TEST(XmlEncoding, GoodReferencesAreKeptBesideBadOnes) {
  EXPECT_EQ(text_of("<a>&#65;&#xD800;&#x42;&#;&#x;&amp;&#67;</a>"),
            "A\xEF\xBF\xBD"
            "B&#;&#x;&C");
}

TEST(XmlText, BlanksThatAreAllOfAnElementAreKept) {
  EXPECT_EQ(text_of("<a> <b> </b> </a>"), " ");
}

TEST(XmlText, AllBlanksAreKeptWhereAskedFor) {
  XmlOptions options;
  options.blanks = XmlBlanks::kAll;
  const XmlPart part = parse_xml("<a>x <b>y</b> <b>z</b></a>", "part.xml", {}, options);
  EXPECT_EQ(xml_text(part.root()), "x y z");
}

TEST(XmlText, CdataIsText) {
  EXPECT_EQ(text_of("<a><![CDATA[<!ENTITY & ]]></a>"), "<!ENTITY & ");
}

TEST(XmlNames, OddPrefixesBecomeTheOnesAskedFor) {
  const XmlPart part = parse_xml(
      "<ns0:document xmlns:ns0='urn:word' xmlns:q='urn:drawing'>"
      "<ns0:p ns0:id='1' plain='2'><q:x/></ns0:p></ns0:document>",
      "part.xml", kNames);
  const XmlNode paragraph = part.root().child("w:p");
  EXPECT_TRUE(named(part.root(), "w:document"));
  EXPECT_STREQ(paragraph.attribute("w:id").value(), "1");
  EXPECT_STREQ(paragraph.attribute("plain").value(), "2");
  EXPECT_TRUE(paragraph.child("a:x"));
}

TEST(XmlNames, DefaultNamespaceGetsItsPrefixAndAttributesWithoutOneDoNot) {
  const XmlPart part =
      parse_xml("<document xmlns='urn:word:strict'><p id='1'/></document>", "part.xml", kNames);
  EXPECT_STREQ(part.root().child("w:p").attribute("id").value(), "1");
}

TEST(XmlNames, EmptyPrefixTakesThePrefixAway) {
  const XmlPart part = parse_xml("<r:list xmlns:r='urn:bare'><r:item/></r:list>", "p", kNames);
  EXPECT_TRUE(part.root().child("item"));
}

TEST(XmlNames, PrefixOfAnotherNamespaceDoesNotPassForOurs) {
  const XmlPart part =
      parse_xml("<w:p xmlns:w='urn:word'><w:p xmlns:w='urn:other'/><w:p/></w:p>", "p", kNames);
  EXPECT_TRUE(named(part.root().first_child(), "_:p"));
  EXPECT_TRUE(named(part.root().last_child(), "w:p"));
}

TEST(XmlNames, UndeclaredPrefixesStayAsTheyAre) {
  const XmlPart part = parse_xml("<w:p><w:r/></w:p>", "p", kNames);
  EXPECT_TRUE(part.root().child("w:r"));
}

TEST(XmlNames, BindingEndsWithItsElement) {
  const XmlPart part = parse_xml(
      "<w:p xmlns:w='urn:word'><x:b xmlns:x='urn:drawing'><x:c/></x:b><x:b/></w:p>", "p", kNames);
  EXPECT_TRUE(part.root().first_child().child("a:c"));
  EXPECT_TRUE(named(part.root().last_child(), "x:b"));
}

TEST(XmlDefects, EmptyOrElementlessTextIsMalformed) {
  for (const char* text : {"", "   ", "no markup at all", "<!-- -->", "<?xml version='1.0'?>"}) {
    EXPECT_EQ(outcome_of(text), Outcome::kMalformed) << text;
  }
}

TEST(XmlDefects, CutOffTextKeepsWhatStandsBeforeAndSaysSo) {
  const std::string whole = "<w:d><w:p>first paragraph</w:p><w:p>second</w:p></w:d>";
  for (const std::size_t cut : {std::size_t{3}, std::size_t{8}, std::size_t{14}}) {
    const XmlPart part = parse_xml(whole.substr(0, whole.size() - cut), "part.xml");
    EXPECT_NE(part.defect(), "") << cut;
    EXPECT_THAT(xml_text(part.root()), testing::StartsWith("first paragraph")) << cut;
  }
  EXPECT_EQ(parse_xml(whole, "part.xml").defect(), "");
}

TEST(XmlDefects, EntityDeclarationsAreMalformed) {
  EXPECT_EQ(outcome_of("<?xml version='1.0'?>\n<!-- c --><!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"),
            Outcome::kMalformed);
  EXPECT_EQ(outcome_of("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"),
            Outcome::kMalformed);
}

TEST(XmlDefects, DocumentTypesWithoutEntitiesAreSkipped) {
  EXPECT_EQ(text_of("<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.1//EN' 'a>b.dtd'><a>x</a>"), "x");
}

TEST(XmlDefects, UnknownEntitiesStayAsTheyAre) {
  EXPECT_EQ(text_of("<a>&nbsp;&lt;</a>"), "&nbsp;<");
}

TEST(XmlLimits, LargePartsAreRefused) {
  XmlOptions options;
  options.max_bytes = 10;
  EXPECT_EQ(outcome_of("<a>0123456789</a>", options), Outcome::kLimit);
}

std::string nested(std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += "<w:p>";
  text += "x";
  for (std::size_t i = 0; i < depth; ++i) text += "</w:p>";
  return text;
}

TEST(XmlLimits, TwentyThousandNestedElementsAreWalkedWithoutOverflow) {
  const XmlPart part = parse_xml(nested(20'000), "part.xml", kNames);
  std::size_t depth = 0;
  std::size_t deepest = 0;
  walk_xml(
      part.root(),
      [&](XmlNode) {
        deepest = std::max(deepest, ++depth);
        return Walk::kInto;
      },
      [&](XmlNode) { --depth; });
  EXPECT_EQ(deepest, 20'000U);
  EXPECT_EQ(depth, 0U);
}

TEST(XmlLimits, NestingHasAnEnd) {
  XmlOptions options;
  options.max_depth = 1'000;
  EXPECT_EQ(outcome_of(nested(1'001), options), Outcome::kLimit);
  EXPECT_EQ(outcome_of(nested(1'000), options), Outcome::kOk);
}

TEST(XmlWalk, EntersInDocumentOrderAndLeavesWhatItWentInto) {
  const XmlPart part = parse_xml("<r><a><b/></a><skip><c/></skip>text</r>", "p");
  std::vector<std::string> seen;
  walk_xml(
      part.root(),
      [&](XmlNode node) {
        seen.push_back(node.name()[0] != 0 ? node.name() : node.value());
        return named(node, "skip") ? Walk::kOver : Walk::kInto;
      },
      [&](XmlNode node) { seen.push_back("/"s + node.name()); });
  EXPECT_THAT(seen, testing::ElementsAre("a", "b", "/b", "/a", "skip", "text", "/"));
}

TEST(XmlWalk, AnElementWithoutContentHasNothingToWalk) {
  const XmlPart part = parse_xml("<r><a/><b/></r>", "p");
  walk_xml(
      part.root().child("a"), [](XmlNode) -> Walk { throw std::logic_error("entered"); },
      [](XmlNode) { FAIL(); });
}

constexpr std::string_view kUnderstood[] = {"a", "wps"};

std::string chosen(const std::string& branches) {
  const XmlPart part = parse_xml(
      "<mc:AlternateContent xmlns:mc='urn:compatibility' "
      "xmlns:d='urn:drawing' xmlns:x='urn:unknown'>" +
          branches + "</mc:AlternateContent>",
      "p", kNames);
  return xml_text(choose_alternate(part.root(), kUnderstood));
}

TEST(XmlAlternates, FirstUnderstoodChoiceIsTaken) {
  EXPECT_EQ(chosen("<mc:Choice Requires='x'>1</mc:Choice><mc:Choice Requires=' d  wps '>2"
                   "</mc:Choice><mc:Fallback>3</mc:Fallback>"),
            "2");
}

TEST(XmlAlternates, FallbackIsTakenWhereNoChoiceIsUnderstood) {
  EXPECT_EQ(chosen("<mc:Choice Requires='wps x'>1</mc:Choice><mc:Fallback>3</mc:Fallback>"), "3");
  EXPECT_EQ(chosen("<mc:Choice Requires='x'>1</mc:Choice>"), "");
}

}  // namespace
}  // namespace sluice
