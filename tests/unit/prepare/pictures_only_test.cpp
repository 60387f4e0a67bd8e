// What counts as a document of pictures alone.
#include <gtest/gtest.h>

#include <sluice/pictures_only.hpp>

namespace sluice::prepare {
namespace {

bool holds(std::string_view body) {
  abi_rules::PicturesOnly whole;
  whole.feed(body);
  // Wherever the body is cut.
  for (std::size_t cut = 0; cut <= body.size(); ++cut) {
    abi_rules::PicturesOnly parts;
    parts.feed(body.substr(0, cut));
    parts.feed(body.substr(cut));
    EXPECT_EQ(parts.holds(), whole.holds()) << body << " cut at " << cut;
  }
  return whole.holds();
}

TEST(PicturesOnly, ImagesCommentsAndBlanksAreNoText) {
  EXPECT_TRUE(holds("![]()"));
  EXPECT_TRUE(holds("![a map \\] of it](images/a/b.png)\n\n![](x.png)\n"));
  EXPECT_TRUE(holds("<!-- Slide number: 1 -->\n\n![p]()\n\n<!-- page --- 2 -->\n"));
}

TEST(PicturesOnly, AnythingElseIs) {
  EXPECT_FALSE(holds("![p]() a"));
  EXPECT_FALSE(holds("# Title\n\n![p]()\n"));
  EXPECT_FALSE(holds("| |\n| --- |\n| ![p]() |\n"));
  EXPECT_FALSE(holds("[link](a)"));
  EXPECT_FALSE(holds("!important"));
  EXPECT_FALSE(holds("![p] no image"));
  EXPECT_FALSE(holds("<b>x</b>"));
  EXPECT_FALSE(holds("<!-- a --> 1"));
}

}  // namespace
}  // namespace sluice::prepare
