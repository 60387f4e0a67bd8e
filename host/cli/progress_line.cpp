#include "cli/progress_line.h"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <optional>

#include "cli/json.h"
#include "cli/text.h"

namespace sluice::cli {
namespace {

constexpr std::size_t kBarWidth = 24;
// What takes less is not worth a name: it would flicker.
constexpr std::chrono::milliseconds kWorthAName{1'000};
// A name is cut down to so many columns before other words give way to it.
constexpr std::size_t kShortName = 16;
// Below it a line for each document has no room for a name, a converter and a time.
constexpr std::size_t kWideColumns = 72;
// As many lanes as usual computers have cores; the display is to leave most of a screen alone.
constexpr std::size_t kMaxLanes = 8;
// What takes less has no line: hundreds of small documents in a second would only flicker.
constexpr std::chrono::milliseconds kWorthALine{500};
constexpr std::size_t kConverterColumns = 12;
constexpr std::size_t kTimeColumns = 7;

std::string_view word(Activity::Stage stage) {
  switch (stage) {
    case Activity::Stage::kReading:
      return "reading";
    case Activity::Stage::kConverting:
      return "converting";
    case Activity::Stage::kLockWait:
      break;
  }
  return "waiting";
}

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

std::optional<InHand> slowest_of(const ProgressState& state) {
  if (state.in_hand.empty() || state.in_hand.front().age < kWorthAName) return std::nullopt;
  const Activity::View& view = state.in_hand.front();
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

// "waiting for the lock, held by ..."; "reading a.iso (45 %)"; "a.pdf".
std::string doing_text(const Activity::View& view) {
  switch (view.stage) {
    case Activity::Stage::kLockWait:
      return "waiting for " + visible(view.what);
    case Activity::Stage::kReading:
      return "reading " + visible(view.what) +
             (view.percent ? " (" + std::to_string(*view.percent) + " %)" : "");
    case Activity::Stage::kConverting:
      break;
  }
  return visible(view.what);
}

std::string filled_up(std::string text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return width < columns ? text + std::string(columns - width, ' ') : text;
}

// "  docs/large.pdf        pdf          12 s".
std::string lane_line(const Activity::View& view, std::size_t columns) {
  const std::string seconds = std::to_string(view.age.count() / 1000) + " s";
  const std::string time(kTimeColumns - std::min(kTimeColumns, seconds.size()), ' ');
  const std::size_t names = columns - 2 - 2 - kConverterColumns - kTimeColumns;
  return "  " + filled_up(cut_in_the_middle(doing_text(view), names), names) + "  " +
         filled_up(cut_in_the_middle(visible(view.converter), kConverterColumns),
                   kConverterColumns) +
         time + seconds;
}

// The parts of the line about the whole.
struct Whole {
  explicit Whole(const ProgressState& state) {
    count = std::to_string(state.done);
    if (state.total > 0) count += " of " + std::to_string(state.total);
    const bool is_one = state.total == 1 || (state.total == 0 && state.done == 1);
    counted = count + (is_one ? " document" : " documents");
    char text[32];
    std::snprintf(text, sizeof text, state.rate() < 10 ? "%.1f/s" : "%.0f/s", state.rate());
    rate = text;
    if (state.bytes > 0) bytes = human_size(state.bytes);
    if (state.seconds_left() > 0) left = clock_text(state.seconds_left()) + " left";
    if (state.skipped > 0) skipped = std::to_string(state.skipped) + " skipped";
    if (state.failed > 0) failed = std::to_string(state.failed) + " failed";
    if (state.total > 0) front = bar(state);
  }
  std::string front, count, counted, rate, bytes, left, skipped, failed;

  // From all there is to say down to the number alone.
  std::vector<std::string> versions() const {
    return {front + joined({counted, skipped, rate, bytes, left, failed}),
            joined({counted, skipped, rate, bytes, left, failed}),
            joined({counted, rate, left, failed}),
            joined({counted, left, failed}),
            joined({counted, failed}),
            joined({count, failed}),
            count};
  }
};

}  // namespace

std::string progress_line(const ProgressState& state, std::size_t columns) {
  const Whole whole(state);
  const std::optional<InHand> hand = slowest_of(state);
  const std::size_t room = columns == 0 ? SIZE_MAX : columns;
  for (const std::string& text : whole.versions()) {
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
  return cut_in_the_middle(whole.count, room);
}

std::vector<std::string> progress_block(const ProgressState& state, std::size_t columns,
                                        std::size_t rows, std::size_t least) {
  if (columns < kWideColumns || rows < 2) return {progress_line(state, columns)};
  const std::size_t most = std::min(rows, kMaxLanes + 1) - 1;
  std::vector<std::string> lanes;
  for (const Activity::View& view : state.in_hand) {
    if (lanes.size() == most) break;
    if (view.age >= kWorthALine) lanes.push_back(lane_line(view, columns));
  }
  const std::size_t wanted = std::min(most, least > 0 ? least - 1 : 0);
  std::vector<std::string> lines(wanted - std::min(wanted, lanes.size()));
  std::move(lanes.begin(), lanes.end(), std::back_inserter(lines));
  ProgressState whole = state;
  whole.in_hand.clear();
  lines.push_back(progress_line(whole, columns));
  return lines;
}

std::string progress_json(const ProgressState& state) {
  std::vector<JsonObject> lanes;
  for (const Activity::View& view : state.in_hand) {
    lanes.emplace_back()
        .text("stage", word(view.stage))
        .path("what", view.what)
        .text_or_null("converter", view.converter)
        .number("ms", view.age.count());
  }
  JsonObject object("progress");
  object.number("done", static_cast<std::int64_t>(state.done))
      .number("failed", static_cast<std::int64_t>(state.failed))
      .number("skipped", static_cast<std::int64_t>(state.skipped))
      .number("bytes", static_cast<std::int64_t>(state.bytes));
  if (state.total > 0) {
    object.number("total", static_cast<std::int64_t>(state.total));
  } else {
    object.null("total");
  }
  object.decimal("seconds", state.seconds).decimal("documents_per_second", state.rate());
  if (state.seconds_left() > 0) {
    object.decimal("seconds_left", state.seconds_left());
  } else {
    object.null("seconds_left");
  }
  return object.objects("lanes", lanes).line();
}

}  // namespace sluice::cli
