// No converter publishes a link that would run a script, however its document writes it and
// wherever; what the link says stays, and so do other links.
#include <set>

#include "cli/real_program.h"
#include "hostile/script_documents.h"
#include "hostile/script_judge.h"

namespace sluice::test {
namespace {

class ScriptLinks : public RealProgram, public ::testing::WithParamInterface<Disguise> {};

std::string without_front_matter(const std::string& markdown) {
  const std::size_t end = markdown.find("\n---\n");
  return end == std::string::npos ? markdown : markdown.substr(end + 5);
}

TEST_P(ScriptLinks, NoneLeavesAConverter) {
  const std::vector<ScriptDocument> documents = documents_linking_to(GetParam().url);
  std::set<std::string> sound;  // of them, by the source's path
  for (const ScriptDocument& document : documents) {
    write("in/" + document.file_name, document.bytes);
    if (document.is_sound) sound.insert("in/" + document.file_name);
  }
  const Finished run = add({"in", "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
  std::size_t published = 0;
  for (const Json& doc : objects(run.out, "doc")) {
    ASSERT_FALSE(doc["markdown"].is_null()) << doc;
    ++published;
    const std::string markdown =
        without_front_matter(read_file(kb() / doc["markdown"].get<std::string>()));
    const Destinations found = destinations_of(markdown);
    EXPECT_THAT(found.scripts, ::testing::IsEmpty()) << doc["source"] << "\n" << markdown;
    EXPECT_THAT(markdown, ::testing::HasSubstr("linked text")) << doc["source"];
    if (sound.contains(doc["source"])) {
      EXPECT_THAT(markdown, ::testing::HasSubstr(kHarmlessLink)) << doc["source"];
    }
  }
  EXPECT_EQ(published, documents.size());
}

INSTANTIATE_TEST_SUITE_P(Disguises, ScriptLinks, ::testing::ValuesIn(script_disguises()),
                         [](const ::testing::TestParamInfo<Disguise>& one) {
                           return std::string(one.param.name);
                         });

// The judge sees each disguise where Markdown is taken as it stands, so that the test can fail.
TEST(ScriptJudge, SeesEachDisguise) {
  for (const Disguise& one : script_disguises()) {
    const Destinations html = destinations_of("<p><a href=\"" + one.url + "\">x</a></p>\n");
    EXPECT_EQ(html.scripts.size(), 1U) << one.name;
    if (one.url.find_first_of("\n\r\x01") != std::string::npos) continue;
    const Destinations link = destinations_of("[x](<" + one.url + ">)\n");
    EXPECT_EQ(link.scripts.size(), 1U) << one.name;
  }
}

TEST(ScriptJudge, LetsHarmlessLinksBe) {
  for (const char* url : {"https://e.org/javascript:x", "#javascript:", "a/javascript:x",
                          "mailto:a@e.org", "data:image/png;base64,iVBO", "javascript.html"}) {
    const Destinations found = destinations_of("[x](" + std::string(url) + ")\n");
    EXPECT_TRUE(found.scripts.empty()) << url;
    EXPECT_EQ(found.all.size(), 1U) << url;
  }
}

}  // namespace
}  // namespace sluice::test
