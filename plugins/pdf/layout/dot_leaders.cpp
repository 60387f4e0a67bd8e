// SPDX-License-Identifier: Apache-2.0
#include "dot_leaders.hpp"

#include <algorithm>
#include <cmath>

#include "../page/unicode.hpp"

namespace sluice::pdf {
namespace {

constexpr std::uint32_t kLeastDots = 5;  // an ellipsis has three, four with the full stop
// Parts of the font's size.
constexpr float kRowOfDots = 0.25F;
constexpr std::size_t kDotsOfPitch = 3;  // that tell the pitch: the first may touch the label
constexpr float kWidestPitch = 1.2F;     // from dot to dot; LaTeX's \dotfill has 0.44, Word 0.25
constexpr float kSamePitch = 1.5F;       // of the pitch: a dot that belongs to the ones before it
constexpr float kFarFromDots = 25;       // a value stands nearer to the end of its dots
constexpr float kBesideDots = 0.6F;      // from the baseline of the dots to that of their value
constexpr float kSameEndOfDots = 0.5F;   // of dots that end where others do
constexpr float kUnderWords = 1.5F;      // some dots with words over them
constexpr float kTouchesDots = 0.1F;     // the value begins where the dots end
constexpr float kLastDot = 0.7F;         // from the label's dot to the others: one of them
constexpr std::ptrdiff_t kLeastOthers = 2;
constexpr std::size_t kMaxRuns = 32;  // of a line

class LeaderFinder {
 public:
  LeaderFinder(PageContent& page, const std::vector<std::uint32_t>& chosen)
      : page_(page), order_(chosen) {}

  void run() {
    std::uint32_t dots = 0;
    for (const std::uint32_t index : order_) dots += dots_of(page_.words[index]);
    if (dots < kLeastDots) return;
    std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
      const Word& one = page_.words[a];
      const Word& other = page_.words[b];
      return one.baseline != other.baseline ? one.baseline < other.baseline : a < b;
    });
    for (std::size_t from = 0; from < order_.size();) {
      const Word& first = page_.words[order_[from]];
      std::size_t end = from + 1;
      while (end < order_.size() && page_.words[order_[end]].baseline - first.baseline <=
                                        kRowOfDots * std::max(1.0F, first.size)) {
        ++end;
      }
      find_runs(from, end);
      from = end;
    }
    // Some lead to a value; then others that end where these do lead to nothing, or are short.
    for (Run& run : runs_)
      run.leads = run.dots >= kLeastDots && (is_under_words(run) || leads_to_value(run));
    std::vector<float> ends;
    for (const Run& run : runs_) {
      if (run.leads) ends.push_back(run.box.x1);
    }
    std::sort(ends.begin(), ends.end());
    for (Run& run : runs_) {
      if (!run.leads) run.leads = ends_as_others(run, ends);
      if (!run.leads) continue;
      for (const std::uint32_t index : run.words) page_.words[index].is_leader = true;
      trim(run);
    }
  }

 private:
  // How many dots the word is made of, if of nothing else.
  std::uint32_t dots_of(const Word& word) const {
    const std::string_view text = page_.text_of(word);
    std::uint32_t dots = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::uint32_t here = leader_dots(next_char(text, at));
      if (here == 0) return 0;
      dots += here;
    }
    return dots;
  }

  float pitch_of(const Word& word) const {
    return word.box.width() / static_cast<float>(std::max(1U, dots_of(word)));
  }

  // Dots at one distance, on one line.
  struct Run {
    std::size_t from = 0;  // its line, in order_
    std::size_t end = 0;
    std::vector<std::uint32_t> words;
    std::uint32_t dots = 0;
    Box box;
    float size = 0;
    float last_dots = 0;  // where the last dots of its line end
    bool leads = false;
  };

  void find_runs(std::size_t from, std::size_t end) {
    dots_.clear();
    for (std::size_t i = from; i < end; ++i) {
      if (dots_of(page_.words[order_[i]]) > 0) dots_.push_back(order_[i]);
    }
    std::sort(dots_.begin(), dots_.end(), [this](std::uint32_t a, std::uint32_t b) {
      return page_.words[a].box.x0 < page_.words[b].box.x0;
    });
    std::size_t count = 0;
    for (std::size_t i = 0; i < dots_.size() && count < kMaxRuns; ++count) {
      const std::size_t stop = end_of_run(i);
      Run run;
      run.from = from;
      run.end = end;
      run.box = page_.words[dots_[i]].box;
      run.size = page_.words[dots_[i]].size;
      run.last_dots = page_.words[dots_.back()].box.x1;
      for (std::size_t k = i; k < stop; ++k) {
        run.words.push_back(dots_[k]);
        run.dots += dots_of(page_.words[dots_[k]]);
        run.box.add(page_.words[dots_[k]].box);
      }
      if (run.dots >= 2) runs_.push_back(std::move(run));
      i = stop;
    }
  }

  // Dots that are words of their own follow each other at one distance.
  std::size_t end_of_run(std::size_t first) const {
    float pitch = 0;
    std::size_t stop = first + 1;
    for (; stop < dots_.size(); ++stop) {
      const Word& before = page_.words[dots_[stop - 1]];
      const Word& next = page_.words[dots_[stop]];
      const float step = next.box.x0 - before.box.x1 + pitch_of(before);
      const bool is_known = stop - first >= kDotsOfPitch;
      if (step > kWidestPitch * next.size || (is_known && step > kSamePitch * pitch)) break;
      pitch = std::max(pitch, step);
    }
    return stop;
  }

  // The words beside the run: on its line, or a little above or below it, as figures in another
  // font are.
  template <typename See>
  void for_each_beside(const Run& run, See see) const {
    const auto is_beside = [&](std::size_t i) {
      return std::abs(page_.words[order_[i]].baseline - page_.words[run.words[0]].baseline) <
             kBesideDots * run.size;
    };
    std::size_t from = run.from;
    while (from > 0 && is_beside(from - 1)) --from;
    for (std::size_t i = from; i < order_.size() && (i < run.end || is_beside(i)); ++i) {
      if (dots_of(page_.words[order_[i]]) == 0) see(order_[i]);
    }
  }

  // What stands before the dots or over them, and what is behind them.
  struct Sides {
    std::int64_t label = -1;
    bool has_value = false;
    float last = -1e9F;
  };
  Sides sides_of(const Run& run) const {
    Sides sides;
    for_each_beside(run, [&](std::uint32_t index) {
      const Word& word = page_.words[index];
      sides.last = std::max(sides.last, word.box.x1);
      if (word.box.x0 >= run.box.x1 - kTouchesDots * run.size) {
        sides.has_value = sides.has_value || word.box.x0 - run.box.x1 < kFarFromDots * run.size;
      } else if (sides.label < 0 ||
                 word.box.x1 > page_.words[static_cast<std::size_t>(sides.label)].box.x1) {
        sides.label = index;
      }
    });
    return sides;
  }

  // A style sheet draws more dots than there is room for: white behind the words hides those below
  // them, the edge of the list those behind it. Nobody writes there.
  bool is_under_words(const Run& run) const {
    float covered = 0;
    for_each_beside(run, [&](std::uint32_t index) {
      const Word& word = page_.words[index];
      if (word.chars > 1) covered += std::max(0.0F, word.box.overlap_x(run.box));
    });
    return covered > kUnderWords * run.size;
  }

  // Not if the text before them asks for an answer ("Name:"), or the line ends in other dots.
  bool leads_to_value(const Run& run) const {
    const Sides sides = sides_of(run);
    if (sides.label < 0 || !sides.has_value) return false;
    const Word& label = page_.words[static_cast<std::size_t>(sides.label)];
    if (last_char(page_.text_of(label)) == ':') return false;
    return run.last_dots <= sides.last;
  }

  bool ends_as_others(const Run& run, const std::vector<float>& ends) const {
    const float slack = kSameEndOfDots * run.size;
    const auto from = std::lower_bound(ends.begin(), ends.end(), run.box.x1 - slack);
    const auto to = std::upper_bound(from, ends.end(), run.box.x1 + slack);
    return to - from >= kLeastOthers && sides_of(run).label >= 0;
  }

  // The first dot may be part of the label: "Total.", and then ". . .".
  void trim(const Run& run) {
    const Sides sides = sides_of(run);
    if (sides.label < 0) return;
    Word& label = page_.words[static_cast<std::size_t>(sides.label)];
    const std::string_view text = page_.text_of(label);
    if (text.size() < 2 || text.back() != '.' || text[text.size() - 2] == '.') return;
    const float gap = run.box.x0 - label.box.x1;
    if (gap < 0 || gap > kLastDot * label.size) return;
    --label.bytes;
    --label.chars;
    label.box.x1 = std::max(label.box.x0, label.box.x1 - pitch_of(page_.words[run.words[0]]));
  }

  PageContent& page_;
  std::vector<std::uint32_t> order_;  // words by baseline
  std::vector<std::uint32_t> dots_;   // of a row, by x
  std::vector<Run> runs_;
};

}  // namespace

void mark_leaders(PageContent& page, const std::vector<std::uint32_t>& chosen) {
  LeaderFinder(page, chosen).run();
}

void drop_leaders(const PageContent& page, Segments& segments) {
  const auto is_leader = [&](std::uint32_t at) { return page.words[segments.words[at]].is_leader; };
  std::vector<Segment> all;
  bool any = false;
  for (std::size_t i = 0; i < segments.all.size(); ++i) {
    const Segment& whole = segments.all[i];
    const std::uint32_t end = whole.first + whole.words;
    bool here = false;
    for (std::uint32_t w = whole.first; w < end && !whole.is_entry; ++w)
      here = here || is_leader(w);
    if (!here) {
      if (any) all.push_back(whole);
      continue;
    }
    if (!any)
      all.assign(segments.all.begin(), segments.all.begin() + static_cast<std::ptrdiff_t>(i));
    any = true;
    // Words over the dots are one text: only dots with nothing over them part it.
    Segment part = whole;
    part.words = part.chars = 0;
    part.is_marker = part.is_marker_behind = false;
    std::vector<std::uint32_t> kept;
    const auto flush = [&] {
      if (part.words > 0) all.push_back(part);
      part.words = part.chars = 0;
    };
    std::uint32_t next = whole.first;
    float dots_to = -1e9F;
    for (std::uint32_t w = whole.first; w < end; ++w) {
      const Word& word = page.words[segments.words[w]];
      if (is_leader(w)) {
        dots_to = std::max(dots_to, word.box.x1);
        continue;
      }
      const bool apart = part.words > 0 && word.box.x0 - part.box.x1 > kWidestPitch * word.size &&
                         dots_to > part.box.x1;
      if (apart) {
        flush();
        all.back().leads = true;
      }
      segments.words[next] = segments.words[w];
      if (part.words == 0) {
        part.first = next;
        part.box = word.box;
      }
      part.box.add(word.box);
      ++part.words;
      part.chars += word.chars;
      ++next;
    }
    flush();
    // Dots at the end lead to the next segment of the row.
    if (!all.empty() && all.back().row == whole.row && dots_to > all.back().box.x1)
      all.back().leads = true;
  }
  if (any) segments.all = std::move(all);
}

}  // namespace sluice::pdf
