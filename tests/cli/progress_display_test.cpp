// The progress line on a real terminal: a pseudo-terminal whose output is read, and tmux, whose
// screen is looked at while its window is made narrower.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sstream>
#include <thread>

#include "cli/on_terminal.h"
#include "cli/real_program.h"

namespace sluice::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

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
  EXPECT_THAT(lines.back(), HasSubstr("that-takes-long.script ("));
}

TEST_F(ProgressDisplay, ADumbTerminalGetsLines) {
  const OnTerminal program(command(), 40, "dumb");
  const std::string text = program.read_for(seconds(10));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("added 2, "));
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
      "print(\"held\",flush=True); time.sleep(60)'";
  Running other({"/bin/sh", "-c", "exec " + holder});
  std::this_thread::sleep_for(seconds(2));
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

TEST_F(ProgressDisplay, LeavesNothingBehindAsTheWindowIsMadeNarrower) {
  if (std::system("command -v tmux >/dev/null 2>&1") != 0) GTEST_SKIP() << "tmux is not installed";
  const std::string tmux = "tmux -L " + quoted("sluice-test-" + std::to_string(::getpid())) + " ";
  const auto screen = [&] {
    const std::string file = path("screen");
    EXPECT_EQ(std::system((tmux + "capture-pane -p > " + quoted(file)).c_str()), 0);
    std::vector<std::string> lines;
    std::istringstream all(read("screen"));
    for (std::string line; std::getline(all, line);) {
      if (!line.empty()) lines.push_back(line);
    }
    return lines;
  };
  std::string words;
  for (const std::string& word : command()) words += quoted(word) + " ";
  write("run.sh", words + "; sleep 20\n");
  ASSERT_EQ(std::system(
                (tmux + "-f /dev/null new-session -d -x 40 -y 12 /bin/sh " + quoted(path("run.sh")))
                    .c_str()),
            0);
  std::this_thread::sleep_for(milliseconds(2'000));
  for (const char* size : {"40", "25", "60", "16", "40"}) {
    EXPECT_EQ(std::system((tmux + "resize-window -x " + size + " -y 12").c_str()), 0);
    std::this_thread::sleep_for(milliseconds(350));
    const auto lines = screen();
    ASSERT_EQ(lines.size(), 1U) << "at " << size << ": " << ::testing::PrintToString(lines);
    EXPECT_THAT(lines[0], HasSubstr("of 31")) << "at " << size;
  }
  EXPECT_EQ(std::system((tmux + "kill-server").c_str()), 0);
}

}  // namespace
}  // namespace sluice::test
