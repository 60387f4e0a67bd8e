#include "cli/skip_report.h"

#include <algorithm>
#include <tuple>

#include "cli/text.h"
#include "model/names.h"

namespace sluice::cli {
namespace {

using scan::Skipped;
using scan::SkipReason;

// A scan runs ahead of the documents: so many lines wait for their place, and no more.
constexpr std::size_t kMaxWaiting = 8192;
// Of a million files with names such as 0001.0001, each has a kind of its own.
constexpr std::size_t kMaxKinds = 1000;
constexpr const char* kOtherKinds = "other";
// As many kinds as fit into two lines of a terminal; -v and --json have them all.
constexpr std::size_t kMaxShown = 12;

}  // namespace

SkipReport::SkipReport(const GlobalArgs& global, std::function<void(const std::string&)> print)
    : names_(global.json          ? Names::kJson
             : global.verbose > 0 ? Names::kText
                                  : Names::kNone),
      print_(std::move(print)) {}

void SkipReport::add(Skipped&& skipped) {
  std::string overdue;
  {
    const std::lock_guard guard(mutex_);
    ++count_;
    Kind kind(skipped.why, skipped.kind);
    if (counts_.size() >= kMaxKinds && !counts_.contains(kind)) kind.second = kOtherKinds;
    ++counts_[std::move(kind)];
    if (names_ == Names::kNone) return;
    waiting_.push_back({skipped.before, line(skipped)});
    if (waiting_.size() > kMaxWaiting) {
      for (const Waiting& one : waiting_) overdue += one.line;
      waiting_.clear();
    }
  }
  if (!overdue.empty()) print_(overdue);
}

void SkipReport::add_picture(const Source& picture) {
  add({picture.given, picture.path_key(), extension_of(picture.file_name()), SkipReason::kNoText,
       "", picture.sequence});
}

std::string SkipReport::line(const Skipped& skipped) const {
  if (names_ == Names::kJson) {
    return JsonObject("skipped")
        .path("source", skipped.given)
        .path("path", skipped.path)
        .text("kind", skipped.kind)
        .text("why", word(skipped.why))
        .text_or_null("rule", skipped.rule)
        .line();
  }
  const bool by_kind = skipped.why == SkipReason::kUnsupported;
  return "skipped  " + visible(skipped.given) + ": " +
         (by_kind ? "no converter takes " + visible(skipped.kind == scan::kNoExtension
                                                        ? "files without an extension"
                                                        : "." + skipped.kind)
                  : std::string(label(skipped.why))) +
         (skipped.rule.empty() ? "" : " by " + visible(skipped.rule)) + "\n";
}

std::string SkipReport::lines_before(std::uint64_t sequence) {
  const std::lock_guard guard(mutex_);
  std::string lines;
  while (!waiting_.empty() && waiting_.front().before <= sequence) {
    lines += waiting_.front().line;
    waiting_.pop_front();
  }
  return lines;
}

std::uint64_t SkipReport::count() const {
  const std::lock_guard guard(mutex_);
  return count_;
}

std::string SkipReport::summary_line() const {
  const std::lock_guard guard(mutex_);
  if (count_ == 0) return {};
  std::map<std::string, std::uint64_t> by_label;
  for (const auto& [kind, count] : counts_) {
    by_label[kind.first == SkipReason::kUnsupported ? kind.second
                                                    : std::string(label(kind.first))] += count;
  }
  std::vector<std::pair<std::string, std::uint64_t>> ranked(by_label.begin(), by_label.end());
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text = "skipped " + std::to_string(count_) + ":";
  std::uint64_t others = 0;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const auto& [name, count] = ranked[i];
    if (i >= kMaxShown) {
      others += count;
      continue;
    }
    text += (i == 0 ? " " : ", ") + visible(name) + " " + std::to_string(count);
  }
  if (others > 0) text += ", others " + std::to_string(others);
  return text + (names_ == Names::kNone ? " (-v names them)\n" : "\n");
}

std::vector<owner::SkipCount> SkipReport::counts() const {
  const std::lock_guard guard(mutex_);
  std::vector<owner::SkipCount> counts;
  for (const auto& [kind, count] : counts_) {
    counts.push_back(
        {std::string(word(kind.first)), kind.second, static_cast<std::int64_t>(count)});
  }
  std::sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
    return std::tie(a.why, a.kind) < std::tie(b.why, b.kind);
  });
  return counts;
}

std::vector<JsonObject> SkipReport::counts_json() const {
  std::vector<JsonObject> objects;
  for (const owner::SkipCount& count : counts()) {
    JsonObject one;
    one.text("why", count.why).text("kind", count.kind).number("count", count.count);
    objects.push_back(std::move(one));
  }
  return objects;
}

}  // namespace sluice::cli
