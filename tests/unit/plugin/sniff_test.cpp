#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "kit/compound_file_builder.h"
#include "plugin/router.h"

namespace sluice::plugin {
namespace {

using std::string_literals::operator""s;

constexpr const char* kDocx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

std::string type(const std::string& bytes, const std::string& name = "file") {
  return sniff(bytes, directory_of(bytes), name).media_type;
}

std::string number(std::uint64_t value, int size) {
  std::string out;
  for (int i = 0; i < size; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xff));
  return out;
}

std::string local_entry(const std::string& name, const std::string& content) {
  return "PK\3\4"s + number(20, 2) + number(0, 2) + number(0, 2) + number(0, 8) +
         number(static_cast<std::uint32_t>(content.size()), 4) +
         number(static_cast<std::uint32_t>(content.size()), 4) +
         number(static_cast<std::uint32_t>(name.size()), 2) + number(0, 2) + name + content;
}

std::string directory_entry(const std::string& name) {
  return "PK\1\2"s + std::string(24, '\0') + number(static_cast<std::uint32_t>(name.size()), 2) +
         std::string(16, '\0') + name;
}

// A directory with its end record.
std::string directory_of(const std::string& entries) {
  return entries + "PK\5\6"s + std::string(8, '\0') +
         number(static_cast<std::uint32_t>(entries.size()), 4) + std::string(6, '\0');
}

std::string zip_of(const std::vector<std::string>& names, const std::string& content) {
  std::string entries;
  std::string directory;
  for (const std::string& name : names) {
    entries += local_entry(name, content);
    directory += directory_entry(name);
  }
  return entries + directory_of(directory);
}

using test::compound_file;
using test::utf16le;

TEST(Sniff, WebArchivesByTheirFirstKey) {
  const std::string binary = "bplist00\xD1\1\2\x5F\x10\x0FWebMainResource"s;
  EXPECT_EQ(type(binary, "page"), "application/x-webarchive");
  EXPECT_EQ(type("bplist00\xD1\1\2", "page.webarchive"), "application/x-webarchive");
  EXPECT_EQ(type("bplist00\xD1\1\2", "Info.plist"), "application/x-bplist");
  const std::string head =
      "<?xml version=\"1.0\"?><!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
      "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\"><plist version=\"1.0\"><dict>";
  EXPECT_EQ(type(head + "<key>WebMainResource</key><dict>", "page.xml"),
            "application/x-webarchive");
  EXPECT_EQ(type(head + "<key>Volume</key>", "page.xml"), "application/xml");
}

TEST(Sniff, OldProgramsByTheirMarks) {
  const std::string rest = "\0\1\2\3\xff\0\0\0"s + std::string(64, '\0');
  EXPECT_EQ(type("\xffWPC" + rest, "letter.doc"), "application/vnd.wordperfect");
  EXPECT_EQ(type("\x31\xbe\0\0"s + rest, "a"), "application/x-mswrite");
  EXPECT_EQ(type("\0\0\2\0\6\4"s + rest, "a.wks"), "application/vnd.lotus-1-2-3");
  EXPECT_EQ(type("\0\0\x1a\0\2\x10"s + rest, "a.123"), "application/vnd.lotus-1-2-3");
  EXPECT_EQ(type("\0\0\2\0\x20\x51"s + rest, "a"), "application/x-quattro-pro");
  EXPECT_EQ(type("\6\7\xe1\0BOBO"s + rest, "a"), "application/x-appleworks");
  EXPECT_EQ(type("\xfe\x37\0\x23"s + rest, "Brief"), "application/x-macword");
  EXPECT_EQ(type("BOBO is a clown\nBOBO\n", "a.txt"), "text/plain");
}

TEST(Sniff, PdfByItsFirstBytes) {
  EXPECT_EQ(type("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a.txt"), "application/pdf");
}
TEST(Sniff, PdfBehindAByteOrderMark) {
  EXPECT_EQ(type("\xef\xbb\xbf\n%PDF-1.4\n"), "application/pdf");
}
TEST(Sniff, PdfBehindBinaryJunk) {
  EXPECT_EQ(type(std::string(500, '\1') + "%PDF-1.4\n"), "application/pdf");
}
TEST(Sniff, TextAboutPdfIsText) {
  EXPECT_EQ(type("The header is %PDF-1.4.\n", "a.md"), "text/markdown");
}
TEST(Sniff, PdfBehindWhatAServerPutBeforeIt) {
  EXPECT_EQ(type("<html>\n<head></head>\n%PDF-1.3\n1 0 obj\n", "a.pdf"), "application/pdf");
  EXPECT_EQ(type("HTTP/1.1 200 OK\r\n\r\n%PDF-1.3\n1 0 obj\n", "a.pdf"), "application/pdf");
  EXPECT_EQ(type("<html>\n<head></head>\n%PDF-1.3\n1 0 obj\n", "a.html"), "text/html");
}
TEST(Sniff, Rtf) {
  EXPECT_EQ(type("{\\rtf1\\ansi hi}"), "application/rtf");
}
TEST(Sniff, ImageWithTheWrongName) {
  EXPECT_EQ(type("\x89PNG\r\n\x1a\n\0\0"s, "a.md"), "image/png");
}
TEST(Sniff, WebpIsTold) {
  EXPECT_EQ(type("RIFF\x10\0\0\0WEBPVP8 "s), "image/webp");
}
TEST(Sniff, ElfIsNoDocument) {
  EXPECT_EQ(type("\x7f"
                 "ELF\2\1\1\0\0\0"s,
                 "a.txt"),
            "application/x-elf");
}

TEST(Sniff, DocxByAnEntryAtTheFront) {
  EXPECT_EQ(type(local_entry("[Content_Types].xml", "x") + local_entry("word/document.xml", "x")),
            kDocx);
}
TEST(Sniff, DocxByTheDirectoryAtTheEnd) {
  const std::string front = local_entry("[Content_Types].xml", std::string(70'000, 'x'));
  const std::string tail =
      directory_of(directory_entry("[Content_Types].xml") + directory_entry("word/document.xml"));
  EXPECT_EQ(sniff(front, tail, "a.bin").media_type, kDocx);
}
TEST(Sniff, DeckThatHoldsASheetIsADeck) {
  const std::string sheet = zip_of({"[Content_Types].xml", "xl/workbook.xml"}, "x");
  const std::string deck = zip_of({"ppt/embeddings/sheet.xlsx", "ppt/presentation.xml"}, sheet);
  const std::string kDeck =
      "application/vnd.openxmlformats-officedocument.presentationml.presentation";
  EXPECT_EQ(type(deck, "a.bin"), kDeck);
  EXPECT_EQ(sniff(deck, "", "a.bin").media_type, kDeck);  // cut off
}
TEST(Sniff, DocxWhoseMainPartHasAnotherName) {
  EXPECT_EQ(type(local_entry("[Content_Types].xml", "x") + local_entry("word/document2.xml", "x")),
            kDocx);
}
TEST(Sniff, XlsxUnderTheNameOfADocx) {
  EXPECT_EQ(type(local_entry("xl/workbook.xml", "x"), "a.docx"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
}
TEST(Sniff, EpubByItsMimetypeEntry) {
  EXPECT_EQ(type(local_entry("mimetype", "application/epub+zip") + local_entry("x", "y")),
            "application/epub+zip");
}
TEST(Sniff, OdtByItsMimetypeEntry) {
  EXPECT_EQ(type(local_entry("mimetype", "application/vnd.oasis.opendocument.text")),
            "application/vnd.oasis.opendocument.text");
}
TEST(Sniff, ForgedMimetypeEntryIsNotRepeated) {
  EXPECT_EQ(type(local_entry("mimetype", "text/html\n\x1b[2J")), "application/zip");
}
TEST(Sniff, PlainZip) {
  EXPECT_EQ(type(local_entry("a.txt", "x"), "a.txt"), "application/zip");
}

TEST(Sniff, OleByTheStreamsOfItsRoot) {
  const std::pair<const char*, const char*> kinds[] = {
      {"WordDocument", "application/msword"},
      {"Workbook", "application/vnd.ms-excel"},
      {"Book", "application/vnd.ms-excel"},
      {"PowerPoint Document", "application/vnd.ms-powerpoint"},
      {"__properties_version1.0", "application/vnd.ms-outlook"},
      {"EncryptedPackage", "application/x-ole-encrypted-package"},
      {"VisioDocument", "application/vnd.visio"},
      {"Quill/QuillSub/CONTENTS", "application/x-mspublisher"},
      {"MatOST", "application/vnd.ms-works"},
      {"PerfectOffice_MAIN", "application/vnd.wordperfect"},
      {"BodyText/Section0", "application/x-hwp"},
  };
  for (const auto& [stream, expected] : kinds) {
    EXPECT_EQ(type(compound_file({{"a", "1"}, {stream, "2"}, {"z", "3"}}), "a.txt"), expected);
  }
}
// What a document holds is not what it is.
TEST(Sniff, OleThatHoldsAnotherDocumentIsItself) {
  EXPECT_EQ(type(compound_file({{"MBD1/WordDocument", "1"}, {"Workbook", "2"}})),
            "application/vnd.ms-excel");
  EXPECT_EQ(type(compound_file({{"ObjectPool/_1/Workbook", "1"}, {"WordDocument", "2"}})),
            "application/msword");
  EXPECT_EQ(type(compound_file(
                {{"__substg1.0_3701000D/WordDocument", "1"}, {"__properties_version1.0", "2"}})),
            "application/vnd.ms-outlook");
}
TEST(Sniff, OleWhoseDirectoryIsBehindTheFirstBytes) {
  test::CompoundFileBuilder builder;
  builder.stream("Data", std::string(200'000, 'x')).stream("1Table", std::string(9'000, 'x'));
  for (int i = 0; i < 20; ++i) builder.stream("Pool/" + std::to_string(i), "x");
  builder.stream("WordDocument", std::string(70'000, 'x'));
  for (const bool backwards : {false, true}) {
    if (backwards) builder.backwards();
    EXPECT_EQ(type(builder.build()), "application/msword");
  }
}
TEST(Sniff, OleWithoutANameThatIsKnownByItsClass) {
  test::CompoundFileBuilder builder;
  builder.stream("x", "y").class_id(
      {0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46});
  EXPECT_EQ(type(builder.build(), "a.doc"), "application/x-msi");
}
TEST(Sniff, OleWithADamagedTreeByWhatIsThere) {
  std::string file = compound_file({{"a", "1"}, {"WordDocument", "2"}});
  const std::size_t entry = file.find(utf16le("a") + std::string(10, '\0'));
  file.replace(entry + 72, 4, number(0xffffffff, 4));
  EXPECT_EQ(type(file), "application/msword");
}
TEST(Sniff, OleWithALyingDirectorySectorFallsBackToTheName) {
  std::string file = compound_file({{"WordDocument", "x"}});
  for (const std::uint32_t lie : {0xfffffffeU, 0x7fffffffU, 0U}) {
    file.replace(48, 4, number(lie, 4));
    EXPECT_EQ(type(file, "a.xls"), "application/vnd.ms-excel") << lie;
    EXPECT_EQ(type(file, "a.txt"), "application/x-ole-storage") << lie;
  }
}

TEST(Sniff, HtmlByDoctypeWhateverTheName) {
  EXPECT_EQ(type("\xef\xbb\xbf \n<!-- hi --><!doctype HTML><p>", "a.txt"), "text/html");
}
TEST(Sniff, HtmlByItsElement) {
  EXPECT_EQ(type("<HTML lang=en>"), "text/html");
}
TEST(Sniff, HtmlInUtf16) {
  EXPECT_EQ(type("\xff\xfe" + utf16le("<html><body>Hi")), "text/html");
}
TEST(Sniff, MarkdownThatBeginsWithAnElement) {
  EXPECT_EQ(type("<div align=center>\n\n# Title\n", "README.md"), "text/markdown");
}
TEST(Sniff, FragmentOfHtmlWithoutAName) {
  EXPECT_EQ(type("<div>x</div>"), "text/html");
}
TEST(Sniff, MarkdownThatBeginsWithAComment) {
  EXPECT_EQ(type("<!-- toc -->\n# Title\n", "a.md"), "text/markdown");
}
TEST(Sniff, XhtmlByItsRoot) {
  EXPECT_EQ(type("<?xml version='1.0'?><!DOCTYPE html><html xmlns='x'>", "a.xml"),
            "application/xhtml+xml");
}
TEST(Sniff, FeedUnderTheNameOfXml) {
  EXPECT_EQ(type("<?xml version='1.0'?>\n<rss version='2.0'>", "a.xml"), "application/rss+xml");
}
TEST(Sniff, XmlOfUnknownKind) {
  EXPECT_EQ(type("<?xml version='1.0'?><bill/>", "a.txt"), "application/xml");
}
TEST(Sniff, SvgWithoutADeclaration) {
  EXPECT_EQ(type("<svg xmlns='http://www.w3.org/2000/svg'>"), "image/svg+xml");
}

TEST(Sniff, JsonWithoutAName) {
  EXPECT_EQ(type("  {\n \"a\": 1}"), "application/json");
}
TEST(Sniff, MarkdownThatBeginsWithALink) {
  EXPECT_EQ(type("[1](a) text", "a.md"), "text/markdown");
}
TEST(Sniff, TextThatBeginsWithABrace) {
  EXPECT_EQ(type("{hello}"), "text/plain");
}

TEST(Sniff, MailByItsHeaders) {
  EXPECT_EQ(type("Received: from a\r\n by b\r\nFrom: a@b\r\nSubject: hi\r\nDate: now\r\n\r\nText"),
            "message/rfc822");
}
TEST(Sniff, TextWithAFewColonsIsNoMail) {
  EXPECT_EQ(type("From: me\nTo: you\nSubject: notes\n\nText", "a.txt"), "text/plain");
}
TEST(Sniff, Mbox) {
  EXPECT_EQ(type("From a@b Mon Jan  1 00:00:00 2024\nMessage-ID: <1>\nFrom: a@b\nTo: c\n\n"),
            "application/mbox");
}

TEST(Sniff, MailBehindBlankLines) {
  EXPECT_EQ(type("\n\nReceived: x\nFrom: a@b\nSubject: hi\n\n"), "message/rfc822");
  EXPECT_EQ(type("\r\n\r\nFrom a@b Mon Jan  1 00:00:00 2024\nFrom: a@b\nTo: c\n\n"),
            "application/mbox");
}
TEST(Sniff, MailBehindItsSize) {
  EXPECT_EQ(type("1234      \nReceived: x\nFrom: a@b\nSubject: hi\n\n"), "message/rfc822");
  EXPECT_EQ(type("12 34 5\n\nText"), "text/plain");
  EXPECT_EQ(type("1234"), "text/plain");
}
TEST(Sniff, MailWhoseHeaderIsLongerThanThePrefix) {
  EXPECT_EQ(type("Received: x\nFrom: a@b\nSubject: hi\nX-Long: " + std::string(100'000, 'x')),
            "message/rfc822");
}
TEST(Sniff, TextThatBeginsWithFromIsNoMailbox) {
  EXPECT_EQ(type("From the desk of\nTo: you\n\nText"), "text/plain");
}
TEST(Sniff, Subtitles) {
  EXPECT_EQ(type("<?xml version='1.0'?><tt xmlns='http://www.w3.org/ns/ttml'/>"),
            "application/ttml+xml");
  EXPECT_EQ(type("<SAMI>\n<BODY>"), "application/x-sami");
  EXPECT_EQ(type("{0}{25}Hello\n"), "text/x-microdvd");
  EXPECT_EQ(type("{}{25}Hello\n", "a.txt"), "text/plain");
  EXPECT_EQ(type("[INFORMATION]\n[TITLE]x\n"), "text/x-sbv");
}
TEST(Sniff, Tnef) {
  EXPECT_EQ(type("\x78\x9f\x3e\x22\x01\0\x01"s), "application/ms-tnef");
}

TEST(Sniff, TextFormatsAreToldApartByName) {
  EXPECT_EQ(type("a,b\n1,2\n", "x.CSV"), "text/csv");
  EXPECT_EQ(type("a\tb\n", "x.tsv"), "text/tab-separated-values");
  EXPECT_EQ(type("a: 1\n", "x.yml"), "application/yaml");
  EXPECT_EQ(type("a: 1\n", "x.md"), "text/markdown");
  EXPECT_EQ(type("a: 1\n", "x.unknown"), "text/plain");
}
TEST(Sniff, TextUnderTheNameOfAPdfIsText) {
  EXPECT_EQ(type("hello\n", "a.pdf"), "text/plain");
}
TEST(Sniff, EmptyFileGoesByItsName) {
  EXPECT_EQ(type("", "a.md"), "text/markdown");
  EXPECT_EQ(type("", "a"), "text/plain");
}
TEST(Sniff, Utf16WithoutAMarkIsText) {
  EXPECT_EQ(type(utf16le("name,age\r\nAda,36\r\n"), "a.csv"), "text/csv");
}
TEST(Sniff, Utf32IsText) {
  EXPECT_EQ(type("\xff\xfe\0\0h\0\0\0i\0\0\0"s, "a.txt"), "text/plain");
}
TEST(Sniff, LegacyCharsetIsText) {
  EXPECT_EQ(type("caf\xe9 cr\xe8me\n", "a.txt"), "text/plain");
}
TEST(Sniff, StrayBytesInTextAreForgivenByName) {
  EXPECT_EQ(type("# a\0b\n"s, "a.md"), "text/markdown");
  EXPECT_EQ(type("# a\0b\n"s, "a"), "application/octet-stream");
  std::string text;
  for (int i = 0; i < 50; ++i) text += "a line\0\n"s;
  EXPECT_EQ(type(text + std::string(500, 'x'), "a.csv"), "application/octet-stream");
}
TEST(Sniff, BinaryUnderTheNameOfTextIsBinary) {
  std::string bytes;
  for (int i = 0; i < 4096; ++i) bytes.push_back(static_cast<char>(i * 131 + i / 7));
  EXPECT_EQ(type(bytes, "a.md"), "application/octet-stream");
}

TEST(Sniff, LooksAtNoMoreThanItsBytes) {
  const std::string far = std::string(kSniffBytes, ' ') + "<html>";
  EXPECT_EQ(type(far, "a.md"), "text/markdown");
}

// Every prefix of each of these, and bytes of any kind behind a signature, must come out somehow,
// and the same each time.
TEST(Sniff, HostileBytesNeverCrash) {
  const std::vector<std::string> seeds = {
      local_entry("mimetype", "application/epub+zip"),
      compound_file({{"WordDocument", "x"}}),
      "<?xml version='1.0'?><!DOCTYPE a [ <!ENTITY b 'c'> ]><a>",
      "\xff\xfe\0\0"s,
      "From a\nX: y\n",
      "%PDF-",
      "{\"",
      directory_entry("word/document.xml"),
      "\xfe\xff\xd8",
      "<!--",
      "<!doctype"};
  std::mt19937 random(1);
  for (const std::string& seed : seeds) {
    for (std::size_t size = 0; size <= seed.size(); ++size) {
      std::string bytes = seed.substr(0, size);
      EXPECT_FALSE(type(bytes, "a.md").empty());
      for (int i = 0; i < 40; ++i) bytes.push_back(static_cast<char>(random()));
      EXPECT_EQ(type(bytes), type(bytes));
    }
  }
}

TEST(Sniff, HostileBytesTakeNoLongerThanTheirLength) {
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& unit :
       {"PK\3\4\xff\xff"s, "<!--"s, "<?xml"s, "<!doctype["s, "A: b\n "s, "From \n"s, "%PDF-"s}) {
    std::string bytes = "PK\3\4"s;
    if (unit[0] != 'P') bytes.clear();
    while (bytes.size() < kSniffBytes) bytes += unit;
    for (int i = 0; i < 20; ++i) EXPECT_FALSE(type(bytes).empty());
  }
  // A quadratic step would take minutes.
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

// A single file says what it is in its root, whatever its name.
TEST(Sniff, FlatOpenDocuments) {
  const auto flat = [](const std::string& kind) {
    return "<?xml version='1.0'?>\n<office:document "
           "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
           "office:mimetype='application/vnd.oasis.opendocument." +
           kind + "'><office:body/></office:document>";
  };
  EXPECT_EQ(type(flat("text"), "a.xml"), "application/vnd.oasis.opendocument.text-flat-xml");
  EXPECT_EQ(type(flat("spreadsheet")), "application/vnd.oasis.opendocument.spreadsheet-flat-xml");
  EXPECT_EQ(type(flat("presentation"), "a.fodp"),
            "application/vnd.oasis.opendocument.presentation-flat-xml");
  EXPECT_EQ(type(flat("graphics")), "application/vnd.oasis.opendocument.graphics-flat-xml");
  EXPECT_EQ(type(flat("other"), "a.xml"), "application/xml");
}

TEST(Sniff, SourceTextOfFormattersWhereTheNameLeavesItOpen) {
  const std::string tex = "% a remark\n\\RequirePackage{x}\n\\documentclass[a4paper]{article}\n";
  for (const char* name : {"a.txt", "a", "a.unknown", "a.tex", "a.latex"})
    EXPECT_EQ(type(tex, name), "text/x-tex") << name;
  EXPECT_EQ(type(tex, "a.md"), "text/markdown");
  EXPECT_EQ(type("text\n\\documentclass{x}\n", "a.txt"), "text/plain");
  EXPECT_EQ(type("\\documentclasses\n", "a.txt"), "text/plain");

  for (const char* org : {"\n#+TITLE: x\n", "#+startup: show\n", "# -*- mode: org -*-\n"})
    EXPECT_EQ(type(org, "a.txt"), "text/x-org") << org;
  EXPECT_EQ(type("# Title\n#+TITLE: x\n", "a.txt"), "text/plain");

  EXPECT_EQ(type("// x\n= Title\nJane\n:toc:\n\ntext\n", "a.txt"), "text/x-asciidoc");
  for (const char* other : {"= Title =\n:toc:\n", "= Title\n\n:toc:\n", "= 3\n:not one: x\n"})
    EXPECT_EQ(type(other, "a.txt"), "text/plain") << other;

  EXPECT_EQ(type("Title\n=====\n\n.. note:: x\n", "a.txt"), "text/x-rst");
  for (const char* other : {"Title\n=====\n\ntext\n", ".. note:: x\n", "Title\n=====\n.. hm:: x\n",
                            "Title\n=====\n.. note\n"})
    EXPECT_EQ(type(other, "a.txt"), "text/plain") << other;
}

}  // namespace
}  // namespace sluice::plugin
