#include "owner/line_diff.h"

#include <algorithm>
#include <unordered_map>

#include "owner/line_search.h"

namespace sluice::owner {
namespace {

using diff::Index;
using diff::Side;

// git's bounds; another value finds other changes.
constexpr Index kMaxCommonMatches = 1024;  // a line with more matches says nothing about the place
constexpr Index kScanWindow = 100;  // how far around such a line its neighbours are looked at
constexpr Index kRunFactor = 4;     // of lines without a match to such lines

// How often the lines of a class occur in each text.
struct Occurrences {
  Index before = 0;
  Index after = 0;
};

class Comparison {
 public:
  Comparison(std::span<const std::uint64_t> before, std::span<const std::uint64_t> after);
  std::vector<LineChange> changes();

 private:
  enum class Matches { kNone, kSome, kMany };

  void choose_lines();
  void keep_some(Side& side, Index begin, Index end, const std::vector<Matches>& matches);
  std::vector<LineChange> script();

  Side before_;
  Side after_;
  std::vector<Occurrences> classes_;
};

// --- which lines are compared ---

Comparison::Comparison(std::span<const std::uint64_t> before,
                       std::span<const std::uint64_t> after) {
  std::unordered_map<std::uint64_t, Index> known;
  known.reserve(before.size() + after.size());
  const auto classify = [&](std::span<const std::uint64_t> prints, Side& side,
                            Index Occurrences::*count) {
    side.lines.reserve(prints.size());
    for (const std::uint64_t print : prints) {
      const auto [found, is_new] = known.emplace(print, static_cast<Index>(classes_.size()));
      if (is_new) classes_.emplace_back();
      ++(classes_[static_cast<std::size_t>(found->second)].*count);
      side.lines.push_back(found->second);
    }
    side.changed_.assign(prints.size() + 2, 0);
  };
  classify(before, before_, &Occurrences::before);
  classify(after, after_, &Occurrences::after);
}

// True if the line, which has many matches, stands among lines that mostly have none: it would only
// tear their change apart.
bool is_lost_among_changes(const std::vector<char>& kinds, Index i, Index begin, Index last) {
  constexpr char kNone = 0;
  constexpr char kMany = 2;
  Index without = 0;
  Index many = 0;
  const auto look = [&](Index from, Index until, Index step) {
    Index found = 0;
    for (Index at = from; step < 0 ? at >= until : at <= until; at += step) {
      const char kind = kinds[static_cast<std::size_t>(at)];
      if (kind == kNone) {
        ++found;
      } else if (kind == kMany) {
        ++many;
      } else {
        break;
      }
    }
    without += found;
    return found > 0;
  };
  many = 1;
  if (!look(i - 1, std::max(begin, i - kScanWindow), -1)) return false;
  ++many;
  if (!look(i + 1, std::min(last, i + kScanWindow), 1)) return false;
  return many * kRunFactor < many + without;
}

void Comparison::keep_some(Side& side, Index begin, Index end,
                           const std::vector<Matches>& matches) {
  std::vector<char> kinds(matches.size());
  std::transform(matches.begin(), matches.end(), kinds.begin(),
                 [](Matches one) { return static_cast<char>(one); });
  for (Index i = begin; i < end; ++i) {
    const Matches found = matches[static_cast<std::size_t>(i)];
    const bool is_kept =
        found == Matches::kSome ||
        (found == Matches::kMany && !is_lost_among_changes(kinds, i, begin, end - 1));
    if (is_kept) {
      side.keep(i);
    } else {
      side.changed(i) = 1;
    }
  }
}

// Without the lines that both begin and end with, and without those that nothing can match.
void Comparison::choose_lines() {
  const Index shorter = std::min(before_.size(), after_.size());
  Index begin = 0;
  while (begin < shorter && before_.at(begin) == after_.at(begin)) ++begin;
  Index same_end = 0;
  while (same_end < shorter - begin &&
         before_.at(before_.size() - same_end - 1) == after_.at(after_.size() - same_end - 1)) {
    ++same_end;
  }
  const auto choose = [&](Side& side, Index Occurrences::*in_other) {
    const Index many = std::min(diff::rough_root(side.size()), kMaxCommonMatches);
    std::vector<Matches> matches(side.lines.size(), Matches::kSome);
    for (Index i = begin; i < side.size() - same_end; ++i) {
      const Index count = classes_[static_cast<std::size_t>(side.at(i))].*in_other;
      matches[static_cast<std::size_t>(i)] = count == 0      ? Matches::kNone
                                             : count >= many ? Matches::kMany
                                                             : Matches::kSome;
    }
    keep_some(side, begin, side.size() - same_end, matches);
  };
  choose(before_, &Occurrences::after);
  choose(after_, &Occurrences::before);
}

// --- where a change is shown ---

// Changed lines in a row; empty between two lines that are the same.
class ChangeGroup {
 public:
  explicit ChangeGroup(Side& side) : side_(side) { extend_end(); }

  Index begin() const { return begin_; }
  Index end() const { return end_; }
  bool is_empty() const { return begin_ == end_; }
  // False behind the last one.
  bool next() {
    if (end_ == side_.size()) return false;
    begin_ = ++end_;
    extend_end();
    return true;
  }
  void previous() {
    end_ = --begin_;
    extend_begin();
  }
  // Moves it by a line, if it is the same change there. What it meets becomes part of it.
  bool slide_down() {
    if (end_ == side_.size() || side_.at(begin_) != side_.at(end_)) return false;
    side_.changed(begin_++) = 0;
    side_.changed(end_++) = 1;
    extend_end();
    return true;
  }
  bool slide_up() {
    if (begin_ == 0 || side_.at(begin_ - 1) != side_.at(end_ - 1)) return false;
    side_.changed(--begin_) = 1;
    side_.changed(--end_) = 0;
    extend_begin();
    return true;
  }

 private:
  void extend_end() {
    while (side_.changed(end_) != 0) ++end_;
  }
  void extend_begin() {
    while (side_.changed(begin_ - 1) != 0) --begin_;
  }

  Side& side_;
  Index begin_ = 0;
  Index end_ = 0;
};

// Slides each change as far down as it goes, or to the last place where the other text has a
// change, too. Changes that can touch become one.
void settle_changes(Side& side, Side& other) {
  ChangeGroup group(side);
  ChangeGroup beside(other);
  do {
    if (!group.is_empty()) {
      Index size = 0;
      Index highest_end = 0;
      bool meets_other = false;
      do {
        size = group.end() - group.begin();
        while (group.slide_up()) beside.previous();
        highest_end = group.end();
        meets_other = !beside.is_empty();
        while (group.slide_down()) {
          beside.next();
          if (!beside.is_empty()) meets_other = true;
        }
      } while (size != group.end() - group.begin());
      if (group.end() != highest_end && meets_other) {
        while (beside.is_empty()) {
          group.slide_up();
          beside.previous();
        }
      }
    }
    beside.next();
  } while (group.next());
}

std::vector<LineChange> Comparison::script() {
  std::vector<LineChange> changes;
  Index i = 0;
  Index j = 0;
  while (i < before_.size() || j < after_.size()) {
    const Index old_begin = i;
    const Index new_begin = j;
    while (before_.changed(i) != 0) ++i;
    while (after_.changed(j) != 0) ++j;
    if (i > old_begin || j > new_begin) {
      changes.push_back(
          {static_cast<std::size_t>(old_begin), static_cast<std::size_t>(i - old_begin),
           static_cast<std::size_t>(new_begin), static_cast<std::size_t>(j - new_begin)});
    }
    ++i;
    ++j;
  }
  return changes;
}

std::vector<LineChange> Comparison::changes() {
  choose_lines();
  diff::mark_changes(before_, after_);
  settle_changes(before_, after_);
  settle_changes(after_, before_);
  return script();
}

}  // namespace

std::vector<LineChange> line_changes(std::span<const std::uint64_t> before,
                                     std::span<const std::uint64_t> after) {
  return Comparison(before, after).changes();
}

}  // namespace sluice::owner
