// SPDX-License-Identifier: Apache-2.0
#include "columns.hpp"

#include <algorithm>
#include <cmath>

#include "../page/unicode.hpp"
#include "sentences.hpp"

namespace sluice::pdf {
namespace {

// Parts of the font's size, where nothing else is said.
constexpr float kWidestLeading = 2.4F;
constexpr float kLeastLeading = 0.8F;
constexpr std::size_t kLinesOfColumn = 3;
constexpr float kSameEnd = 0.05F;
constexpr float kSameEnds = 0.8F;  // points
constexpr std::uint32_t kLinesOfAddress = 5;
constexpr float kNearlyFull = 0.15F;  // of the column: a long word that is not broken leaves that
constexpr float kBlankBefore = 0.3F;  // of the size, before the word that would have had room
constexpr float kWidthOfAddress = 12;

float middle_of(std::vector<float>& steps, std::size_t least) {
  if (steps.size() < least) return 0;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return std::min(*middle, kWidestLeading);
}

// Of ends of lines, if at least a third of them share it.
float most_frequent(std::vector<float>& ends) {
  std::sort(ends.begin(), ends.end());
  std::size_t most = 0;
  float value = 1e9F;
  for (std::size_t i = 0, from = 0; i < ends.size(); ++i) {
    while (ends[i] - ends[from] > kSameEnds) ++from;
    if (i - from + 1 > most) {
      most = i - from + 1;
      value = ends[from + (i - from) / 2];
    }
  }
  return most >= kLinesOfColumn && most * 3 >= ends.size() ? value : 1e9F;
}

}  // namespace

Columns::Columns(const Story& story, const std::vector<bool>& running) : story_(story) {
  edges_.resize(static_cast<std::size_t>(story.columns));
  measure_edges(running);
  measure_distances(running);
}

void Columns::measure_edges(const std::vector<bool>& running) {
  for (const Piece& piece : story_.pieces) {
    if (piece.kind != PieceKind::kLine || running[piece.index]) continue;
    const Line& line = story_.lines[piece.index];
    ColumnEdges& edges = edges_[static_cast<std::size_t>(line.column)];
    edges.left = std::min(edges.left, line.box.x0);
    edges.right = std::max(edges.right, line.box.x1);
    ++edges.lines;
    if (begins_lower(story_.text_of(story_.spans[line.first_span]))) edges.wraps = true;
  }
}

void Columns::measure_distances(const std::vector<bool>& running) {
  std::vector<float> steps;
  std::vector<float> inner;
  std::vector<float> ends;
  const Line* before = nullptr;
  const auto end_column = [&] {
    if (before == nullptr) return;
    ColumnEdges& edges = edges_[static_cast<std::size_t>(before->column)];
    edges.set_to = most_frequent(ends);
    edges.leading = middle_of(steps, kLinesOfColumn);
    edges.within = middle_of(inner, kLinesOfColumn - 1);
    steps.clear();
    inner.clear();
    ends.clear();
  };
  for (const Piece& piece : story_.pieces) {
    if (piece.kind != PieceKind::kLine || running[piece.index]) continue;
    const Line& line = story_.lines[piece.index];
    if (before != nullptr && before->column != line.column) {
      end_column();
    } else if (before != nullptr && line.size > 0) {
      const float step = (line.baseline - before->baseline) / line.size;
      if (step > kLeastLeading) {
        steps.push_back(step);
        if (is_nearly_full(*before) && !may_end_paragraph(*before, line)) inner.push_back(step);
      }
    }
    if (line.chars >= kCharsOfFullLine) ends.push_back(end_of(line));
    before = &line;
  }
  end_column();
}

float Columns::left_of(std::int32_t column, bool backwards) const {
  const ColumnEdges& edges = edges_[static_cast<std::size_t>(column)];
  return backwards ? -edges.right : edges.left;
}

float Columns::room_after(const Line& line) const {
  const ColumnEdges& edges = edges_of(line);
  return line.backwards ? line.box.x0 - edges.left : edges.right - line.box.x1;
}

bool Columns::is_nearly_full(const Line& line) const {
  const ColumnEdges& edges = edges_of(line);
  return room_after(line) < kNearlyFull * (edges.right - edges.left);
}

bool Columns::is_short(const Line& line, const Line& next) const {
  return room_after(line) > next.first_word + kBlankBefore * line.size && !is_set_full(line, next);
}

// Long lines that end at the place where others do, most of all within a sentence, are set to it,
// whatever else in the column is wider.
bool Columns::is_set_full(const Line& line, const Line& next) const {
  if (line.chars < kCharsOfFullLine || line.mono) return false;
  const float end = end_of(line);
  const bool like_next = next.chars >= kCharsOfFullLine && next.column == line.column &&
                         std::abs(end - end_of(next)) < kSameEnd * line.size;
  const bool set = std::abs(end - edges_of(line).set_to) < kSameEnd * line.size;
  if (!like_next && !set) return false;
  const char32_t last = last_char(story_.text_of(line));
  const bool within = last == ',' || (last == '.' && set) || (is_letter(last) && !is_cjk(last));
  return within && is_letter(first_char(story_.text_of(next)));
}

bool Columns::is_centered(const Line& line) const {
  const ColumnEdges& edges = edges_of(line);
  const float left = line.box.x0 - edges.left;
  const float right = edges.right - line.box.x1;
  return left > 2 * line.size && std::abs(left - right) < line.size;
}

bool Columns::is_address(const Line& line) const {
  const ColumnEdges& edges = edges_of(line);
  return !edges.wraps && edges.lines >= kLinesOfColumn && edges.lines <= kLinesOfAddress &&
         edges.right - edges.left < kWidthOfAddress * line.size;
}

bool Columns::may_end_paragraph(const Line& line, const Line& next) const {
  const std::string last = story_.text_of(line);
  return !begins_lower(story_.text_of(next)) &&
         (ends_sentence(last) || digit_of(last_char(last)) >= 0);
}

}  // namespace sluice::pdf
