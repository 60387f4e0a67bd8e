// SPDX-License-Identifier: Apache-2.0
#include "segments.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "../page/unicode.hpp"
#include "../same_size.hpp"
#include "../shared_measures.hpp"
#include "dot_leaders.hpp"
#include "leaders.hpp"
#include "repeats.hpp"

namespace sluice::pdf {
namespace {

// Parts of the font's size.
constexpr float kRowTolerance = 0.25F;
constexpr std::size_t kMostJumps = 3;  // for each blank: a table of five columns without prose
constexpr std::size_t kFewOthers = 5;  // of blanks, at most one that no glyph draws
constexpr float kPlacedGap = 0.15F;  // LibreOffice leaves 0.25 between the cells of a table of HTML
// One as large as its line: how many more characters the line has, and parts of its size.
constexpr std::uint32_t kMuchLonger = 3;
// Where a superscript or a subscript may be, in sizes of its line: above and below the baseline,
// and beside the text, the mark of a note farther than others.
constexpr float kHighestMark = 0.8F, kLowestMark = 0.45F;
constexpr float kReachOfMark = 0.5F, kReachOfSmall = 0.35F;
constexpr float kTouchesText = 0.1F;  // of its width: over a word, and not beside it
constexpr float kOverText = 0.35F;    // the same of smaller text, with its slant
constexpr float kLeastShift = 0.12F, kHighest = 0.6F, kTouching = 0.12F;
constexpr float kOtherSize = 1.25F;       // times: a form's box is larger than the print beside it
constexpr std::uint32_t kMarkOfNote = 3;  // glyphs; a blank may stand before it
constexpr std::size_t kMaxNeighbours = 80;
constexpr std::size_t kLongestLabel = 4;  // characters of a list marker: "viii"

class SegmentBuilder {
 public:
  SegmentBuilder(const PageContent& page, const RuleSettings& settings, Segments& out)
      : page_(page), settings_(settings), out_(out) {}

  void build(const std::vector<std::uint32_t>& chosen) {
    out_.all.clear();
    out_.words = chosen;
    std::sort(out_.words.begin(), out_.words.end(), [this](std::uint32_t a, std::uint32_t b) {
      const Word& one = word(a);
      const Word& other = word(b);
      if (one.baseline != other.baseline) return one.baseline < other.baseline;
      return one.box.x0 != other.box.x0 ? one.box.x0 < other.box.x0 : a < b;
    });
    struct Range {
      std::size_t from;
      std::size_t end;
    };
    std::vector<Range> rows;
    for (std::size_t from = 0; from < out_.words.size();) {
      const std::size_t end = end_of_row(from);
      sort_by_x(from, end);
      rows.push_back({from, drop_repeats(page_, out_.words, from, end)});
      weigh_gaps(from, rows.back().end);
      from = end;
    }
    out_.cell_gap = tells_cells() ? kPlacedGap : kGutter;
    for (std::uint32_t row = 0; row < rows.size(); ++row)
      split_row(rows[row].from, rows[row].end, row);
    join_small_ones();
  }

 private:
  const Word& word(std::uint32_t index) const { return page_.words[index]; }

  std::size_t end_of_row(std::size_t from) const {
    const Word& first = word(out_.words[from]);
    float size = first.size;
    std::size_t end = from + 1;
    while (end < out_.words.size()) {
      const Word& next = word(out_.words[end]);
      if (next.baseline - first.baseline > kRowTolerance * std::min(size, next.size)) break;
      size = std::max(size, next.size);
      ++end;
    }
    return end;
  }

  void sort_by_x(std::size_t from, std::size_t end) {
    std::sort(out_.words.begin() + static_cast<std::ptrdiff_t>(from),
              out_.words.begin() + static_cast<std::ptrdiff_t>(end),
              [this](std::uint32_t a, std::uint32_t b) {
                const Word& one = word(a);
                const Word& other = word(b);
                return one.box.x0 != other.box.x0 ? one.box.x0 < other.box.x0 : a < b;
              });
  }

  // Gaps no wider than a blank: how many have one, how many an operator jumped over.
  void weigh_gaps(std::size_t from, std::size_t end) {
    for (std::size_t i = from + 1; i < end; ++i) {
      const Word& before = word(out_.words[i - 1]);
      const Word& next = word(out_.words[i]);
      const float gap = next.box.x0 - before.box.x1;
      if (gap > kGutter * size_between(before, next)) continue;
      ++(next.blank_before ? blanks_ : next.placed ? jumps_ : others_);
    }
  }

  // Where blanks are gaps as well (TeX), or most words are placed one by one, that says nothing.
  bool tells_cells() const {
    return settings_.allows(kPlacedCells) && !page_.right_to_left && jumps_ > 0 &&
           jumps_ <= kMostJumps * blanks_ && others_ * kFewOthers <= blanks_;
  }

  void split_row(std::size_t from, std::size_t end, std::uint32_t row) {
    std::size_t start = from;
    for (std::size_t i = from + 1; i <= end; ++i) {
      if (i < end) {
        const Word& before = word(out_.words[i - 1]);
        const Word& next = word(out_.words[i]);
        const bool is_cell = before.clip != next.clip && next.box.x0 > before.box.x1;
        const float gap = next.box.x0 - before.box.x1;
        const float least = next.placed && !next.blank_before ? out_.cell_gap : kGutter;
        if (!is_cell && gap <= least * size_between(before, next)) continue;
      }
      add(start, i, row);
      start = i;
    }
  }

  // A heading beside text does not make the gap between them less wide.
  static float size_between(const Word& before, const Word& next) {
    const Word& small = before.size < next.size ? before : next;
    const float most = std::max(before.size, next.size);
    // One that is raised is shorter.
    return most > kOtherSize * small.size && small.chars > 2 ? small.size : most;
  }

  void add(std::size_t from, std::size_t end, std::uint32_t row) {
    Segment segment;
    segment.first = static_cast<std::uint32_t>(from);
    segment.words = static_cast<std::uint32_t>(end - from);
    segment.row = segment.cells_row = row;
    segment.box = word(out_.words[from]).box;
    segment.placed = word(out_.words[from]).placed && !word(out_.words[from]).blank_before;
    // By most glyphs, not by the longest word: that may be in small capitals.
    struct Size {
      float size = 0;
      float baseline = 0;
      std::uint32_t chars = 0;
    };
    std::array<Size, 4> sizes;
    std::size_t known = 0;
    std::uint32_t to_left = 0;
    for (std::size_t i = from; i < end; ++i) {
      const Word& each = word(out_.words[i]);
      if (each.right_to_left) to_left += each.chars;
      segment.box.add(each.box);
      segment.chars += each.chars;
      const auto same =
          std::find_if(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(known),
                       [&](const Size& size) { return is_same_size(size.size, each.size); });
      if (same != sizes.begin() + static_cast<std::ptrdiff_t>(known)) {
        same->chars += each.chars;
      } else if (known < sizes.size()) {
        sizes[known++] = {each.size, each.baseline, each.chars};
      }
    }
    const Size& usual =
        *std::max_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(known),
                          [](const Size& a, const Size& b) { return a.chars < b.chars; });
    segment.size = usual.size;
    segment.baseline = usual.baseline;
    segment.backwards = (to_left * 2 > segment.chars) != page_.right_to_left;
    segment.is_marker = is_marker(from, end, page_.right_to_left);
    segment.is_marker_behind = is_marker(from, end, !page_.right_to_left);
    out_.all.push_back(segment);
  }

  bool is_marker(std::size_t from, std::size_t end, bool right_to_left) const {
    if (!right_to_left) {
      const std::string_view text = text_of(from);
      // Word's hollow bullet is the letter o.
      return end - from == 1 && (is_list_marker(text) || is_outline_number(text) || text == "o");
    }
    // ".1" or "(1": its punctuation is drawn on the left and may be a word of its own.
    if (end - from > 3) return false;
    std::string text;
    for (std::size_t i = from; i < end; ++i) {
      // A mirrored page's words are read from the right, too.
      text.insert(page_.right_to_left ? 0 : text.size(), text_of(i));
    }
    if (text.size() > 1 && std::string_view(".:()").find(text[0]) != std::string_view::npos) {
      const bool enclosed = text.back() == '(' || text.back() == ')';
      text = text.substr(1, text.size() - (enclosed ? 2 : 1)) + '.';
    }
    return is_list_marker(text);
  }

  std::string_view text_of(std::size_t index) const {
    return page_.text_of(word(out_.words[index]));
  }

  // Whether `small` stands at `host` as a superscript or subscript does.
  bool belongs(const Segment& small, const Segment& host) const {
    const float up = host.baseline - small.baseline;
    if (small.size > kSmallText * host.size) return is_shifted(small, host, up);
    if (up > kHighestMark * host.size || up < -kLowestMark * host.size) return false;
    const float reach = (small.chars <= kMarkOfNote ? kReachOfMark : kReachOfSmall) * host.size;
    return small.box.x0 >= host.box.x0 - reach - small.box.width() &&
           small.box.x0 <= host.box.x1 + reach && small.box.width() < 6 * host.size &&
           has_room(small, host);
  }

  // Some programs raise and lower text and leave its size (WeasyPrint): a few characters that
  // touch a word of a much longer line, too near to be a line of their own.
  bool is_shifted(const Segment& small, const Segment& host, float up) const {
    if (small.size > host.size / kSmallText || small.words > 1 ||
        !is_exponent_or_index(text_of(small.first))) {
      return false;
    }
    if (host.chars < kMuchLonger * small.chars || small.is_marker) return false;
    if (up > kHighest * host.size || up < -kHighest * host.size) return false;
    if (std::abs(up) < kLeastShift * host.size) return false;
    bool touches = false;
    for (std::uint32_t i = 0; i < host.words; ++i) {
      const Box& box = word(out_.words[host.first + i]).box;
      if (small.box.overlap_x(box) > kTouchesText * small.box.width()) return false;
      if (std::abs(small.box.x0 - box.x1) > kTouching * host.size) continue;
      const char32_t before = last_char(text_of(host.first + i));
      touches = touches || (is_letter(before) && !is_cjk(before)) || digit_of(before) >= 0 ||
                before == ')';
    }
    return touches;
  }

  // Beside the host's words, not above or below them. Dots that lead to a value are drawn anywhere.
  bool has_room(const Segment& small, const Segment& host) const {
    float covered = 0;
    for (std::uint32_t i = 0; i < host.words; ++i) {
      const Word& each = word(out_.words[host.first + i]);
      if (!each.is_leader) covered += std::max(0.0F, small.box.overlap_x(each.box));
    }
    return covered <= kOverText * small.box.width();
  }

  void join_small_ones() {
    std::vector<std::int32_t> host(out_.all.size(), -1);
    bool any = false;
    for (std::size_t i = 0; i < out_.all.size(); ++i) {
      const Segment& small = out_.all[i];
      if (small.chars > 12) continue;
      float best = 1e9F;
      const auto look = [&](std::size_t j) {
        if (j == i || !belongs(small, out_.all[j])) return;
        const float away = std::abs(out_.all[j].baseline - small.baseline) +
                           std::max(0.0F, small.box.x0 - out_.all[j].box.x1);
        if (away >= best) return;
        best = away;
        host[i] = static_cast<std::int32_t>(j);
      };
      for (std::size_t step = 1; step <= kMaxNeighbours; ++step) {
        if (i >= step) look(i - step);
        if (i + step < out_.all.size()) look(i + step);
      }
      any = any || host[i] >= 0;
    }
    if (any) rebuild(host);
  }

  void rebuild(const std::vector<std::int32_t>& host) {
    // A host that is itself a guest stays where it is.
    std::vector<std::uint32_t> words;
    std::vector<Segment> all;
    std::vector<std::vector<std::uint32_t>> guests(out_.all.size());
    std::vector<bool> gone(out_.all.size(), false);
    for (std::size_t i = 0; i < host.size(); ++i) {
      if (host[i] < 0 || host[static_cast<std::size_t>(host[i])] >= 0) continue;
      guests[static_cast<std::size_t>(host[i])].push_back(static_cast<std::uint32_t>(i));
      gone[i] = true;
    }
    words.reserve(out_.words.size());
    for (std::size_t i = 0; i < out_.all.size(); ++i) {
      if (gone[i]) continue;
      Segment segment = out_.all[i];
      const auto first = static_cast<std::uint32_t>(words.size());
      const auto take = [&](const Segment& from) {
        for (std::uint32_t w = 0; w < from.words; ++w) words.push_back(out_.words[from.first + w]);
      };
      take(segment);
      for (const std::uint32_t guest : guests[i]) {
        take(out_.all[guest]);
        segment.box.x0 = std::min(segment.box.x0, out_.all[guest].box.x0);
        segment.box.x1 = std::max(segment.box.x1, out_.all[guest].box.x1);
        segment.words += out_.all[guest].words;
        segment.chars += out_.all[guest].chars;
        segment.is_marker = segment.is_marker_behind = false;
      }
      if (!guests[i].empty()) {
        std::sort(words.begin() + first, words.end(), [this](std::uint32_t a, std::uint32_t b) {
          const Word& one = word(a);
          const Word& other = word(b);
          return one.box.x0 != other.box.x0 ? one.box.x0 < other.box.x0 : a < b;
        });
      }
      segment.first = first;
      all.push_back(segment);
    }
    out_.words = std::move(words);
    out_.all = std::move(all);
  }

  const PageContent& page_;
  const RuleSettings& settings_;
  Segments& out_;
  std::size_t jumps_ = 0;
  std::size_t blanks_ = 0;
  std::size_t others_ = 0;
};

}  // namespace

void make_segments(const PageContent& page, const std::vector<std::uint32_t>& chosen,
                   const RuleSettings& settings, Segments& out) {
  SegmentBuilder(page, settings, out).build(chosen);
  join_entries(page, out);
  drop_leaders(page, out);
}

bool is_outline_number(std::string_view word) {
  if (word.size() > 11 || std::count(word.begin(), word.end(), '.') < 2) return false;
  if (word.back() != '.') return false;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t dot = word.find('.', at);
    if (dot == at || dot - at > 2) return false;
    if (word.substr(at, dot - at).find_first_not_of("0123456789") != std::string_view::npos)
      return false;
    at = dot + 1;
  }
  return true;
}

bool is_list_marker(std::string_view text) {
  if (text.empty() || text.size() > kLongestLabel * 3 + 2) return false;
  std::size_t at = 0;
  const char32_t first = next_char(text, at);
  if (at == text.size()) {
    switch (first) {
      case 0x2022:
      case 0x2023:
      case 0x25E6:
      case 0x25AA:
      case 0x25AB:
      case 0x25CF:
      case 0x25CB:
      case 0x25A0:
      case 0x25A1:
      case 0x2610:
      case 0x2611:
      case 0x2612:
      case 0x2043:
      case 0x2219:
      case 0xB7:
      case 0x27A2:
      case 0x2794:
      case 0x2713:
      case 0x2714:
      case 0x25B6:
      case 0x25BA:
      case 0x2192:
      case 0x2013:
      case 0x2014:
      case '-':
      case '*':
      case 0x25C6:
      case 0x2666:
      case 0x274F:
      case 0x2751:
      case 0x2756:
      case 0xFFFD:  // a picture of a font that says nothing of it
        return true;
      default:
        return is_private(first);
    }
  }
  std::string_view inner = text;
  if (inner.front() == '(' && inner.back() == ')') {
    inner = inner.substr(1, inner.size() - 2);
  } else if (inner.back() == '.' || inner.back() == ')' || inner.back() == ':') {
    inner.remove_suffix(1);
  } else {
    return false;
  }
  std::array<char32_t, kLongestLabel> label{};
  std::size_t size = 0;
  for (std::size_t i = 0; i < inner.size();) {
    if (size == label.size()) return false;
    label[size++] = next_char(inner, i);
  }
  const auto all_of = [&](auto is) {
    return std::all_of(label.begin(), label.begin() + static_cast<std::ptrdiff_t>(size), is);
  };
  if (size == 0) return false;
  if (all_of([](char32_t c) { return digit_of(c) >= 0; })) return size <= 3;
  if (size == 1) return is_letter(label[0]) && !is_cjk(label[0]);
  // Hebrew counts on in two letters: yod alef is eleven.
  return all_of([](char32_t c) { return c == 'i' || c == 'v' || c == 'x'; }) ||
         all_of([](char32_t c) { return c == 'I' || c == 'V' || c == 'X'; }) ||
         (size == 2 && all_of([](char32_t c) { return c >= 0x5D0 && c <= 0x5EA; }));
}

}  // namespace sluice::pdf
