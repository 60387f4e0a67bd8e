// Documents of Office before 2007 through the whole program: told by their content, whatever they
// are called, and converted.
#include <fstream>
#include <iterator>

#include "cli/command_session.h"
#include "kit/compound_file_builder.h"
#include "kit/corpus.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

class OldOffice : public CommandSession {
 protected:
  static std::string sheet() {
    return std::string("\x09\x08\x08\0\0\5\x10\0\0\0\0\0", 12) +
           std::string("\x04\x02\x0D\0\0\0\0\0\0\0\5\0cells\x0A\0\0\0", 21);
  }
};

TEST_F(OldOffice, AWorkbookIsToldByItsStreamNotByItsName) {
  write("a.doc", compound_file({{"MBD1/WordDocument", "x"}, {"Book", sheet()}}));
  // The object in it, which is no text, fails on its own.
  ASSERT_EQ(run({"convert", "a.doc"}), 3) << err_;
  EXPECT_THAT(out_, HasSubstr("converter: xls 1.0.0"));
  EXPECT_THAT(out_, HasSubstr("## a\n\ncells\n"));
}

TEST_F(OldOffice, WhyNamesTheStream) {
  write("a.bin", compound_file({{"PowerPoint Document", "x"}}));
  EXPECT_EQ(run({"plugin", "why", "a.bin"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("OLE2 with PowerPoint Document"));
  EXPECT_THAT(out_, HasSubstr("ppt"));
}

TEST_F(OldOffice, DocumentsOfEachKindAreConverted) {
  const auto folder = corpus("office-legacy");
  if (!folder) GTEST_SKIP() << "there are no test documents";
  const std::pair<const char*, const char*> kinds[] = {
      {"word-extractor/test10.doc", "This is a simple Word file"},
      {"unstructured/fake-power-point.ppt", "# Adding a Bullet Slide"},
      {"exceldatareader/Test_git_issue_368_formats.xls", "| 1 |"},
  };
  for (const auto& [path, expected] : kinds) {
    std::ifstream in(*folder / path, std::ios::binary);
    write("document", std::string(std::istreambuf_iterator<char>(in), {}));
    EXPECT_EQ(run({"convert", "document"}), 0) << path << err_;
    EXPECT_THAT(out_, HasSubstr(expected)) << path;
  }
}

}  // namespace
}  // namespace sluice::test
