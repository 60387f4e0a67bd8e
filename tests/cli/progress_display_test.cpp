// The progress line on a real terminal: a pseudo-terminal whose output is read, and tmux, whose
// screen is looked at while its window is made narrower.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "cli/on_terminal.h"
#include "cli/real_program.h"

namespace sluice::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

class ProgressDisplay : public RealProgram {
 protected:
  ProgressDisplay() {
    write("in/a-document-with-quite-a-long-name-that-takes-long.script", "sleep 4000\nbody x\n");
    for (int i = 0; i < 30; ++i) write("in/b" + std::to_string(i) + ".md", "# T\n");
  }
  std::vector<std::string> command() const {
    return {sluice_program(),
            "-C",
            kb().string(),
            "add",
            path("in"),
            "-j",
            "1",
            "--plugin",
            fixtures() + "/scripted",
            "--color",
            "never"};
  }
};

// The lines that were drawn: between clearing and the way back to the first column.
std::vector<std::string> drawn_lines(const std::string& text) {
  std::vector<std::string> lines;
  const std::string begin = "\r\x1b[J";
  for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
    at += begin.size();
    const std::size_t end = text.find('\r', at);
    if (end == std::string::npos) break;
    if (end > at) lines.push_back(text.substr(at, end - at));
  }
  return lines;
}

TEST_F(ProgressDisplay, FitsTheTerminalAtEverySize) {
  const OnTerminal program(command(), 40, "xterm");
  program.read_for(milliseconds(1'500));
  for (const unsigned short columns : {std::uint16_t{40}, std::uint16_t{20}, std::uint16_t{70}}) {
    program.resize(columns);
    program.read_for(milliseconds(150));  // what was on its way
    const auto lines = drawn_lines(program.read_for(milliseconds(400)));
    EXPECT_FALSE(lines.empty()) << columns;
    for (const std::string& line : lines) EXPECT_LT(line.size(), columns) << line;
  }
}

TEST_F(ProgressDisplay, NamesTheSlowestDocument) {
  const OnTerminal program(command(), 200, "xterm");
  const auto lines = drawn_lines(program.read_for(milliseconds(2'500)));
  ASSERT_FALSE(lines.empty());
  EXPECT_THAT(lines.back(), HasSubstr("that-takes-long.script  "));
}

TEST_F(ProgressDisplay, ADumbTerminalGetsLines) {
  const OnTerminal program(command(), 40, "dumb");
  const std::string text = program.read_for(seconds(10));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("added 2, "));
}

TEST_F(ProgressDisplay, AProgramGetsObjects) {
  std::vector<std::string> words = command();
  words.insert(words.end(), {"--progress", "json"});
  const OnTerminal program(words, 40, "xterm");
  const std::string text = program.read_for(seconds(15));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  std::istringstream all(text);
  std::vector<nlohmann::json> objects;
  for (std::string line; std::getline(all, line);) {
    if (line.starts_with('{')) objects.push_back(nlohmann::json::parse(line));
  }
  ASSERT_GE(objects.size(), 3U);
  EXPECT_EQ(objects.front()["type"], "progress");
  EXPECT_EQ(objects.back()["done"], 31);
  EXPECT_EQ(objects.back()["total"], 31);
  EXPECT_TRUE(objects.back()["lanes"].empty());
  const bool names_lane = std::any_of(objects.begin(), objects.end(), [](const auto& one) {
    return !one["lanes"].empty() && one["lanes"][0]["converter"] == "scripted";
  });
  EXPECT_TRUE(names_lane) << text;
}

TEST_F(ProgressDisplay, ALockWaitIsSaidWithItsHolder) {
  write("slow/s.md", "# S\n");
  ASSERT_EQ(add({"in/b1.md"}).exit_code, 0);
  // Somebody who holds the lock, as another sluice would.
  const std::string holder =
      "python3 -c 'import fcntl,struct,time\n"
      "f=open(\"" +
      (kb() / ".sluice/kb.lock").string() +
      "\",\"r+\")\n"
      "f.write(\"process 77: sluice add\\n\"); f.flush()\n"
      "fcntl.fcntl(f,37,struct.pack(\"hhqqi4x\",fcntl.F_WRLCK,0,0,1,0))\n"
      "open(\"" +
      path("held") + "\",\"w\"); time.sleep(60)'";
  Running other({"/bin/sh", "-c", "exec " + holder});
  for (int i = 0; i < 300 && !std::filesystem::exists(path("held")); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  const Finished waited = run({"add", path("slow"), "--lock-timeout", "6"});
  EXPECT_EQ(waited.exit_code, 11) << waited.err;
  EXPECT_THAT(waited.err, HasSubstr("waiting for the lock, held by process 77: sluice add ("));
  const Finished removing = run({"remove", "nothing", "--lock-timeout", "2"});
  EXPECT_THAT(removing.err, HasSubstr("waiting for the lock, held by process 77: sluice add\n"));
}

// --- tmux ---

std::string quoted(const std::string& word) {
  return "'" + word + "'";
}

// A window of tmux that runs a command; its screen is what a user sees.
class Window {
 public:
  Window(const std::string& command, const char* size, std::string file)
      : tmux_("tmux -L " + quoted("sluice-test-" + std::to_string(::getpid())) + " "),
        file_(std::move(file)) {
    EXPECT_EQ(run("-f /dev/null new-session -d " + std::string(size) + " " + command), 0);
  }
  ~Window() { run("kill-server"); }
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  void resize(const std::string& columns) const {
    EXPECT_EQ(run("resize-window -x " + columns + " -y 12"), 0);
  }
  void interrupt() const { EXPECT_EQ(run("send-keys C-c"), 0); }
  // The lines of the screen that are not empty.
  std::vector<std::string> lines() const {
    EXPECT_EQ(run("capture-pane -p > " + quoted(file_)), 0);
    std::ifstream all(file_);
    std::vector<std::string> lines;
    for (std::string line; std::getline(all, line);) {
      if (!line.empty()) lines.push_back(line);
    }
    return lines;
  }
  // Those of the moment when one of them has that text, or after 20 seconds.
  std::vector<std::string> lines_with(const std::string& text) const {
    std::vector<std::string> now;
    for (int i = 0; i < 200; ++i) {
      now = lines();
      for (const std::string& line : now) {
        if (line.find(text) != std::string::npos) return now;
      }
      std::this_thread::sleep_for(milliseconds(100));
    }
    return now;
  }

 private:
  int run(const std::string& words) const { return std::system((tmux_ + words).c_str()); }

  const std::string tmux_;
  const std::string file_;
};

class ProgressInTmux : public ProgressDisplay {
 protected:
  void SetUp() override {
    if (std::system("command -v tmux >/dev/null 2>&1") != 0) {
      GTEST_SKIP() << "tmux is not installed";
    }
  }
  // What tmux is to run.
  std::string script() {
    std::string words;
    for (const std::string& word : command()) words += quoted(word) + " ";
    // An interrupt is for the program, and leaves the shell.
    write("run.sh", "trap : INT; " + words + "; sleep 20\n");
    return "/bin/sh " + quoted(path("run.sh"));
  }
};

TEST_F(ProgressInTmux, LeavesNothingBehindAsTheWindowIsMadeNarrower) {
  const Window window(script(), "-x 40 -y 12", path("screen"));
  std::this_thread::sleep_for(milliseconds(2'000));
  for (const char* size : {"40", "25", "60", "16", "40"}) {
    window.resize(size);
    std::this_thread::sleep_for(milliseconds(350));
    const auto lines = window.lines();
    ASSERT_EQ(lines.size(), 1U) << "at " << size << ": " << ::testing::PrintToString(lines);
    EXPECT_THAT(lines[0], HasSubstr("of 31")) << "at " << size;
  }
}

TEST_F(ProgressInTmux, AWideWindowHasALineForTheDocumentInHandAndKeepsTheSummaryAlone) {
  const Window window(script(), "-x 200 -y 12", path("screen"));
  const auto lines = window.lines_with("that-takes-long.script");
  ASSERT_EQ(lines.size(), 2U) << ::testing::PrintToString(lines);
  EXPECT_THAT(lines[0], MatchesRegex("  .*/a-document-with-quite-a-long-name-that-takes-long"
                                     "\\.script +scripted +[0-9] s"));
  EXPECT_THAT(lines[1], MatchesRegex("\\[#*\\.*\\] [0-9]+ of 31 documents.*"));
  for (const char* size : {"80", "40", "200", "30", "100"}) {
    window.resize(size);
    std::this_thread::sleep_for(milliseconds(350));
    const auto now = window.lines();
    if (now.empty() || now.back().find("of 31") == std::string::npos) break;  // it has ended
    EXPECT_EQ(now.size(), std::atoi(size) < 72 ? 1U : 2U)
        << "at " << size << ": " << ::testing::PrintToString(now);
  }
  window.resize("200");
  const auto end = window.lines_with("added 2");
  EXPECT_THAT(end.front(), StartsWith("added 2, ")) << ::testing::PrintToString(end);
  EXPECT_EQ(end.size(), 1U) << ::testing::PrintToString(end);
}

TEST_F(ProgressInTmux, AnInterruptSaysHowToGoOn) {
  const Window window(script(), "-x 100 -y 12", path("screen"));
  window.lines_with("that-takes-long.script");
  window.interrupt();
  const auto end = window.lines_with("stopped;");
  ASSERT_FALSE(end.empty());
  EXPECT_EQ(end.back(), "stopped; run the same command to go on") << ::testing::PrintToString(end);
  EXPECT_THAT(end, Not(::testing::Contains(HasSubstr("] "))));
}

}  // namespace
}  // namespace sluice::test
