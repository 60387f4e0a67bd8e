// Names of files that would break a line, a terminal, a path or a platform.
#include "cli/real_program.h"
#include "model/path_text.h"
#include "model/utf8.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

namespace fs = std::filesystem;

class OddNames : public RealProgram {
 protected:
  // The source of a document's front matter, as a YAML reader has it: plain, or in double quotes.
  static std::string source_in(const std::string& markdown) {
    const std::size_t begin = markdown.find("\nsource: ") + 9;
    std::string_view value = std::string_view(markdown).substr(begin);
    value = value.substr(0, value.find('\n'));
    if (!value.starts_with('"')) return std::string(value);
    std::string out;
    for (std::size_t i = 1; i + 1 < value.size(); ++i) {
      if (value[i] != '\\') {
        out += value[i];
      } else if (value[i + 1] == 'x') {
        out += static_cast<char>(std::stoi(std::string(value.substr(i + 2, 2)), nullptr, 16));
        i += 3;
      } else {
        out += value[++i];
      }
    }
    return out;
  }

  // Adds one document of that name and gives the name that it got.
  std::string name_of(const std::string& file) {
    write("in/" + file, "content of " + file);
    const Finished run = add({"in", "--json"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    for (const Json& doc : objects(run.out, "doc")) {
      if (doc["result"] == "added") return doc["name"];
    }
    return "";
  }
};

TEST_F(OddNames, NeverBreakALineOrTheTerminal) {
  const std::string hostile = "a\n## [forged] line\x1b]0;title\x07\x1b[31m\r\xe2\x80\xae\xff.md";
  write("in/" + hostile, "");
  write("in/b" + hostile, "fine");
  const Finished failed = add({"in", "-v", "--color", "never"});
  EXPECT_EQ(failed.exit_code, 3);
  EXPECT_THAT(failed.err, HasSubstr("failed  in/a\\n## [forged] line\\x1b"));
  for (const char* command : {"list", "status"}) {
    const Finished shown = run({command});
    EXPECT_EQ(shown.exit_code, 0) << shown.err;
    for (const std::string& text : {shown.out, shown.err, failed.out, failed.err}) {
      for (const char* bad : {"\x1b", "\x07", "\r", "\xe2\x80\xae", "\xff", "\n## [forged]"}) {
        EXPECT_THAT(text, Not(HasSubstr(bad))) << command;
      }
    }
  }
  const std::string log = read("kb/wiki/log.md");
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 1) << log;
  EXPECT_THAT(log, AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\r"))));
  for (const auto& [name, document] : documents()) {
    const Finished shown = run({"show", name});
    EXPECT_EQ(shown.exit_code, 0);
    EXPECT_THAT(shown.out, Not(HasSubstr("\x1b")));
  }
}

TEST_F(OddNames, CannotForgeFrontMatter) {
  write("in/a\ntitle: forged\n---\n.md", "# Real\n");
  ASSERT_EQ(add({"in"}).exit_code, 0);
  const Json document = documents().begin()->second;
  const std::string text = read_file(kb() / document["markdown"].get<std::string>());
  EXPECT_THAT(text, HasSubstr("title: Real\n"));
  EXPECT_THAT(text, Not(HasSubstr("\ntitle: forged\n")));
}

TEST_F(OddNames, BecomePlainNames) {
  EXPECT_EQ(name_of("a b  c!.md"), "a-b-c");
  EXPECT_EQ(name_of("---.md"), "document");
  EXPECT_EQ(name_of("\xef\xac\x81le.md"), "file");  // the ligature fi
  EXPECT_EQ(name_of("$(touch x);.md"), "touch-x");
}

TEST_F(OddNames, OfDevicesAreRefusedByNoPlatform) {
  for (const char* file : {"CON.md", "nul.txt", "Com1.md", "aux.html"}) {
    const std::string name = name_of(file);
    EXPECT_FALSE(name.empty()) << file;
    EXPECT_NE(name, fs::path(file).stem().string()) << file;
  }
}

TEST_F(OddNames, ThatAreVeryLongAreCut) {
  const std::string longest = std::string(252, 'x') + ".md";
  const std::string name = name_of(longest);
  EXPECT_EQ(name.size(), 120U);
  EXPECT_THAT(name, ContainsRegex("x-[0-9a-f]{8}$"));
  const std::string other = name_of(std::string(251, 'x') + "y.md");
  EXPECT_NE(name, other);
  std::string expanding;  // a character that NFKC makes eighteen of
  for (int i = 0; i < 80; ++i) expanding += "\xef\xb7\xba";
  EXPECT_LE(name_of(expanding + ".md").size(), 120U);
  expect_consistent();
}

TEST_F(OddNames, ThatAreNotUtf8AreTaken) {
  EXPECT_EQ(name_of("caf\xe9.md"), "caf");
  const Finished second = add({"in"});
  EXPECT_THAT(second.out, ::testing::StartsWith("added 0, updated 0, unchanged 1, "));
  expect_consistent();
}

// Whatever a file is called: what is written is UTF-8 without anything that hides, the path is the
// same in front matter, log and JSON, and leads back to the file.
TEST_F(OddNames, AreWrittenInOneWayThatLeadsBackToTheFile) {
  const std::vector<std::string> names = {"bad\xff\xfe.md",
                                          "a\nb\x1b[31m.md",
                                          "\xe2\x80\xaegpj.md",
                                          "\xc2\x9b"
                                          "31m.md",
                                          "100% sure %41.md",
                                          "<img src=x onerror=alert(1)>.md",
                                          "[click](javascript:alert(1)).md",
                                          "`code` *em* _x_.md",
                                          " blanks  .md",
                                          "www.example.org.md",
                                          "\xed\xa0\x80.md",
                                          "a\xef\xbf\xbe.md",
                                          "\"quoted\\\".md",
                                          "# x: - & ! | > % @.md",
                                          "caf\xc3\xa9.md",
                                          "%.md",
                                          "\xe2\x80.md"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    write("in/" + names[i], "text " + std::to_string(i));
  }
  const Finished added = add({"in", "--json"});
  ASSERT_EQ(added.exit_code, 0) << added.err;
  const auto docs = objects(added.out, "doc");
  ASSERT_EQ(docs.size(), names.size());
  const std::string log = read("kb/wiki/log.md");
  EXPECT_TRUE(is_utf8(log));
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), std::ssize(names));
  for (const Json& doc : docs) {
    const std::string path = doc["path"];
    EXPECT_TRUE(is_utf8(path));
    EXPECT_TRUE(fs::exists(path_from_text(path))) << path;
    const std::string text = read_file(kb() / doc["markdown"].get<std::string>());
    EXPECT_TRUE(is_utf8(text)) << text;
    EXPECT_EQ(source_in(text), path) << text;
    const std::string front = text.substr(0, text.find("\n---\n"));
    for (const char* live : {"<img", "[click]", "`code`", "\x1b", "\xe2\x80\xae"}) {
      EXPECT_THAT(front, Not(HasSubstr(live)));
    }
    const std::string in_log = path.substr(path.rfind('/'));
    EXPECT_THAT(log,
                AnyOf(HasSubstr(in_log + ")\n"), HasSubstr(in_log + "`)\n"), HasSubstr("%60")));
  }
  for (const char* live : {" (<", "([", "\x1b", "\xe2\x80\xae", "\xc2\x9b"}) {
    EXPECT_THAT(log, Not(HasSubstr(live)));
  }
  EXPECT_EQ(run({"check"}).exit_code, 0);
}

TEST_F(OddNames, ThatDifferInCaseOnlyAreToldApart) {
  write("in/Note.md", "one");
  write("in/note.md", "two");
  ASSERT_EQ(add({"in"}).exit_code, 0);
  std::vector<std::string> names;
  for (const auto& [name, document] : documents()) names.push_back(name);
  ASSERT_EQ(names.size(), 2U);
  EXPECT_EQ(names[0], "Note");
  EXPECT_EQ(names[1], "in-note") << "the folder's name tells them apart";
}

TEST_F(OddNames, ThatBeginWithADashAreGivenBehindTwoDashes) {
  write("-n.md", "dash");
  const Finished run = add({"--", "-n.md"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_TRUE(fs::exists(kb() / "raw/n.md"));
}

}  // namespace
}  // namespace sluice::test
