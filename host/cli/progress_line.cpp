#include "cli/progress_line.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "cli/text.h"

namespace sluice::cli {
namespace {

constexpr std::size_t kBarWidth = 24;
// What takes less is not worth a name: it would flicker.
constexpr std::chrono::milliseconds kWorthAName{1'000};
// A name is cut down to so many columns before other words give way to it.
constexpr std::size_t kShortName = 16;

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

std::string bar(const ProgressState& state) {
  const double part =
      std::min(1.0, static_cast<double>(state.done) / static_cast<double>(state.total));
  const auto filled = static_cast<std::size_t>(part * kBarWidth);
  return "[" + std::string(filled, '#') + std::string(kBarWidth - filled, '.') + "] ";
}

// The words about what is in hand, around its name.
struct InHand {
  std::string before;
  std::string name;
  std::string behind;
};

std::optional<InHand> in_hand(const ProgressState& state) {
  if (!state.slowest || state.slowest->age < kWorthAName) return std::nullopt;
  const Activity::View& view = *state.slowest;
  const std::string seconds = std::to_string(view.age.count() / 1000) + " s";
  const std::string percent = view.percent ? std::to_string(*view.percent) + " %, " : "";
  switch (view.stage) {
    case Activity::Stage::kLockWait:
      return InHand{"waiting for ", visible(view.what), " (" + seconds + ")"};
    case Activity::Stage::kReading:
      return InHand{"reading ", visible(view.what), " (" + percent + seconds + ")"};
    case Activity::Stage::kConverting:
      break;
  }
  return InHand{"", visible(view.what), " (" + seconds + ")"};
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    text += (text.empty() ? "" : ", ") + part;
  }
  return text;
}

}  // namespace

std::string progress_line(const ProgressState& state, std::size_t columns) {
  const double rate = state.seconds > 0 ? static_cast<double>(state.done) / state.seconds : 0;
  std::string count = std::to_string(state.done);
  if (state.total > 0) count += " of " + std::to_string(state.total);
  char rate_text[32];
  std::snprintf(rate_text, sizeof rate_text, rate < 10 ? "%.1f/s" : "%.0f/s", rate);
  std::string left;
  if (state.total > state.done && rate > 0) {
    left = clock_text(static_cast<double>(state.total - state.done) / rate) + " left";
  }
  const std::string failed = state.failed > 0 ? std::to_string(state.failed) + " failed" : "";
  std::optional<InHand> hand = in_hand(state);
  const std::size_t room = columns == 0 ? SIZE_MAX : columns;

  // From all there is to say down to the number alone; the first that fits.
  const std::string counted = count + " documents";
  const std::vector<std::pair<std::string, std::string>> versions = {
      {state.total > 0 ? bar(state) : "", joined({counted, rate_text, left, failed})},
      {"", joined({counted, rate_text, left, failed})},
      {"", joined({counted, left, failed})},
      {"", joined({counted, failed})},
      {"", joined({count, failed})},
      {"", count}};
  for (const auto& [front, words] : versions) {
    const std::string text = front + words;
    if (!hand) {
      if (display_width(text) <= room) return text;
      continue;
    }
    const std::size_t fixed =
        display_width(text) + 2 + display_width(hand->before) + display_width(hand->behind);
    const std::size_t least = std::min(display_width(hand->name), kShortName);
    if (fixed + least > room) continue;
    return text + "; " + hand->before + cut_in_the_middle(hand->name, room - fixed) + hand->behind;
  }
  return cut_in_the_middle(count, room);
}

}  // namespace sluice::cli
