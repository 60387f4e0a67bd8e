// What was filled in, chosen and ticked in forms.
#include <gtest/gtest.h>

#include "html_run.h"

namespace sluice::test {
namespace {

TEST(HtmlForm, InputsShowTheirValues) {
  EXPECT_EQ(markdown_of("<p>Name: <input value='Ada  Lovelace'>, born <input type=date "
                        "value=1815-12-10></p>"),
            "Name: Ada Lovelace , born 1815-12-10\n");
  EXPECT_EQ(markdown_of("<p>a</p><p><input type=number value=7></p>"), "a\n\n7\n");
}

TEST(HtmlForm, WhatNobodySeesIsNoText) {
  for (const char* type : {"hidden", "password", "submit", "button", "reset", "image", "color"}) {
    EXPECT_EQ(markdown_of(std::string("<p>a<input type=") + type + " value=x></p>"), "a\n") << type;
  }
  EXPECT_EQ(markdown_of("<p>a<input placeholder=x><input value=' '></p>"), "a\n");
}

TEST(HtmlForm, ChoicesAreBoxes) {
  EXPECT_EQ(markdown_of("<p><input type=radio checked>yes <input type=radio>no</p>"),
            "\u2612 yes \u2610 no\n");
  EXPECT_EQ(markdown_of("<p><label>yes <input type=checkbox checked></label></p>"), "yes \u2612\n");
  EXPECT_EQ(markdown_of("<table><tr><th>a<th>b<tr><td><input type=checkbox><td>no</table>"),
            "| a | b |\n| --- | --- |\n| \u2610 | no |\n");
}

// They open and close a part of the page.
TEST(HtmlForm, BoxesWithoutWordsAreSwitches) {
  EXPECT_EQ(markdown_of("<input type=checkbox id=nav><label for=nav><svg></svg></label><p>a</p>"),
            "a\n");
}

TEST(HtmlForm, TheBoxOfATaskIsThatOfItsItem) {
  EXPECT_EQ(markdown_of("<ul><li><input type=checkbox checked> done <input value=today></ul>"),
            "- [x] done today\n");
}

TEST(HtmlForm, MenusShowWhatIsChosen) {
  EXPECT_EQ(markdown_of("<p>Size <select><option>S<option selected>M<option>L</select></p>"),
            "Size M\n");
  EXPECT_EQ(markdown_of("<p>Size <select><option>S<option>M</select></p>"), "Size S\n");
  EXPECT_EQ(markdown_of("<p>Size <select><option value=''>Choose<option>M</select></p>"), "Size\n");
  EXPECT_EQ(markdown_of("<p>Size <select multiple><option selected>S<option>M<option "
                        "selected>L</select></p>"),
            "Size S, L\n");
  EXPECT_EQ(markdown_of("<p>Size <select multiple><option>S</select></p>"), "Size\n");
}

TEST(HtmlForm, TextAreasKeepTheirLines) {
  EXPECT_EQ(markdown_of("<p>Say: <textarea>one</textarea> so</p>"), "Say: one so\n");
  EXPECT_EQ(markdown_of("<form>Say:<textarea>one\ntwo *</textarea>end</form>"),
            "Say:\n\none\\\ntwo *\n\nend\n");
}

TEST(HtmlForm, InAHeadingIsPartOfItsAnchor) {
  EXPECT_EQ(markdown_of("<h2 id=h>Year <input value=2024> <textarea>a\nb</textarea></h2><p><a "
                        "href='#h'>up</a></p>"),
            "## Year 2024 a b\n\n[up](#year-2024-a-b)\n");
}

// Those that are hidden, and those of a page's search, are left out with what is around them.
TEST(HtmlForm, AreLeftOutAsTheyWere) {
  EXPECT_EQ(markdown_of("<p>a</p><div hidden><input value=x></div>"), "a\n");
  const std::string article =
      "<article><h1>Head</h1><p>" + std::string(600, 'x') + ", and more, and more.</p></article>";
  const std::string countries = "<select><option>" + std::string(500, 'y') + "</select>";
  EXPECT_EQ(markdown_of(article + "<form>Mail <input value=x>" + countries + "</form>", "auto"),
            "# Head\n\n" + std::string(600, 'x') + ", and more, and more.\n");
}

}  // namespace
}  // namespace sluice::test
