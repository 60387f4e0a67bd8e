#include "cli/progress.h"

#include <algorithm>
#include <utility>

namespace sluice::cli {
namespace {

constexpr std::chrono::milliseconds kTick{100};
constexpr std::chrono::seconds kBetweenLines{5};
constexpr std::chrono::seconds kBetweenObjects{1};
// Of a terminal that does not tell.
constexpr std::size_t kUsualColumns = 80;
constexpr std::size_t kUsualRows = 24;

std::size_t asked(const std::function<unsigned()>& function, std::size_t usual) {
  const unsigned size = function ? function() : 0;
  return std::max<std::size_t>(size == 0 ? usual : size, 2);
}

}  // namespace

Progress::Progress(std::ostream& err, Style style, std::function<void()> tick, Terminal terminal)
    : err_(err), style_(style), tick_(std::move(tick)), terminal_(std::move(terminal)) {
  next_line_ = start_ + (style == Style::kJson ? std::chrono::seconds(0) : kBetweenLines);
  thread_ = std::thread([this] { run(); });
}

Progress::~Progress() {
  stop();
}

void Progress::stop() {
  {
    const std::lock_guard guard(mutex_);
    // A program sees where it ended.
    if (style_ == Style::kJson && !stopping_) err_ << progress_json(state()) << std::flush;
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
    print_now_and_then(std::chrono::steady_clock::now());
  }
}

void Progress::print_now_and_then(std::chrono::steady_clock::time_point now) {
  if (now < next_line_) return;
  if (style_ == Style::kLines) {
    err_ << progress_line(state(), 0) << '\n' << std::flush;
    next_line_ += kBetweenLines;
  } else if (style_ == Style::kJson) {
    err_ << progress_json(state()) << std::flush;
    next_line_ += kBetweenObjects;
  }
}

// Lines stay a column short of the edge, where some terminals wrap, and the cursor goes back to the
// beginning of the first: a terminal that wraps lines anew as it is made narrower moves the cursor
// along, and clearing from there on takes all of their rows. There is always room for one more row,
// so that nothing is pushed off the screen, where it could not be cleared.
void Progress::draw() {
  const std::size_t columns = asked(terminal_.columns, kUsualColumns) - 1;
  const std::size_t rows = asked(terminal_.rows, kUsualRows) - 1;
  const std::vector<std::string> lines = progress_block(state(), columns, rows, most_);
  err_ << "\r\x1b[J";
  for (std::size_t i = 0; i < lines.size(); ++i) err_ << (i == 0 ? "" : "\r\n") << lines[i];
  err_ << '\r';
  if (lines.size() > 1) err_ << "\x1b[" << lines.size() - 1 << 'A';
  err_.flush();
  drawn_ = lines.size();
  most_ = std::max(most_, drawn_);
}

void Progress::clear() {
  if (drawn_ == 0) return;
  err_ << "\r\x1b[J";
  err_.flush();
  drawn_ = 0;
}

ProgressState Progress::state() const {
  ProgressState state;
  state.done = done_.load(std::memory_order_relaxed);
  state.total = total_.load(std::memory_order_relaxed);
  state.failed = failed_.load(std::memory_order_relaxed);
  state.skipped = skipped_.load(std::memory_order_relaxed);
  state.bytes = bytes_.load(std::memory_order_relaxed);
  state.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  state.in_hand = activity_.all();
  return state;
}

}  // namespace sluice::cli
