#include "plugin/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin_folder.h"

namespace sluice::plugin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

class RouterTest : public ::testing::Test {
 protected:
  void add(const std::string& id, const std::string& claims) {
    std::string manifest = PluginText{.id = id, .converter = id}.manifest();
    const std::string own = "extensions = [\"exa\"]\n";
    manifest.replace(manifest.find(own), own.size(), claims);
    write_file(temp_ / id / "plugin.toml", manifest);
    write_file(temp_ / id / "example.so", "x");
  }
  Router router(std::vector<std::string> order = {}) {
    const Catalog catalog = Catalog::scan(files_, {{temp_.path(), "the test"}},
                                          {.allow = {}, .deny = {}, .order = std::move(order)});
    EXPECT_TRUE(catalog.refused().empty());
    return Router(catalog);
  }
  static std::vector<std::string> ids(const std::vector<Candidate>& line) {
    std::vector<std::string> out;
    for (const Candidate& candidate : line) out.push_back(candidate.converter->id);
    return out;
  }

  test::TempDir temp_;
  platform::Files files_;
};

TEST_F(RouterTest, MediaTypeComesBeforeTheBroaderOne) {
  add("text", "media_types = [\"text/plain\"]\npriority = 90\n");
  add("markdown", "media_types = [\"text/markdown\"]\n");
  EXPECT_THAT(ids(router().route({"text/markdown", ""}, "", "a.md")),
              ElementsAre("markdown", "text"));
}

TEST_F(RouterTest, PlainTextTakesSourceCodeAndNoTaggedFormat) {
  add("text", "media_types = [\"text/plain\"]\n");
  const Router line = router();
  const auto takers = [&](const std::string& name, const std::string& content) {
    return ids(line.route(sniff(content, "", name), content, name));
  };
  for (const char* name : {"a.txt", "a.py", "a.c", "a.sh", "a.unknown", "a.rst", "a.md", "a"}) {
    EXPECT_THAT(takers(name, "some text\n"), ElementsAre("text")) << name;
  }
  for (const char* name :
       {"a.csv", "a.tsv", "a.json", "a.jsonl", "a.ipynb", "a.html", "a.svg", "a.xml", "a.rss",
        "a.atom", "a.ics", "a.vcf", "a.eml", "a.mbox", "a.srt", "a.vtt", "a.yaml"}) {
    EXPECT_THAT(takers(name, "some text\n"), IsEmpty()) << name;
  }
  const std::string mail =
      "Received: from a\nFrom: a@b\nTo: c@d\nSubject: hi\nMessage-ID: <1>\n\nText\n";
  for (const std::string& content :
       {mail, "From a@b Mon Jan  1 00:00:00 2024\n" + mail,
        std::string("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), std::string("\nbegin:vcard\n"),
        std::string("\n{\\rtf1\\ansi x}"), std::string("WEBVTT\n\n1\n"),
        std::string("{\"cells\": [{\"cell_type\": \"code\"}]}"), std::string("{\"a\": 1}"),
        std::string("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), std::string("<svg>\n</svg>"),
        std::string("<rss version=\"2.0\"></rss>"), std::string("<feed>x</feed>"),
        std::string("<note><to>x</to></note>"), std::string("<?xml version=\"1.0\"?><a/>"),
        std::string("<!doctype html><p>"), std::string("<kml><Placemark/></kml>")}) {
    EXPECT_THAT(takers("a", content), IsEmpty()) << content;
  }
  // Marks in running text make no tagged format of it.
  for (const char* content : {"<TODO> buy milk\n", "< 5 of them\n", "BEGIN:VCALENDARS\n",
                              "webvtts are files\n", "{hello}\n", "-> <a@b>\n"}) {
    EXPECT_THAT(takers("a", content), ElementsAre("text")) << content;
  }
}

TEST_F(RouterTest, APictureInXmlIsNoXmlDocument) {
  add("xml", "media_types = [\"application/xml\"]\n");
  const Router line = router();
  EXPECT_THAT(ids(line.route({"image/svg+xml", ""}, "", "a.svg")), IsEmpty());
  EXPECT_THAT(ids(line.route({"application/xhtml+xml", ""}, "", "a")), ElementsAre("xml"));
}

TEST_F(RouterTest, ANotebookIsNoJsonDocument) {
  add("json", "media_types = [\"application/json\"]\nextensions = [\"json\"]\n");
  const Router line = router();
  const std::string notebook = "{\"cells\": [{\"cell_type\": \"code\"}]}";
  for (const char* name : {"a.ipynb", "a"}) {
    EXPECT_THAT(ids(line.route(sniff(notebook, "", name), notebook, name)), IsEmpty()) << name;
  }
  EXPECT_THAT(ids(line.route(sniff("{\"a\": 1}", "", "a"), "{\"a\": 1}", "a")),
              ElementsAre("json"));
}

TEST_F(RouterTest, ARefusedPluginKeepsItsPlaceInLine) {
  add("first", "media_types = [\"text/html\"]\npriority = 90\n");
  add("second", "media_types = [\"text/html\"]\npriority = 10\n");
  fs::permissions(temp_ / "first", fs::perms::all);
  const Catalog catalog = Catalog::scan(files_, {{temp_.path(), "the test"}}, {});
  const auto line = Router(catalog).route({"text/html", ""}, "", "a");
  ASSERT_THAT(ids(line), ElementsAre("first", "second"));
  ASSERT_TRUE(line[0].refusal);
  EXPECT_THAT(line[0].refusal->cause, HasSubstr("everybody may write to it"));
  EXPECT_FALSE(line[1].refusal);
}

TEST_F(RouterTest, APluginThatTheUserDeniesHasNoPlaceInLine) {
  add("first", "media_types = [\"text/html\"]\npriority = 90\n");
  add("second", "media_types = [\"text/html\"]\n");
  const Catalog catalog = Catalog::scan(files_, {{temp_.path(), "the test"}},
                                        {.allow = {}, .deny = {"first"}, .order = {}});
  EXPECT_THAT(ids(Router(catalog).route({"text/html", ""}, "", "a")), ElementsAre("second"));
}

TEST_F(RouterTest, ExtensionComesBeforePlainText) {
  add("text", "media_types = [\"text/plain\"]\npriority = 90\n");
  add("mine", "extensions = [\"exa\"]\n");
  EXPECT_THAT(ids(router().route({"text/plain", ""}, "", "a.EXA")), ElementsAre("mine", "text"));
}

TEST_F(RouterTest, ExtensionDoesNotBeatCertainContent) {
  add("mine", "extensions = [\"md\"]\n");
  EXPECT_THAT(ids(router().route({"application/pdf", ""}, "", "a.md")), IsEmpty());
}

TEST_F(RouterTest, MagicOfAConverterCounts) {
  add("mine", "magic = [{ offset = 1, hex = \"4142\" }]\n");
  EXPECT_THAT(ids(router().route({"application/octet-stream", ""}, "xAB", "a")),
              ElementsAre("mine"));
  EXPECT_THAT(ids(router().route({"application/octet-stream", ""}, "AB", "a")), IsEmpty());
}

TEST_F(RouterTest, HigherPriorityGoesFirst) {
  add("a", "media_types = [\"text/html\"]\npriority = 40\n");
  add("b", "media_types = [\"text/html\"]\npriority = 60\n");
  EXPECT_THAT(ids(router().route({"text/html", ""}, "", "a")), ElementsAre("b", "a"));
}

TEST_F(RouterTest, SearchOrderSettlesTies) {
  add("b", "media_types = [\"text/html\"]\n");
  add("a", "media_types = [\"text/html\"]\n");
  EXPECT_THAT(ids(router().route({"text/html", ""}, "", "a")), ElementsAre("a", "b"));
}

TEST_F(RouterTest, ConfiguredOrderBeatsPriority) {
  add("a", "media_types = [\"text/html\"]\npriority = 90\n");
  add("b", "media_types = [\"text/html\"]\npriority = 10\n");
  const auto line = router({"b"}).route({"text/html", ""}, "", "a");
  EXPECT_THAT(ids(line), ElementsAre("b", "a"));
  EXPECT_THAT(line[0].why, HasSubstr("[plugins] order"));
}

TEST_F(RouterTest, ChosenConverterIsTheOnlyOne) {
  add("a", "media_types = [\"text/html\"]\n");
  add("b", "media_types = [\"text/csv\"]\n");
  EXPECT_THAT(ids(router().route({"text/html", ""}, "", "a", "b")), ElementsAre("b"));
  EXPECT_THAT(ids(router().route({"text/html", ""}, "", "a", "c")), IsEmpty());
}

TEST_F(RouterTest, OtherSpellingsOfATypeAreTheSame) {
  add("a", "media_types = [\"text/x-markdown\"]\n");
  EXPECT_THAT(ids(router().route({"Text/Markdown; charset=utf-8", ""}, "", "a")), ElementsAre("a"));
}

TEST_F(RouterTest, ExplainsItsChoice) {
  add("a", "media_types = [\"text/html\"]\n");
  EXPECT_EQ(router().route({"text/html", ""}, "", "a")[0].why, "media type text/html; priority 50");
}

TEST_F(RouterTest, KnowsTheExtensionsOfItsConverters) {
  add("a", "extensions = [\"md\"]\n");
  EXPECT_TRUE(router().knows_extension("md"));
  EXPECT_FALSE(router().knows_extension("pdf"));
}

}  // namespace
}  // namespace sluice::plugin
