#include "cli/progress.h"

#include <algorithm>

#include "cli/progress_line.h"

namespace sluice::cli {
namespace {

constexpr std::chrono::milliseconds kTick{100};
constexpr std::chrono::seconds kBetweenLines{5};
// Of a terminal that does not tell.
constexpr std::size_t kUsualColumns = 80;

}  // namespace

Progress::Progress(std::ostream& err, Style style, std::function<void()> tick, Columns columns)
    : err_(err), style_(style), tick_(std::move(tick)), columns_(std::move(columns)) {
  thread_ = std::thread([this] { run(); });
}

Progress::~Progress() {
  stop();
}

void Progress::stop() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
    clear();
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Progress::print(std::ostream& out, const std::string& lines) {
  const std::lock_guard guard(mutex_);
  clear();
  out << lines;
  out.flush();
}

void Progress::run() {
  auto next_line = start_ + kBetweenLines;
  std::unique_lock guard(mutex_);
  while (!stopping_) {
    wake_.wait_for(guard, kTick);
    if (stopping_) return;
    if (tick_) {
      guard.unlock();
      tick_();
      guard.lock();
      if (stopping_) return;
    }
    if (style_ == Style::kBar) draw();
    if (style_ == Style::kLines && std::chrono::steady_clock::now() >= next_line) {
      err_ << line(0) << '\n';
      err_.flush();
      next_line += kBetweenLines;
    }
  }
}

// The line stays a column short of the edge, where some terminals wrap, and the cursor goes back to
// its beginning: a terminal that wraps the line anew as it is made narrower moves the cursor along,
// and clearing from there on takes all of its rows.
void Progress::draw() {
  err_ << "\r\x1b[J" << line(columns()) << '\r';
  err_.flush();
  drawn_ = true;
}

void Progress::clear() {
  if (!drawn_) return;
  err_ << "\r\x1b[J";
  err_.flush();
  drawn_ = false;
}

std::size_t Progress::columns() const {
  const unsigned asked = columns_ ? columns_() : 0;
  const std::size_t all = asked == 0 ? kUsualColumns : asked;
  return std::max<std::size_t>(all, 2) - 1;
}

std::string Progress::line(std::size_t columns) const {
  ProgressState state;
  state.done = done_.load(std::memory_order_relaxed);
  state.total = total_.load(std::memory_order_relaxed);
  state.failed = failed_.load(std::memory_order_relaxed);
  state.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  state.slowest = activity_.slowest();
  return progress_line(state, columns);
}

}  // namespace sluice::cli
