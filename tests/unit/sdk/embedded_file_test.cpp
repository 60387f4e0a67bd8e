// What is taken out of objects of other programs, and what is not.
#include <gtest/gtest.h>

#include <sluice/embedded_file.hpp>
#include <string>

#include "kit/compound_file_builder.h"
#include "kit/zip_builder.h"

namespace sluice::test {
namespace {

// "name: bytes", or "nothing".
std::string taken(const std::optional<EmbeddedFile>& file) {
  return file ? file->name + ": " + file->bytes : "nothing";
}

std::string workbook_package() {
  ZipBuilder zip;
  zip.add("xl/workbook.xml", "<x/>");
  return zip.build();
}

TEST(EmbeddedFile, OfThePackagerHasItsNameAndBytes) {
  const std::string native = packaged("notes.txt", "some words");
  EXPECT_EQ(taken(file_in_object(compound_file({{"\1Ole10Native", native}}))),
            "notes.txt: some words");
  EXPECT_EQ(taken(file_in_object(compound_file({{"\1Ole10Native", packaged("", "x")}}))), ": x");
  EXPECT_EQ(taken(file_in_object(compound_file({{"\1Ole10Native", packaged("..\\..\\a", "x")}}))),
            "a: x");
}

TEST(EmbeddedFile, OfThePackagerHasTheNameInUnicodeIfThereIsOne) {
  std::string native = packaged("?.txt", "x");
  const auto text = [](const std::string& wide) { return little(wide.size() / 2, 4) + wide; };
  native += text(utf16le("tmp")) + text(little(0x416, 2) + utf16le(".txt")) + text(utf16le("C:"));
  EXPECT_EQ(taken(file_in_object(compound_file({{"\1Ole10Native", native}}))), "\u0416.txt: x");
}

TEST(EmbeddedFile, OfThePackagerThatIsCutOffIsNone) {
  const std::string native = packaged("notes.txt", "some words");
  for (std::size_t size = 0; size < native.size(); ++size) {
    EXPECT_EQ(taken(file_in_object(compound_file({{"\1Ole10Native", native.substr(0, size)}}))),
              "nothing")
        << size;
  }
}

TEST(EmbeddedFile, OfAProgramIsADocumentInAStream) {
  const std::string book = workbook_package();
  EXPECT_EQ(taken(file_in_object(compound_file({{"Package", book}}))), ": " + book);
  EXPECT_EQ(taken(file_in_object(compound_file({{"CONTENTS", "%PDF-1.4 x"}}))), ": %PDF-1.4 x");
  EXPECT_EQ(taken(file_in_object(compound_file({{"CONTENTS", "what only a program knows"}}))),
            "nothing");
  const std::string pdf = little(10, 4) + "%PDF-1.4 x";
  EXPECT_EQ(taken(file_in_object(compound_file({{"\1Ole10Native", pdf}}))), ": %PDF-1.4 x");
}

TEST(EmbeddedFile, IsTheStorageItselfIfThatIsADocument) {
  for (const char* stream : {"WordDocument", "Workbook", "Book", "PowerPoint Document"}) {
    const std::string bytes = compound_file({{stream, "x"}});
    EXPECT_EQ(taken(file_in_object(bytes)), ": " + bytes) << stream;
  }
  EXPECT_EQ(taken(file_in_object(compound_file({{"VisioDocument", "x"}}))), "nothing");
}

TEST(EmbeddedFile, OfAStorageWithinAFileIsACopyThatCanBeRead) {
  const std::string outer =
      compound_file({{"MBD1/Workbook", std::string(5000, 'w')}, {"MBD1/a/b", "c"}});
  CompoundFile file(outer);
  const auto copy = file_in_object(file, *file.find("MBD1"));
  ASSERT_TRUE(copy);
  CompoundFile inner(copy->bytes);
  EXPECT_EQ(inner.read(*inner.find("Workbook")).bytes, std::string(5000, 'w'));
  EXPECT_EQ(inner.read(*inner.find(*inner.find("a"), "b")).bytes, "c");
}

// What they hold is what the document shows.
TEST(EmbeddedFile, IsNoChartOfGraphAndNoPictureOfWord) {
  const std::string chart = CompoundFileBuilder()
                                .class_id({3, 8, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46})
                                .stream("Workbook", "x")
                                .build();
  EXPECT_EQ(taken(file_in_object(chart)), "nothing");
  const std::string picture = CompoundFileBuilder()
                                  .class_id({7, 9, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46})
                                  .stream("WordDocument", "x")
                                  .build();
  EXPECT_EQ(taken(file_in_object(picture)), "nothing");
}

TEST(EmbeddedFile, OfOle1HasAClass) {
  const auto object = [](unsigned form, const std::string& native) {
    return little(0x501, 4) + little(form, 4) + little(8, 4) + std::string("Package\0", 8) +
           little(0, 4) + little(0, 4) + little(native.size(), 4) + native;
  };
  std::string kind;
  EXPECT_EQ(taken(file_in_ole1_object(object(2, packaged("a.txt", "x").substr(4)), kind)),
            "a.txt: x");
  EXPECT_EQ(kind, "Package");
  constexpr unsigned kLinked = 1;
  EXPECT_EQ(taken(file_in_ole1_object(object(kLinked, packaged("a.txt", "x").substr(4)), kind)),
            "nothing");
  EXPECT_EQ(taken(file_in_ole1_object("\1\2", kind)), "nothing");
}

TEST(EmbeddedFile, WithinObjectsWithinObjectsEnds) {
  std::string bytes = "%PDF-1.4";
  for (int i = 0; i < 3; ++i) bytes = compound_file({{"CONTENTS", bytes}});
  EXPECT_EQ(taken(file_in_object(bytes)), ": %PDF-1.4");
  for (int i = 0; i < 20; ++i) bytes = compound_file({{"CONTENTS", bytes}});
  EXPECT_EQ(taken(file_in_object(bytes)), "nothing");
}

TEST(DocumentExtension, IsThatOfTheContent) {
  EXPECT_EQ(document_extension(workbook_package()), "xlsx");
  ZipBuilder text;
  ZipBuilder::Options stored;
  stored.stored = true;
  text.add("mimetype", "application/vnd.oasis.opendocument.text", stored);
  EXPECT_EQ(document_extension(text.build()), "odt");
  EXPECT_EQ(document_extension("{\\rtf1 x}"), "rtf");
  EXPECT_EQ(document_extension("%PDF-1.7"), "pdf");
  EXPECT_EQ(document_extension(compound_file({{"WordDocument", "x"}})), "doc");
  EXPECT_EQ(document_extension("MZ"), "");
}

}  // namespace
}  // namespace sluice::test
