// What XmlStream reads quickly and what expat reads for it must be the same, mistakes and their
// places included. A document type switches the quick way off, so that each document is read both
// ways: documents of a grammar, and what random changes make of them.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <sluice/xml_stream.hpp>
#include <string>
#include <vector>

namespace sluice {
namespace {

constexpr std::array<XmlNamespace, 2> kBothNames{{{"", "urn:main"}, {"r", "urn:rels"}}};
constexpr std::string_view kDoctype = "<!DOCTYPE a>\n";

class Events : public XmlHandler {
 public:
  void start_element(std::string_view name, const XmlAttributes& attributes) override {
    notes.append("<").append(name);
    for (const char* key : {"a", "b", "xmlns", "r:id", "s:k", "_:k"}) {
      if (const auto value = attributes.find(key)) {
        notes.append(" ").append(key).append("=[").append(*value).append("]");
      }
    }
    notes += ">";
  }
  void end_element(std::string_view name) override { notes.append("</").append(name).append(">"); }
  void text(std::string_view piece) override { notes += piece; }

  std::string notes;
};

// Its events, and how it ended.
std::string events_of(std::string_view xml, std::size_t piece) {
  Events notes;
  XmlStreamLimits limits;
  limits.depth = 12;
  try {
    XmlStream stream("x", kBothNames, notes, limits);
    for (std::size_t at = 0; at < xml.size(); at += piece) stream.feed(xml.substr(at, piece));
    stream.finish();
  } catch (const Failure& failure) {
    return notes.notes + "\nFAILED: " + failure.what();
  }
  return notes.notes;
}

// The same by expat alone.
std::string events_by_expat(std::string_view xml) {
  std::string result = events_of(std::string(kDoctype) + std::string(xml), 1 << 20);
  constexpr std::string_view kLine = ", at line ";
  const auto at = result.rfind(kLine);
  if (result.find("\nFAILED: ") == std::string::npos || at == std::string::npos) return result;
  const auto digits = at + kLine.size();
  const auto end = result.find(',', digits);
  return result.replace(digits, end - digits,
                        std::to_string(std::stoul(result.substr(digits, end - digits)) - 1));
}

// Documents of what sheets have, of what they might have, and of what they must not have.
class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}

  std::string document() {
    return "<" + root_ + " xmlns='urn:main' xmlns:q='urn:rels'>" + content(0) + "</" + root_ +
           end_of_tag();
  }

  // A few bytes behind the root's start tag changed, taken out or put in.
  std::string broken(std::string text) {
    const std::size_t changes = 1 + below(3);
    const std::size_t root = text.find('>') + 1;
    for (std::size_t i = 0; i < changes && text.size() > root; ++i) {
      const std::size_t at = root + below(text.size() - root);
      switch (below(4)) {
        case 0:
          text[at] = one_of(kBytes);
          break;
        case 1:
          text.erase(at, 1 + below(4));
          break;
        case 2:
          text.insert(at, pick(kPieces));
          break;
        default:
          text.resize(at);
          break;
      }
    }
    return text;
  }

  std::size_t below(std::size_t end) { return random_() % end; }

 private:
  static constexpr std::string_view kBytes{"<>&;'\"=/![]?- \t\r\nab:\x01\xFF\xC3\xA4\xEF\x00", 30};
  static constexpr std::array<std::string_view, 26> kPieces{"<!-- c -->",
                                                            "<![CDATA[ <x> ]]>",
                                                            "<?p q?>",
                                                            "]]>",
                                                            "]]",
                                                            "]",
                                                            "&lt;",
                                                            "&amp;",
                                                            "&#65;",
                                                            "&#x41;",
                                                            "&#0;",
                                                            "&#xFFFE;",
                                                            "&no;",
                                                            "&",
                                                            "\r\n",
                                                            "\r",
                                                            "\n",
                                                            "\xEF\xBF\xBE",
                                                            "\xEF\xBB\xBF",
                                                            "\xC3\xA4",
                                                            "\xF0\x9F\x98\x80",
                                                            "\xED\xA0\x80",
                                                            "<a>",
                                                            "</a>",
                                                            "<a/>",
                                                            "<b a='1' a='2'/>"};
  static constexpr std::array<std::string_view, 19> kTexts{"1",
                                                           "42.5",
                                                           "words of a cell",
                                                           "a &amp; b",
                                                           "&lt;&gt;&quot;&apos;",
                                                           "&#10;&#x1F600;",
                                                           "\n",
                                                           "\r\n",
                                                           "\r",
                                                           "Table1[Col]",
                                                           "a]] b",
                                                           "]]",
                                                           "\xC3\xA9t\xC3\xA9",
                                                           "\xEF\xBC\x91",
                                                           "a > b",
                                                           "\t ",
                                                           "\xEF\xBF\xBD",
                                                           "&#13;&#9;",
                                                           "\x7F"};
  static constexpr std::array<std::string_view, 8> kTags{"c",       "row",   "v", "q:c",
                                                         "a-b.c_d", "x:y:z", "_", "\xC3\xA4"};
  static constexpr std::array<std::string_view, 12> kAttributes{" a='1'",
                                                                " b=\"A1 &amp; 'x'\"",
                                                                " q:id = 'r\"1'",
                                                                "\n\ta\r\n=\r'2'",
                                                                " b='x\r\ny\tz'",
                                                                " a='&#10;&lt;'",
                                                                " xmlns:s='urn:s' s:k='1'",
                                                                " xmlns='urn:other'",
                                                                " xmlns:q='urn:main'",
                                                                " a='\xC3\xA4\xEF\xBC\x91'",
                                                                " b='>'",
                                                                " \xC3\xA4='1'"};

  template <class Strings>
  std::string_view pick(const Strings& strings) {
    return strings[below(strings.size())];
  }
  char one_of(std::string_view bytes) { return bytes[below(bytes.size())]; }

  std::string end_of_tag() { return below(8) == 0 ? " \n>" : ">"; }

  std::string element(unsigned depth) {
    // The names that PlainXml leaves to others come seldom, or it would read nothing.
    const std::string name(below(30) == 0 ? kTags.back() : kTags[below(kTags.size() - 1)]);
    std::string tag = "<" + name;
    const std::size_t attribute = below(kAttributes.size() * 2);
    if (attribute < kAttributes.size() - 1 || below(30) == 0) {
      tag += kAttributes[std::min(attribute, kAttributes.size() - 1)];
    }
    if (below(4) == 0) return tag + "/>";
    return tag + end_of_tag() + content(depth + 1) + "</" + name + end_of_tag();
  }

  std::string content(unsigned depth) {
    std::string all;
    for (std::size_t left = below(depth < 3 ? 6 : 2); left > 0; --left) {
      if (below(3) == 0) all += pick(kTexts);
      if (depth < 9) all += element(depth);
      if (below(60) == 0) all += pick(kPieces);
    }
    return all;
  }

  std::mt19937 random_;
  std::string root_ = below(2) == 0 ? "worksheet" : "q:sst";
};

TEST(PlainXml, ReadsWhatExpatReads) {
  for (std::uint32_t seed = 1; seed <= 10'000; ++seed) {
    Writer writer(seed);
    const std::string xml = writer.document();
    const std::string expected = events_by_expat(xml);
    ASSERT_EQ(events_of(xml, 1 << 20), expected) << seed << "\n" << xml;
    ASSERT_EQ(events_of(xml, 1 + writer.below(9)), expected) << seed << "\n" << xml;
  }
}

TEST(PlainXml, FindsTheMistakesThatExpatFinds) {
  for (std::uint32_t seed = 1; seed <= 20'000; ++seed) {
    Writer writer(seed);
    const std::string xml = writer.broken(writer.document());
    ASSERT_EQ(events_of(xml, 1 << 20), events_by_expat(xml)) << seed << "\n" << xml;
  }
}

TEST(PlainXml, ReadsInPiecesWhatItReadsAtOnce) {
  for (std::uint32_t seed = 1; seed <= 10'000; ++seed) {
    Writer writer(seed);
    const std::string xml = writer.broken(writer.document());
    const std::string whole = events_of(xml, 1 << 20);
    const std::string pieces = events_of(xml, 1 + writer.below(20));
    // How much of a text comes before a mistake in it depends on the pieces.
    const auto failure = whole.find("\nFAILED: ");
    if (failure == std::string::npos) {
      ASSERT_EQ(pieces, whole) << seed << "\n" << xml;
    } else {
      const auto at = pieces.find("\nFAILED: ");
      ASSERT_NE(at, std::string::npos) << seed << "\n" << xml;
      ASSERT_EQ(pieces.substr(at), whole.substr(failure)) << seed << "\n" << xml;
    }
  }
}

}  // namespace
}  // namespace sluice
