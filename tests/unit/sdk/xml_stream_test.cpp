#include <gtest/gtest.h>

#include <array>
#include <sluice/xml_stream.hpp>
#include <string>

#include "kit/zip_builder.h"

namespace sluice {
namespace {

using namespace std::string_literals;

constexpr std::array<XmlNamespace, 3> kNames{{
    {"", "urn:main"},
    {"", "urn:strict"},
    {"r", "urn:rels"},
}};

// Writes events down: <name k=v>text</name>.
class Notes : public XmlHandler {
 public:
  explicit Notes(std::vector<std::string> wanted = {}) : wanted_(std::move(wanted)) {}

  void start_element(std::string_view name, const XmlAttributes& attributes) override {
    notes += "<" + std::string(name);
    for (const std::string& key : wanted_) {
      if (const auto value = attributes.find(key)) notes += " " + key + "=" + std::string(*value);
    }
    notes += ">";
  }
  void end_element(std::string_view name) override { notes += "</" + std::string(name) + ">"; }
  void text(std::string_view piece) override { notes += piece; }

  std::string notes;

 private:
  std::vector<std::string> wanted_;
};

std::string notes_of(std::string_view xml, std::vector<std::string> wanted = {},
                     std::size_t piece = 1 << 20) {
  Notes notes(std::move(wanted));
  XmlStream stream("part.xml", kNames, notes);
  for (std::size_t at = 0; at < xml.size(); at += piece) stream.feed(xml.substr(at, piece));
  stream.finish();
  return notes.notes;
}

Failure failure_of(std::string_view xml, const XmlStreamLimits& limits = {}) {
  Notes notes;
  try {
    XmlStream stream("part.xml", kNames, notes, limits);
    stream.feed(xml);
    stream.finish();
  } catch (const Failure& failure) {
    return failure;
  }
  return {Outcome::kOk, notes.notes};
}

TEST(XmlStream, ReportsElementsAttributesAndText) {
  EXPECT_EQ(notes_of("<a x='1' y='&lt;&#65;'>b &amp; c<!-- no --><d/><?no?></a>", {"x", "y", "z"}),
            "<a x=1 y=<A>b & c<d></d></a>");
}

TEST(XmlStream, GivesThePrefixesThatWereAskedFor) {
  EXPECT_EQ(notes_of("<x:a xmlns:x='urn:main'><x:b/></x:a>"), "<a><b></b></a>");
  EXPECT_EQ(notes_of("<a xmlns='urn:strict' xmlns:q='urn:rels' q:id='7' id='8'/>", {"r:id", "id"}),
            "<a r:id=7 id=8></a>");
  EXPECT_EQ(notes_of("<r:a xmlns:r='urn:main'/>"), "<a></a>");
}

TEST(XmlStream, LetsNoOtherNamespacePassForOneThatWasAskedFor) {
  EXPECT_EQ(notes_of("<a xmlns='urn:other' xmlns:r='urn:another' r:id='1'><r:b/></a>", {"r:id"}),
            "<_:a><_:b></_:b></_:a>");
  EXPECT_EQ(notes_of("<a xmlns='urn:main'><b xmlns='urn:other'/><b/></a>"),
            "<a><_:b></_:b><b></b></a>");
}

TEST(XmlStream, KeepsOtherPrefixesAsTheyAre) {
  EXPECT_EQ(notes_of("<s:a xmlns:s='urn:other'><t:b/></s:a>"), "<s:a><t:b></t:b></s:a>");
}

TEST(XmlStream, TakesPiecesOfAnySize) {
  const std::string xml = "<x:a xmlns:x='urn:main'>\xE4\xBD\xA0<x:b k='\xC3\xA4'>t</x:b></x:a>";
  for (const std::size_t piece : {1u, 2u, 3u, 7u}) {
    EXPECT_EQ(notes_of(xml, {"k"}, piece), "<a>\xE4\xBD\xA0<b k=\xC3\xA4>t</b></a>") << piece;
  }
}

TEST(XmlStream, ReadsEncodingsAndMarks) {
  EXPECT_EQ(notes_of("\xEF\xBB\xBF<?xml version='1.0'?><a>\xC3\xA4</a>"), "<a>\xC3\xA4</a>");
  EXPECT_EQ(notes_of("\n <?xml version='1.0'?><a/>"), "<a></a>");
  EXPECT_EQ(notes_of("\xFF\xFE<\0a\0>\0\xE4\0<\0/\0a\0>\0"s), "<a>\xC3\xA4</a>");
  EXPECT_EQ(notes_of("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE4</a>"), "<a>\xC3\xA4</a>");
  EXPECT_EQ(notes_of("<?xml version='1.0' encoding='windows-1251'?><a>\xC4</a>"),
            "<a>\xD0\x94</a>");
  EXPECT_EQ(failure_of("<?xml version='1.0' encoding='x-none'?><a/>").outcome(),
            Outcome::kMalformed);
}

TEST(XmlStream, SaysWhereTheTextIsBroken) {
  for (const char* xml : {"", "   ", "text", "<a>", "<a></b>", "<a>&no;</a>", "<a x=1/>",
                          "<a/><b/>", "<a>\xFF</a>", "<a>&#1;</a>"}) {
    const Failure failure = failure_of(xml);
    EXPECT_EQ(failure.outcome(), Outcome::kMalformed) << xml;
    EXPECT_NE(std::string(failure.what()).find("part.xml"), std::string::npos) << xml;
  }
  EXPECT_NE(std::string(failure_of("<a>\n<b></a>").what()).find("line 2"), std::string::npos);
}

TEST(XmlStream, ReportsWhatCameBeforeABrokenPlace) {
  Notes notes;
  XmlStream stream("part.xml", kNames, notes);
  EXPECT_THROW(stream.feed("<a><b>kept</b><c></a>"), Failure);
  EXPECT_EQ(notes.notes, "<a><b>kept</b><c>");
}

TEST(XmlStream, RefusesEntities) {
  EXPECT_EQ(failure_of("<!DOCTYPE a [<!ENTITY l 'lol'>]><a>&l;</a>").outcome(),
            Outcome::kMalformed);
  EXPECT_EQ(
      failure_of("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>").outcome(),
      Outcome::kMalformed);
  EXPECT_EQ(notes_of("<!DOCTYPE a><a/>"), "<a></a>");
}

TEST(XmlStream, EndsAtItsDepth) {
  XmlStreamLimits limits;
  limits.depth = 3;
  EXPECT_EQ(failure_of("<a><a><a/></a></a>", limits).outcome(), Outcome::kOk);
  EXPECT_EQ(failure_of("<a><a><a><a/></a></a></a>", limits).outcome(), Outcome::kLimit);
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "<a>";
  EXPECT_EQ(failure_of(deep).outcome(), Outcome::kLimit);
}

TEST(XmlStream, HoldsNoTagWithoutBound) {
  const std::string tag = "<a x='" + std::string(std::size_t{9} << 20, 'x');
  EXPECT_EQ(failure_of(tag + "'/>").outcome(), Outcome::kLimit);
  EXPECT_EQ(failure_of("<a><!-- " + std::string(std::size_t{9} << 20, 'x') + " --></a>").outcome(),
            Outcome::kLimit);
  // Text is no tag: it comes in pieces.
  EXPECT_EQ(failure_of("<a>" + std::string(std::size_t{20} << 20, 'x') + "</a>").outcome(),
            Outcome::kOk);
}

TEST(XmlStream, TakesAnyNumberOfDifferentNames) {
  std::string xml = "<a xmlns:p='urn:main'>";
  for (int i = 0; i < 20'000; ++i) xml += "<p:b" + std::to_string(i) + "/>";
  const std::string notes = notes_of(xml + "</a>");
  EXPECT_NE(notes.find("<b19999></b19999>"), std::string::npos);
}

TEST(XmlStream, PassesOnWhatTheHandlerThrows) {
  class Refusing : public XmlHandler {
    void start_element(std::string_view name, const XmlAttributes&) override {
      if (name == "b") throw Failure(Outcome::kCancelled, "enough");
    }
  };
  Refusing handler;
  XmlStream stream("part.xml", kNames, handler);
  try {
    stream.feed("<a><b/><b/></a>");
    FAIL() << "nothing thrown";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.outcome(), Outcome::kCancelled);
  }
}

TEST(XmlStream, ReadsAnEntryOfAnArchive) {
  std::string xml = "<a>";
  for (int i = 0; i < 50'000; ++i) xml += "<b>" + std::to_string(i) + "</b>";
  xml += "</a>";
  const std::string bytes = test::ZipBuilder().add("x.xml", xml).build();
  const Zip zip(bytes);
  ZipStream stream = zip.stream(*zip.find("x.xml"));
  Notes notes;
  stream_xml(stream, "x.xml", kNames, notes);
  EXPECT_EQ(notes.notes, xml);
}

}  // namespace
}  // namespace sluice
