// Text that nobody wrote for people: each converter comes back, in time that grows with its size
// alone.
#include <chrono>
#include <sluice/utf8.hpp>

#include "markup_run.h"

namespace sluice::markup {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

template <class MadeConverter>
class HostileMarkup : public ::testing::Test {
 protected:
  void expect_an_end(const std::string& source) {
    RecordingJob job(source, "a.txt", "text/plain");
    MadeConverter converter;
    const Outcome outcome = job.run(converter);
    EXPECT_TRUE(outcome == Outcome::kOk || outcome == Outcome::kEmpty ||
                outcome == Outcome::kPartial)
        << job.reason() << source.substr(0, 40);
    EXPECT_THAT(job.violations(), ::testing::IsEmpty());
  }
};
using All = ::testing::Types<RstConverter, OrgConverter, TexConverter, AsciidocConverter>;
TYPED_TEST_SUITE(HostileMarkup, All);

TYPED_TEST(HostileMarkup, SignsWithoutEnd) {
  for (const char* sign :
       {"*",    "`",    "``", "_",   "[",          "[[",  "|",      ":",   "<",    "$",
        "\\",   "+",    "=",  "~",   "/",          "{",   "_{",     "^{",  "[1]_", "`a <",
        "[fn:", ":a:`", "- ", "* ",  "> ",         ".. ", "#+",     "1. ", "(a) ", "::",
        "+-",   "=== ", "| ", "\\(", "\\begin{a}", "<<",  "\u00E9*"}) {
    this->expect_an_end(repeated(sign, 20'000));
    this->expect_an_end(repeated(std::string(sign) + " x\n", 5'000));
    this->expect_an_end(repeated(std::string(sign) + " x\n\n", 3'000));
  }
}

// What is shown shortened is cut between characters, wherever its bytes end.
TYPED_TEST(HostileMarkup, LongTextIsCutBetweenCharacters) {
  for (std::size_t shift = 0; shift < 3; ++shift) {
    const std::string text = std::string(shift, 'x') + repeated("\u20AC", 10'000);
    const std::string source = ":name: " + text + "\n\n{name}\n\n" +  // AsciiDoc
                               "\\newtheorem{t}{" + text + "}\n\\section{" + text +
                               "}\\label{a}\n\\begin{t}b\\end{t} \\nameref{a}\n\\" + text +
                               "{}\n\n.. |n| replace:: " + text + "\n\n|n|\n\n#+macro: m " + text +
                               "\n\n{{{m}}}\n";
    RecordingJob job(source, "a.txt", "text/plain");
    TypeParam converter;
    job.run(converter);
    EXPECT_TRUE(is_valid_utf8(job.body())) << shift;
    EXPECT_THAT(job.violations(), ::testing::IsEmpty());
  }
}

// Each begins a block, and nothing ends it: the search for its end must not go through the rest of
// the file every time.
TYPED_TEST(HostileMarkup, BlocksWithoutEndTakeTimeOfTheirSizeAlone) {
  constexpr std::size_t kSize = std::size_t{1} << 20;
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string_view block :
       {":a:\n", "#+begin_a\n", "\\[\n\n", "\\begin{a}\n\n", "=== ===\nx\n\n"}) {
    this->expect_an_end(repeated(block, kSize / block.size()));
  }
  std::string different;
  std::string cut_short;
  for (std::size_t i = 0; i < 30'000; ++i) {
    const std::string name = std::to_string(i);
    different += "#+begin_" + name + "\n\\begin{" + name + "}\n\n";
    cut_short += ":a:\n\\[\n\n";
  }
  this->expect_an_end(different);
  this->expect_an_end(cut_short + "* H\n:END:\n\\] x\n");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

// Each may begin the name of a place within the line: the search for its end must not go through
// the rest of the line every time.
TYPED_TEST(HostileMarkup, PlacesWithoutEndTakeTimeOfTheirSizeAlone) {
  constexpr std::size_t kSize = std::size_t{1} << 19;
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string_view place : {"[[a", "[#a", "anchor:"})
    this->expect_an_end("= H\n\n" + repeated(place, kSize / place.size()));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

TYPED_TEST(HostileMarkup, BlocksWithinBlocks) {
  for (const char* mark : {"- ", "* ", "1. ", "  ", "   ", "| ", "- term :: ", "a\n"}) {
    std::string source;
    for (std::size_t depth = 0; depth < 400; ++depth)
      source += std::string(depth * 2, ' ') + mark + "x\n\n";
    this->expect_an_end(source);
    this->expect_an_end(repeated(mark, 2'000) + "x\n");
  }
  this->expect_an_end(repeated("#+begin_quote\n", 3'000) + "x\n" +
                      repeated("#+end_quote\n", 3'000));
  std::string notes;
  for (std::size_t depth = 0; depth < 300; ++depth)
    notes += std::string(depth * 3, ' ') + ".. note::\n\n";
  this->expect_an_end(notes);
}

TYPED_TEST(HostileMarkup, ArgumentsWithinArguments) {
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string_view opening :
       {"\\section{", "\\frametitle{", "\\textbf{", "\\href{a}{", "\\caption{", "\\enquote{",
        "\\begin{tabular}{c}\\multicolumn{1}{c}{", "\\newtheorem{a}{", "\\hypertarget{a}{"}) {
    this->expect_an_end(repeated(opening, 40'000) + "x" + repeated("}", 40'000));
  }
  for (const std::string_view opening : {"\\begin{theorem}[", "\\begin{itemize}\\item["})
    this->expect_an_end(repeated(opening, 40'000) + "x" + repeated("]", 40'000));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

TYPED_TEST(HostileMarkup, ShortTextThatStandsForMuch) {
  const auto begin = std::chrono::steady_clock::now();
  this->expect_an_end(repeated("ifndef::a[]\n", 100'000) + repeated("x\n", 100'000));
  this->expect_an_end("|===\n" + repeated("999*|x\n", 50'000) + "|===\n");
  this->expect_an_end("|===\n|" + repeated("\\|", 300'000) + "\n|===\n");
  this->expect_an_end("\\texttt{" + repeated("\\label{\\verb|{|}", 50'000) + "}");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

TYPED_TEST(HostileMarkup, SubstitutionsThatGrow) {
  std::string source = "|a0|\n\n";
  for (int i = 0; i < 20; ++i) {
    source += ".. |a" + std::to_string(i) +
              "| replace:: " + repeated("|a" + std::to_string(i + 1) + "| ", 20) + "\n";
  }
  this->expect_an_end(source + ".. |a20| replace:: x\n.. |b| replace:: |b|\n\n|b|\n");
}

TYPED_TEST(HostileMarkup, TablesOfAnyShape) {
  this->expect_an_end(repeated("+", 3'000) + "\n");
  this->expect_an_end(repeated("+-", 3'000) + "+\n" + repeated("| ", 3'000) + "|\n" +
                      repeated("+-", 3'000) + "+\n");
  this->expect_an_end("+---+\n| a\n+---+\n|\n+--+\n+---+---+\n");
  this->expect_an_end(repeated("+---+\n| a |\n", 3'000) + "+---+\n");
  this->expect_an_end("=== ===\n===\n=== ===\na   b\n");
}

TYPED_TEST(HostileMarkup, EveryPrefixEnds) {
  const std::string whole =
      "T\n=\n\n* a\n  #. b\n\n+---+---+\n| a | b |\n+---+---+\n\n.. note:: x\n\n   y\n\n.. [1] "
      "n\n\n`l <u>`_ |s| [1]_ ``c`` *e*\n\n* H\n- [ ] i :: "
      "d\n#+BEGIN_SRC c\nx\n#+END_SRC\n| a |\n[[u][d]] [fn:1] $x$ \\(y\\)\n\n[fn:1] z\n";
  for (std::size_t size = 0; size < whole.size(); ++size)
    this->expect_an_end(whole.substr(0, size));
}

TYPED_TEST(HostileMarkup, StopsWhenAsked) {
  RecordingJob job(repeated("word\n\n", 20'000), "a.txt", "text/plain");
  job.cancel_after(3);
  TypeParam converter;
  EXPECT_EQ(job.run(converter), Outcome::kCancelled);
}

}  // namespace
}  // namespace sluice::markup
