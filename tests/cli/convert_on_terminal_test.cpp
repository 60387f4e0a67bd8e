// What a terminal gets of a converted document: nothing that it would act on, and nothing that
// turns the direction of writing. A file gets the bytes as they are.
#include "cli/on_terminal.h"
#include "cli/real_program.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

std::string utf8(unsigned code) {
  if (code < 0x80) return std::string(1, static_cast<char>(code));
  if (code < 0x800) {
    return {static_cast<char>(0xC0 | (code >> 6)), static_cast<char>(0x80 | (code & 0x3F))};
  }
  return {static_cast<char>(0xE0 | (code >> 12)), static_cast<char>(0x80 | ((code >> 6) & 0x3F)),
          static_cast<char>(0x80 | (code & 0x3F))};
}

// What a terminal acts on (ECMA-48: C0 but for tab and line end, DEL, C1), and what turns the
// direction of writing (Unicode, UAX 9, 2).
std::vector<std::string> dangerous() {
  std::vector<std::string> all;
  for (unsigned code = 0x01; code < 0xA0; ++code) {
    if (code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code < 0x7F)) continue;
    all.push_back(utf8(code));
  }
  for (const unsigned code : {0x61CU, 0x200EU, 0x200FU, 0x202AU, 0x202BU, 0x202CU, 0x202DU, 0x202EU,
                              0x2066U, 0x2067U, 0x2068U, 0x2069U}) {
    all.push_back(utf8(code));
  }
  return all;
}

class ConvertOnTerminal : public RealProgram {
 protected:
  ConvertOnTerminal() {
    std::string words;
    for (const std::string& one : dangerous()) words += "before" + one + "after ";
    const std::string sequences =
        "\x1b]0;title\x07 \x1b[2J \xc2\x9b"
        "31m \x1b]52;c;eA==\x1b\\ a\rb";
    const std::string text = words + sequences;
    write("a.md", "# T\n\n" + text + "\n\n[x](https://e.org/" + utf8(0x202E) + ")\n");
    write("a.txt", text + "\n");
    write("a.csv", "head," + words + "\nx," + words + "\n");
    write("a.html", "<!DOCTYPE html><title>" + words + "</title><p>" + text + "</p>");
    write("a.json", Json{{"key" + words, words}}.dump());
    write("a.yaml", "key: \"\\e]0;title\\a\\x9b\\u202e after\"\n");
    write("a.xml", "<?xml version='1.1'?><a>&#x1b;[2J&#x9b;&#x202e; after</a>");
  }
};

TEST_F(ConvertOnTerminal, NothingThatItActsOnIsWritten) {
  for (const char* file : {"a.md", "a.txt", "a.csv", "a.html", "a.json", "a.yaml", "a.xml"}) {
    const OnTerminal program({sluice_program(), "convert", path(file)}, 80, "xterm");
    std::string text = program.read_for(std::chrono::seconds(20));
    EXPECT_THAT(text, HasSubstr("after")) << file;
    for (std::size_t at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n", at)) {
      text.erase(at, 1);  // the terminal's own way to write a line end
    }
    for (const std::string& one : dangerous()) {
      EXPECT_EQ(text.find(one), std::string::npos) << file << ": " << ::testing::PrintToString(one);
    }
    EXPECT_EQ(text.find('\r'), std::string::npos) << file;
  }
}

TEST_F(ConvertOnTerminal, AFileGetsTheBytesAsTheyAre) {
  const Finished piped = sluice({"convert", path("a.md")});
  EXPECT_EQ(piped.exit_code, 0) << piped.err;
  EXPECT_THAT(piped.out, HasSubstr("\x1b]0;title\x07"));
  EXPECT_THAT(piped.out, HasSubstr(utf8(0x202E)));
}

}  // namespace
}  // namespace sluice::test
