// SPDX-License-Identifier: Apache-2.0
#include "tight_columns.hpp"

#include <algorithm>
#include <cmath>

#include "evidence.hpp"

namespace sluice::pdf {
namespace {

constexpr std::size_t kLeastStarts = 3;  // rows with a word at the edge
constexpr std::size_t kLeastInner = 2;   // of these, with text before it
constexpr std::size_t kMostTexts = 1;    // of these, that is no figure: the head
constexpr std::size_t kMaxTightRows = 400;
constexpr std::size_t kMaxTightWords = 6'000;  // of a table
constexpr std::size_t kMaxEdgesTried = 200;
constexpr std::size_t kMaxHeadWords = 40;
// Parts of the font's size.
constexpr float kAtEdge = 0.06F;      // numbers in a PDF are exact; text that wraps is not aligned
constexpr float kOtherGap = 0.3F;     // blanks differ less in one font
constexpr float kFitsColumn = 0.35F;  // a head at the edge of its column, or at its middle
constexpr float kUsualBlank = 0.36F;  // Helvetica has 0.28, TeX stretches to 0.35
constexpr float kWiderGap = 1.15F;    // times the blanks of the head

struct EdgeWord {
  std::size_t row;
  float x0;
  float x1;
  bool is_figure;
};

// "120", "3.5", "(12)": digits, and what stands between and around them.
bool is_figure(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos &&
         text.find_first_not_of("0123456789.,+-%()") == std::string_view::npos;
}

// Words of one column, row by row.
struct ColumnWords {
  std::vector<EdgeWord> pieces;
  float size = 10;
};

ColumnWords words_of(const Segments& segments, const std::vector<Row>& rows, const Band& band,
                     std::size_t column) {
  ColumnWords words;
  for (std::uint32_t r = band.first; r <= band.last; ++r) {
    for (const std::uint32_t index : rows[r].segments) {
      const Segment& segment = segments.all[index];
      if (segment.kind != SegmentKind::kText) continue;
      if (column_of(band, segment.box.center_x()) != column) continue;
      words.size = segment.size;
      for (std::uint32_t w = 0; w < segment.words; ++w) {
        const Box& box = word_box(segments, segment.first + w);
        words.pieces.push_back(
            {r, box.x0, box.x1, is_figure(word_text(segments, segment.first + w))});
      }
    }
  }
  return words;
}

// What rows say about an edge at x at which words begin.
struct EdgeFacts {
  std::size_t starts = 0;   // rows with a word that begins there
  std::size_t inner = 0;    // of these, with text before it
  std::size_t others = 0;   // rows with text behind it, but none that begins there
  std::size_t crossed = 0;  // rows with a word across it
  std::size_t texts = 0;  // rows with a word before it that is no figure, and one that begins there
  float least_gap = 1e9F;  // between the text before it and the word there
  float most_gap = 0;
};

EdgeFacts facts_at(const std::vector<EdgeWord>& pieces, float x, float slack) {
  EdgeFacts facts;
  for (std::size_t i = 0; i < pieces.size();) {
    std::size_t end = i;
    bool starts = false, behind = false, crosses = false, before = false, text = false;
    float gap = 1e9F;
    for (; end < pieces.size() && pieces[end].row == pieces[i].row; ++end) {
      const EdgeWord& piece = pieces[end];
      if (std::abs(piece.x0 - x) <= slack) {
        starts = true;
      } else if (piece.x0 > x) {
        behind = true;
      } else if (piece.x1 > x + slack) {
        crosses = true;
      } else {
        before = true;
        text = text || !piece.is_figure;
        gap = std::min(gap, x - piece.x1);
      }
    }
    i = end;
    facts.crossed += crosses ? 1 : 0;
    if (!starts) {
      facts.others += behind ? 1 : 0;
      continue;
    }
    ++facts.starts;
    if (!before) {
      facts.most_gap = 1e9F;  // aligned with nothing before it
      continue;
    }
    ++facts.inner;
    facts.texts += text ? 1 : 0;
    facts.least_gap = std::min(facts.least_gap, gap);
    facts.most_gap = std::max(facts.most_gap, gap);
  }
  return facts;
}

bool is_edge(const EdgeFacts& facts, float size) {
  return facts.starts >= kLeastStarts && facts.inner >= kLeastInner && facts.others == 0 &&
         facts.crossed == 0 && facts.texts <= kMostTexts &&
         facts.most_gap - facts.least_gap > kOtherGap * size;
}

// The leftmost edge in the column, with the paper left of it; mirrored for edges at which words
// end.
std::optional<float> find_edge(const std::vector<EdgeWord>& pieces, float size) {
  std::vector<float> tried;
  for (std::size_t i = 1; i < pieces.size() && tried.size() < kMaxEdgesTried; ++i) {
    if (pieces[i].row != pieces[i - 1].row) continue;
    const float x = pieces[i].x0;
    const bool is_known = std::any_of(tried.begin(), tried.end(), [&](float other) {
      return std::abs(other - x) <= kAtEdge * size;
    });
    if (is_known) continue;
    tried.push_back(x);
    if (is_edge(facts_at(pieces, x, kAtEdge * size), size)) return x;
  }
  return std::nullopt;
}

// A gutter that no word of the column crosses, beside the edge.
Gutter gutter_at(const ColumnWords& words, const Band& band, float edge) {
  Gutter gutter;
  gutter.first = band.first;
  gutter.last = band.last;
  gutter.x0 = -1e9F;
  gutter.x1 = 1e9F;
  for (const EdgeWord& piece : words.pieces) {
    if ((piece.x0 + piece.x1) / 2 < edge) {
      gutter.x0 = std::max(gutter.x0, piece.x1);
    } else {
      gutter.x1 = std::min(gutter.x1, piece.x0);
    }
  }
  return gutter;
}

void part_at(Segments& segments, Row& row, float x) {
  for (std::size_t i = 0; i < row.segments.size(); ++i) {
    const Segment segment = segments.all[row.segments[i]];
    if (segment.kind != SegmentKind::kText || segment.box.x0 >= x || segment.box.x1 <= x) continue;
    std::uint32_t words = 0;
    while (words < segment.words && word_box(segments, segment.first + words).center_x() < x)
      ++words;
    if (words == 0 || words == segment.words) continue;
    const std::uint32_t rest = part_segment(segments, row.segments[i], words);
    row.segments.insert(row.segments.begin() + static_cast<std::ptrdiff_t>(i) + 1, rest);
  }
}

bool fits(const Segments& segments, const Segment& segment, std::uint32_t from, std::uint32_t end,
          const Box& column) {
  const float x0 = word_box(segments, from).x0;
  const float x1 = word_box(segments, end - 1).x1;
  const float slack = kFitsColumn * segment.size;
  return std::abs(x0 - column.x0) < slack || std::abs(x1 - column.x1) < slack ||
         std::abs((x0 + x1) / 2 - column.center_x()) < slack;
}

// Whether the row has a text over each of the columns, and over no other of them.
bool names_each(const Segments& segments, const Row& row, const std::vector<Box>& boxes,
                const std::vector<std::size_t>& columns) {
  return std::all_of(columns.begin(), columns.end(), [&](std::size_t column) {
    return std::any_of(row.segments.begin(), row.segments.end(), [&](std::uint32_t index) {
      const Segment& segment = segments.all[index];
      return segment.box.overlap_x(boxes[column]) > 0 &&
             std::none_of(columns.begin(), columns.end(), [&](std::size_t other) {
               return other != column && segment.box.overlap_x(boxes[other]) > 0;
             });
    });
  });
}

// Where the segment's words are those of two columns or more: the first word of each part but the
// first, by the columns in order. Empty where they are not.
std::vector<std::uint32_t> parts_of(const Segments& segments, const Segment& segment,
                                    const std::vector<Box>& boxes, const Row* above) {
  std::vector<float> gaps;
  for (std::uint32_t w = 1; w < segment.words; ++w)
    gaps.push_back(word_box(segments, segment.first + w).x0 -
                   word_box(segments, segment.first + w - 1).x1);
  std::vector<std::size_t> over;
  for (std::size_t c = 0; c < boxes.size(); ++c) {
    if (segment.box.overlap_x(boxes[c]) > kFitsColumn * segment.size) over.push_back(c);
  }
  if (over.size() < 2 || over.size() > gaps.size() + 1) return {};
  // The widest gaps part the columns; the others are blanks.
  std::vector<std::uint32_t> order(gaps.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return gaps[a] > gaps[b]; });
  const std::size_t cuts = over.size() - 1;
  // Where there is no blank to compare with, a gap as wide as one parts nothing: a head over two
  // columns ("DLHS-3 (2007-08)") may stand so that each word is over one. Names above that are
  // parted there say that these are, too ("Female" and "Male" above "sterilization sterilization").
  if (cuts == gaps.size() && gaps[order[cuts - 1]] < kUsualBlank * segment.size &&
      (above == nullptr || !names_each(segments, *above, boxes, over))) {
    return {};
  }
  if (cuts < gaps.size() && gaps[order[cuts - 1]] < kWiderGap * gaps[order[cuts]]) return {};
  std::vector<std::uint32_t> starts(order.begin(),
                                    order.begin() + static_cast<std::ptrdiff_t>(cuts));
  std::sort(starts.begin(), starts.end());
  std::uint32_t from = segment.first;
  for (std::size_t part = 0; part <= cuts; ++part) {
    const std::uint32_t end =
        part < cuts ? segment.first + starts[part] + 1 : segment.first + segment.words;
    if (!fits(segments, segment, from, end, boxes[over[part]])) return {};
    from = end;
  }
  for (std::uint32_t& start : starts) start += segment.first + 1;
  return starts;
}

}  // namespace

void part_tight_columns(Segments& segments, std::vector<Row>& rows, Band& band,
                        const RuleSettings& settings) {
  if (!settings.allows(kTightColumns) || band.last - band.first + 1 > kMaxTightRows) return;
  for (std::size_t column = 0; column <= band.gutters.size() && band.gutters.size() < 60;
       ++column) {
    ColumnWords words = words_of(segments, rows, band, column);
    if (words.pieces.size() > kMaxTightWords) return;
    const auto edge = find_edge(words.pieces, words.size);
    if (!edge) continue;
    const Gutter gutter = gutter_at(words, band, *edge);
    const float middle = (gutter.x0 + gutter.x1) / 2;
    for (std::uint32_t r = band.first; r <= band.last; ++r) part_at(segments, rows[r], middle);
    band.gutters.insert(band.gutters.begin() + static_cast<std::ptrdiff_t>(column), gutter);
    const Row& first = rows[band.first];
    settings.note(segments.all[first.segments.front()].box, kTightColumns, "parted");
  }
}

void part_glued_heads(Segments& segments, std::vector<Row>& rows, const Band& band,
                      const std::vector<Box>& boxes, const RuleSettings& settings) {
  if (!settings.allows(kGluedHeads)) return;
  for (std::uint32_t r = band.first; r <= band.last; ++r) {
    for (std::size_t i = 0; i < rows[r].segments.size(); ++i) {
      const std::uint32_t index = rows[r].segments[i];
      const Segment segment = segments.all[index];
      if (segment.kind != SegmentKind::kText || segment.words < 2) continue;
      if (segment.words > kMaxHeadWords) continue;
      const std::vector<std::uint32_t> starts =
          parts_of(segments, segment, boxes, r > band.first ? &rows[r - 1] : nullptr);
      if (starts.empty()) continue;
      settings.note(segment.box, kGluedHeads, "parted");
      std::uint32_t at = index;
      for (const std::uint32_t start : starts) {
        at = part_segment(segments, at, start - segments.all[at].first);
        rows[r].segments.insert(rows[r].segments.begin() + static_cast<std::ptrdiff_t>(++i), at);
      }
    }
  }
}

}  // namespace sluice::pdf
