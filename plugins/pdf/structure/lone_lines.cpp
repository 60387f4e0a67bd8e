// SPDX-License-Identifier: Apache-2.0
#include "lone_lines.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "../page/unicode.hpp"
#include "../same_size.hpp"
#include "list_markers.hpp"
#include "lookalikes.hpp"
#include "paragraph_measures.hpp"
#include "sentences.hpp"

namespace sluice::pdf {
namespace {

constexpr float kAlone = 0.5F;             // sizes beyond the usual distance of lines
constexpr float kCloserBelow = 0.1F;       // sizes: a heading is no nearer to what is above it
constexpr float kShortHeading = 0.9F;      // of its column: a longer line may be all of a paragraph
constexpr std::uint32_t kFewestChars = 4;  // glyphs
constexpr std::uint32_t kMostChars = 70;
constexpr std::size_t kFewestHeadings = 2;  // of a document
constexpr std::size_t kFewestLines = 2;     // of text below one, close to each other

class LoneLineFinder {
 public:
  LoneLineFinder(const Story& story, const Profile& profile, const Columns& columns)
      : story_(story), profile_(profile), columns_(columns) {}

  // The lines of one column on one page, in order, without a table or a picture between them.
  void add_column(const std::vector<std::uint32_t>& lines) {
    std::vector<bool> is_lone(lines.size(), false);
    for (std::size_t i = 0; i < lines.size(); ++i) is_lone[i] = is_alone(lines, i);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (is_lone[i]) found_.push_back(lines[i]);
      const bool by_heading = is_lone[i] || (i > 0 && is_lone[i - 1]);
      if (i > 0 && is_text(lines[i]) && is_text(lines[i - 1]) && !by_heading &&
          step(lines, i) > usual()) {
        ++other_gaps_;
      }
    }
  }

  // Where paragraphs are apart, too, a short one is no heading.
  std::vector<bool> headings() const {
    std::vector<bool> out(story_.lines.size(), false);
    if (found_.size() < kFewestHeadings || other_gaps_ * 2 > found_.size()) return out;
    for (const std::uint32_t line : found_) out[line] = true;
    return out;
  }

 private:
  const Line& line(std::uint32_t index) const { return story_.lines[index]; }
  float usual() const { return (profile_.leading + kAlone) * profile_.body_size; }
  float step(const std::vector<std::uint32_t>& lines, std::size_t i) const {
    return line(lines[i]).baseline - line(lines[i - 1]).baseline;
  }
  bool is_text(std::uint32_t index) const {
    const Line& each = line(index);
    return is_same_size(each.size, profile_.body_size) && !each.bold && !each.italic && !each.mono;
  }

  // Text of two lines or more, the first of them at the heading's edge.
  bool heads_text(const std::vector<std::uint32_t>& lines, std::size_t i) const {
    if (i + kFewestLines >= lines.size()) return false;
    const Line& head = line(lines[i]);
    if (std::abs(start_of(line(lines[i + 1])) - start_of(head)) > kSameStart * head.size)
      return false;
    if (columns_.is_short(line(lines[i + 1]), line(lines[i + 2]))) return false;
    for (std::size_t k = 1; k <= kFewestLines; ++k) {
      if (!is_text(lines[i + k]) || (k > 1 && step(lines, i + k) > usual())) return false;
    }
    return true;
  }

  bool is_alone(const std::vector<std::uint32_t>& lines, std::size_t i) const {
    const Line& each = line(lines[i]);
    if (!is_text(lines[i]) || each.is_drawn || each.turned || each.role == Role::kContents ||
        each.is_parted || each.chars < kFewestChars || each.chars > kMostChars ||
        !heads_text(lines, i)) {
      return false;
    }
    const float below = step(lines, i + 1);
    if (below <= usual()) return false;
    if (i > 0 && step(lines, i) < below - kCloserBelow * each.size) return false;
    const ColumnEdges& edges = columns_.edges_of(each);
    if (each.box.width() > kShortHeading * (edges.right - edges.left)) return false;
    const std::string text = story_.text_of(each);
    return is_capital(first_char(text)) && (is_letter(last_char(text)) || text.ends_with(')')) &&
           !list_marker_of(text) && !is_caption(text);
  }

  const Story& story_;
  const Profile& profile_;
  const Columns& columns_;
  std::vector<std::uint32_t> found_;
  std::size_t other_gaps_ = 0;
};

}  // namespace

std::vector<bool> find_lone_lines(const Story& story, const std::vector<bool>& skip,
                                  const Profile& profile, const Columns& columns) {
  LoneLineFinder finder(story, profile, columns);
  std::vector<std::uint32_t> lines;
  const auto flush = [&] {
    if (!lines.empty()) finder.add_column(lines);
    lines.clear();
  };
  for (const Piece& piece : story.pieces) {
    if (piece.kind != PieceKind::kLine) {
      flush();
      continue;
    }
    if (skip[piece.index]) continue;
    const Line& line = story.lines[piece.index];
    if (!lines.empty() && (story.lines[lines.back()].column != line.column ||
                           story.lines[lines.back()].page != line.page)) {
      flush();
    }
    lines.push_back(piece.index);
  }
  flush();
  return finder.headings();
}

}  // namespace sluice::pdf
