#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <sluice/charset.hpp>
#include <sluice/plugin.hpp>
#include <sluice/testing.hpp>
#include <sluice/utf8.hpp>
#include <string>

namespace sluice {
namespace {

std::span<const std::uint8_t> bytes(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

DecodedText decode(const std::string& text, const char* declared = "") {
  return decode_text(bytes(text), declared);
}

// `text` (ASCII) in UTF-16 or UTF-32 without a mark.
std::string wide(const std::string& text, std::size_t width, bool big_endian) {
  std::string out;
  for (const char c : text) {
    std::string unit(width, '\0');
    unit[big_endian ? width - 1 : 0] = c;
    out += unit;
  }
  return out;
}

TEST(DecodeText, ByteOrderMarksDecideAndGo) {
  EXPECT_EQ(decode("\xEF\xBB\xBF"
                   "a")
                .utf8,
            "a");
  EXPECT_EQ(decode("\xEF\xBB\xBF\xEF\xBB\xBF"
                   "a")
                .utf8,
            "a");
  EXPECT_EQ(decode(std::string("\xFF\xFE"
                               "a\0",
                               4))
                .utf8,
            "a");
  EXPECT_EQ(decode(std::string("\xFE\xFF\0a", 4)).utf8, "a");
  EXPECT_EQ(decode(std::string("\xFF\xFE\0\0a\0\0\0", 8)).utf8, "a");
  EXPECT_EQ(decode(std::string("\0\0\xFE\xFF\0\0\0a", 8)).utf8, "a");
  EXPECT_EQ(decode("\xEF\xBB\xBF").utf8, "");
}

TEST(DecodeText, ByteOrderMarkBeatsTheDeclaration) {
  EXPECT_EQ(decode("\xEF\xBB\xBF\xC3\xBC", "koi8-r").utf8, "\xC3\xBC");
}

TEST(DecodeText, FindsWideTextWithoutAMark) {
  for (const std::size_t width : {2u, 4u}) {
    for (const bool big_endian : {false, true}) {
      const DecodedText text = decode(wide("a,b\nc,d\n", width, big_endian));
      EXPECT_EQ(text.utf8, "a,b\nc,d\n") << text.charset;
    }
  }
}

TEST(DecodeText, Utf8BeatsTheDeclaration) {
  const DecodedText text = decode("gr\xC3\xBCn", "iso-8859-1");
  EXPECT_EQ(text.utf8, "gr\xC3\xBCn");
  EXPECT_EQ(text.charset, "UTF-8");
  EXPECT_EQ(text.replaced, 0u);
}

TEST(DecodeText, TakesTheDeclarationAsTheWebMeansIt) {
  EXPECT_EQ(decode("\x80 \xFC", "ISO-8859-1").utf8, "\xE2\x82\xAC \xC3\xBC");
  EXPECT_EQ(decode("\xC1", "koi8-r").utf8, "\xD0\xB0");
}

TEST(DecodeText, IgnoresADeclarationThatCannotBe) {
  EXPECT_EQ(decode("caf\xE9 au lait", "no-such-charset").utf8, "caf\xC3\xA9 au lait");
  EXPECT_EQ(decode("caf\xE9 au lait", "utf-8").utf8, "caf\xC3\xA9 au lait");
  EXPECT_EQ(decode("a", std::string(5000, 'x').c_str()).utf8, "a");
}

TEST(DecodeText, FindsEscapedEncodings) {
  EXPECT_EQ(decode("\x1B$B$\"\x1B(B").utf8, "\xE3\x81\x82");
}

// A log in UTF-8 with one broken line is not taken for another encoding.
TEST(DecodeText, KeepsUtf8WithFewBrokenPlaces) {
  std::string source;
  for (int i = 0; i < 20; ++i) source += "\xC3\xBC\n";
  const DecodedText text = decode(source + "\xFC!" + source);
  EXPECT_EQ(text.utf8, source + "\xEF\xBF\xBD!" + source);
  EXPECT_EQ(text.replaced, 1u);
}

TEST(DecodeText, LooksBeyondAnAsciiStart) {
  const std::string russian =
      "\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0! \xCA\xE0\xEA \xE4\xE5\xEB\xE0?";
  const DecodedText text = decode(std::string(300'000, 'a') + "\n" + russian + russian + russian);
  EXPECT_NE(text.utf8.find("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82"), std::string::npos)
      << text.charset;
}

// Two or more are the padding of records; a single one is a broken place.
TEST(DecodeText, ShowsASingleNulAndDropsPadding) {
  const DecodedText text = decode(std::string("a\0b", 3));
  EXPECT_EQ(text.utf8,
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(text.replaced, 1u);
  EXPECT_EQ(decode(std::string("log\n") + std::string(5000, '\0')).utf8, "log\n");
  EXPECT_EQ(decode(std::string("a\0\0\0b\xC3\xBC\0", 8)).utf8, "ab\xC3\xBC");
}

// Wherever zero bytes stray into a text of single bytes, it stays that text.
TEST(DecodeText, StrayZeroBytesMakeNoWideText) {
  const std::vector<std::pair<std::string, std::string>> texts = {
      {"The quick brown fox\njumps over the dog.\n", "The quick brown fox\njumps over the dog.\n"},
      {"id,name\n1,Anna\n2,Otto\n", "id,name\n1,Anna\n2,Otto\n"},
      {"gr\xC3\xBCn\nwei\xC3\x9F\n", "gr\xC3\xBCn\nwei\xC3\x9F\n"},
      {"ab", "ab"}};
  for (const auto& [bytes, text] : texts) {
    for (std::size_t at = 1; at <= bytes.size(); ++at) {
      // Not inside a character of two bytes.
      if (at < bytes.size() && (bytes[at] & '\xC0') == '\x80') continue;
      std::string source = bytes;
      source.insert(at, 1, '\0');
      std::string expected = text;
      if (at < bytes.size()) expected.insert(at, "\xEF\xBF\xBD");
      EXPECT_EQ(decode(source).utf8, expected) << at;
    }
    // Many in a long text, at even and odd places.
    std::string source;
    for (int i = 0; i < 200; ++i) source += i % 17 == 0 ? bytes + std::string(1, '\0') : bytes;
    EXPECT_EQ(decode(source).charset, "UTF-8");
  }
}

TEST(DecodeText, WideTextInOtherScriptsIsFoundByItsLineEnds) {
  std::string source;
  for (int i = 0; i < 20; ++i) source += std::string("\x7E\x67\x2C\x67\x0D\x00\x0A\x00", 8);
  EXPECT_EQ(decode(source).charset, "UTF-16LE");
}

std::string encoded(const char* charset, std::string_view utf8) {
  UErrorCode error = U_ZERO_ERROR;
  std::string out(utf8.size() * 4 + 16, '\0');
  const std::int32_t size =
      ucnv_convert(charset, "UTF-8", out.data(), static_cast<std::int32_t>(out.size()), utf8.data(),
                   static_cast<std::int32_t>(utf8.size()), &error);
  out.resize(U_FAILURE(error) ? 0 : static_cast<std::size_t>(size));
  return out;
}

// What is a control in ISO 8859 is a letter, a quote or a dash in Windows' encoding of the same
// letters: no text comes out with a control of 0x80 to 0x9F.
TEST(DecodeText, WindowsEncodingsAreToldFromIso8859ByTheirControls) {
  struct Case {
    const char* windows;
    const char* text;
  };
  for (const Case& given : {
           Case{"windows-1250",
                "P\u0159emysl \u0160orm \u017Dil v \u017Datci a \u0161el dom\u016F\n"
                "jm\u00E9no;m\u011Bsto \u2013 \u201Eano\u201C\n"},
           Case{"windows-1250",
                "Za\u017C\u00F3\u0142\u0107 g\u0119\u015Bl\u0105 ja\u017A\u0144 \u2013 "
                "\u201Etak\u201D \u015Aroda\n"},
           Case{"windows-1250",
                "Az \u0151r\u00FClt \u201Epr\u00E9daj\u201D \u2013 \u00E1rv\u00EDzt\u0171r\u0151 "
                "t\u00FCk\u00F6rf\u00FAr\u00F3g\u00E9p\n"},
           Case{"windows-1253",
                "\u0391\u03C5\u03C4\u03CC \u03B5\u03AF\u03BD\u03B1\u03B9 \u2013 \u03AD\u03BD\u03B1 "
                "\u03BA\u03B5\u03AF\u03BC\u03B5\u03BD\u03BF \u20AC 5\n"},
           Case{"windows-1252", "caf\u00E9 \u2013 \u201Cquoted\u201D it\u2019s 5 \u20AC\n"},
           Case{"windows-1254",
                "\u015Eehir g\u00FCzel \u2013 \u201C\u0130stanbul\u201D \u011F\u0131\n"},
       }) {
    std::string text;
    for (int i = 0; i < 5; ++i) text += given.text;
    const DecodedText decoded = decode(encoded(given.windows, text));
    EXPECT_EQ(decoded.utf8, text) << given.windows << " " << decoded.charset;
    EXPECT_EQ(decoded.replaced, 0u);
  }
}

TEST(DecodeText, KnowsEbcdic) {
  const std::string text = "ACCOUNT 0012 John Smith, 17 High St.\nTotal: 1250.00 (paid)\n";
  for (const char* charset : {"ibm-37", "ibm-500", "ibm-1047", "ibm-273"}) {
    EXPECT_EQ(decode(encoded(charset, text)).utf8, text) << charset;
  }
  const std::string brackets = "a list [1] of things [2] and more of them\n";
  EXPECT_EQ(decode(encoded("ibm-500", brackets)).utf8, brackets);
}

TEST(DecodeText, KnowsDosCyrillic) {
  const std::string text =
      "\u041F\u0440\u0438\u0432\u0435\u0442, \u043C\u0438\u0440! \u042D\u0442\u043E "
      "\u0441\u0442\u0430\u0440\u044B\u0439 "
      "\u0442\u0435\u043A\u0441\u0442 \u0438\u0437 \u043E\u0434\u043D\u043E\u0439 "
      "\u043F\u0440\u043E\u0433\u0440\u0430\u043C\u043C\u044B.\n";
  std::string upper =
      "\u041D\u0410\u041A\u041B\u0410\u0414\u041D\u0410\u042F \u041D\u041E\u041C\u0415\u0420 "
      "\u0421\u0415\u041C\u042C\n";
  for (const char* charset : {"ibm-866", "windows-1251", "KOI8-R"}) {
    EXPECT_EQ(decode(encoded(charset, text)).utf8, text) << charset;
  }
  EXPECT_EQ(decode(encoded("ibm-866", upper)).utf8, upper);
}

TEST(DecodeText, LeavesLineEnds) {
  EXPECT_EQ(decode("a\r\nb\rc\n").utf8, "a\r\nb\rc\n");
}

TEST(DecodeText, AlwaysGivesUtf8) {
  std::string noise;
  std::uint32_t state = 1;
  for (int round = 0; round < 300; ++round) {
    noise.clear();
    for (int i = 0; i < round; ++i) {
      state = state * 1664525 + 1013904223;
      noise.push_back(static_cast<char>(state >> 24));
    }
    for (const char* declared : {"", "utf-16", "utf-7", "gb18030", "iso-2022-jp", "shift_jis"}) {
      const DecodedText text = decode(noise, declared);
      EXPECT_TRUE(is_valid_utf8(text.utf8));
      EXPECT_EQ(text.utf8.find('\0'), std::string::npos);
    }
  }
}

// Whatever the pieces, the same text comes out.
TEST(TextDecoder, TakesPiecesOfAnySize) {
  const std::string utf8 =
      "\xEF\xBB\xBF"
      "a\xF0\x9F\x98\x80\xE4\xB8\xAD\xFF\xC3\xBC\xE2\x82";
  std::string utf16("\xFF\xFE", 2);
  utf16 += std::string(
      "\x3D\xD8\x00\xDE"
      "a\0\x3D\xD8",
      8);
  for (const auto& [charset, source] :
       {std::pair<std::string, std::string>("UTF-8", utf8), {"UTF-16LE", utf16}}) {
    std::string expected;
    for (std::size_t piece = source.size(); piece > 0; --piece) {
      std::string out;
      TextDecoder decoder(charset, [&](std::string_view text) {
        EXPECT_TRUE(is_valid_utf8(text));
        out += text;
      });
      for (std::size_t at = 0; at < source.size(); at += piece) {
        decoder.feed(bytes(source.substr(at, piece)));
      }
      decoder.finish();
      if (expected.empty()) expected = out;
      EXPECT_EQ(out, expected) << charset << " in pieces of " << piece;
      EXPECT_GE(decoder.replaced(), 1u);
    }
    EXPECT_EQ(expected.find("\xEF\xBB\xBF"), std::string::npos);
  }
}

TEST(CharsetDetector, DoesNotDependOnThePieces) {
  const std::string source = std::string(70'000, 'a') + "\xE4\xB8\xAD\xF0\x9F\x98\x80 \xC3\xBC";
  for (const std::size_t piece : {1u, 2u, 3u, 7u, 4096u}) {
    CharsetDetector detector;
    for (std::size_t at = 0; at < source.size(); at += piece) {
      detector.feed(bytes(source.substr(at, piece)));
    }
    EXPECT_EQ(detector.charset(), "UTF-8");
  }
}

TEST(TextDecoder, RefusesAnUnknownName) {
  EXPECT_THROW(TextDecoder("no-such", [](std::string_view) {}), Failure);
  EXPECT_FALSE(is_known_charset("no-such"));
  EXPECT_FALSE(is_known_charset("ISO-885\xa1\xa1" "9-1"));  // ICU itself would take it
  EXPECT_FALSE(is_known_charset("UTF-8,swaplfnl"));
  EXPECT_TRUE(is_known_charset(" Shift_JIS "));
}

TEST(SourceText, CanBeReadTwice) {
  class Twice : public Converter {
    void convert(Job& job) override {
      SourceText text(job);
      for (int i = 0; i < 2; ++i) text.decode([&](std::string_view piece) { job.write(piece); });
    }
  } twice;
  RecordingJob job("\xC1", "a", "text/plain");
  job.set_declared_charset("koi8-r");
  EXPECT_EQ(job.run(twice), Outcome::kOk);
  EXPECT_EQ(job.body(), "\xD0\xB0\xD0\xB0");
}

}  // namespace
}  // namespace sluice
