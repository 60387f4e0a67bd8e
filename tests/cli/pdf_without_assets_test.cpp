// PDF through the whole program where nobody keeps its images: they are not decoded, and the text
// is the same.
#include "cli/command_session.h"
#include "unit/plugins/pdf/pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

class PdfWithoutAssets : public CommandSession {};

TEST_F(PdfWithoutAssets, TextBehindAnInlineImageIsThere) {
  // It seems to end at once; what follows begins a string that ends nowhere.
  const std::string pixels = " EI " + std::string(32 * 32 - 4, '(');
  PdfMaker maker;
  maker.add_page(show(50, 700, 10, "before the image") +
                 "q 100 0 0 100 50 500 cm BI /W 32 /H 32 /CS /G /BPC 8 ID " + pixels + "\nEI Q\n" +
                 show(50, 400, 10, "after the image"));
  write("a.pdf", maker.make());
  ASSERT_EQ(run({"convert", "a.pdf"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("before the image"));
  EXPECT_THAT(out_, HasSubstr("after the image"));
  ASSERT_EQ(run({"convert", "a.pdf", "--assets", "kept"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("after the image"));
}

}  // namespace
}  // namespace sluice::test
