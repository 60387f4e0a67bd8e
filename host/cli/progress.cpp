#include "cli/progress.h"

#include <algorithm>
#include <cstdio>

namespace sluice::cli {
namespace {

constexpr std::chrono::milliseconds kTick{100};
constexpr std::chrono::seconds kBetweenLines{5};
constexpr std::size_t kBarWidth = 24;

std::string clock_text(double seconds) {
  const auto whole = static_cast<long long>(seconds + 0.5);
  char text[32];
  if (whole >= 3600) {
    std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60,
                  whole % 60);
  } else {
    std::snprintf(text, sizeof text, "%lld:%02lld", whole / 60, whole % 60);
  }
  return text;
}

}  // namespace

Progress::Progress(std::ostream& err, Style style, std::function<void()> tick)
    : err_(err), style_(style), tick_(std::move(tick)) {
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
      err_ << line() << '\n';
      err_.flush();
      next_line += kBetweenLines;
    }
  }
}

void Progress::draw() {
  // Overwritten in place and cut to the line's end, so that nothing flickers.
  err_ << '\r' << line() << "\x1b[K";
  err_.flush();
  drawn_ = true;
}

void Progress::clear() {
  if (!drawn_) return;
  err_ << "\r\x1b[K";
  err_.flush();
  drawn_ = false;
}

std::string Progress::line() const {
  const std::uint64_t done = done_.load(std::memory_order_relaxed);
  const std::uint64_t total = total_.load(std::memory_order_relaxed);
  const std::uint64_t failed = failed_.load(std::memory_order_relaxed);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  std::string text;
  if (total > 0) {
    const double part = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
    const auto filled = static_cast<std::size_t>(part * kBarWidth);
    text = "[" + std::string(filled, '#') + std::string(kBarWidth - filled, '.') + "] ";
  }
  text += std::to_string(done);
  if (total > 0) text += " of " + std::to_string(total);
  text += " documents, ";
  char rate_text[32];
  std::snprintf(rate_text, sizeof rate_text, rate < 10 ? "%.1f/s" : "%.0f/s", rate);
  text += rate_text;
  if (total > done && rate > 0) {
    text += ", " + clock_text(static_cast<double>(total - done) / rate) + " left";
  }
  if (failed > 0) text += ", " + std::to_string(failed) + " failed";
  return text;
}

}  // namespace sluice::cli
