// How far a run is, on standard error: some lines that are drawn over and over on a terminal, a
// line every few seconds elsewhere, or objects for a program. A thread of its own draws; lines for
// people go through print(), so that the two never mix.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <ostream>
#include <string>
#include <thread>

#include "cli/progress_line.h"
#include "model/activity.h"

namespace sluice::cli {

class Progress {
 public:
  enum class Style { kNone, kBar, kLines, kJson };
  // The terminal's size, asked for before each drawing; 0, or no function: not known.
  struct Terminal {
    std::function<unsigned()> columns = {};
    std::function<unsigned()> rows = {};
  };
  // `tick`, if given, is called several times a second on the drawing thread.
  Progress(std::ostream& err, Style style, std::function<void()> tick, Terminal terminal);
  ~Progress();

  // Any thread:
  void add_done(std::uint64_t count = 1) { done_.fetch_add(count, std::memory_order_relaxed); }
  void add_bytes(std::uint64_t bytes) { bytes_.fetch_add(bytes, std::memory_order_relaxed); }
  void add_skipped() { skipped_.fetch_add(1, std::memory_order_relaxed); }
  void add_failed() { failed_.fetch_add(1, std::memory_order_relaxed); }
  void set_total(std::uint64_t total) { total_.store(total, std::memory_order_relaxed); }
  // What the run is busy with: whoever works on something says so here.
  Activity& activity() { return activity_; }
  // Writes whole lines to `out`, with the bar out of the way.
  void print(std::ostream& out, const std::string& lines);
  // Ends the thread and takes the bar away. Called by the destructor, too.
  void stop();

 private:
  void run();
  void draw();
  void clear();
  void print_now_and_then(std::chrono::steady_clock::time_point now);
  ProgressState state() const;

  std::ostream& err_;
  const Style style_;
  const std::function<void()> tick_;
  const Terminal terminal_;
  Activity activity_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::atomic<std::uint64_t> done_{0};
  std::atomic<std::uint64_t> failed_{0};
  std::atomic<std::uint64_t> skipped_{0};
  std::atomic<std::uint64_t> bytes_{0};
  std::atomic<std::uint64_t> total_{0};  // 0: not known yet
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::size_t drawn_ = 0;  // lines that stand there now
  std::size_t most_ = 0;   // lines that stood there
  std::chrono::steady_clock::time_point next_line_;
  std::thread thread_;
};

}  // namespace sluice::cli
