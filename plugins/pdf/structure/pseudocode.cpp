// SPDX-License-Identifier: Apache-2.0
#include "pseudocode.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "../layout/evidence.hpp"
#include "lookalikes.hpp"

namespace sluice::pdf {
namespace {

constexpr std::array<std::string_view, 16> kKeywords = {
    "for",    "foreach", "while", "if",        "else",     "elif",  "end",   "return",
    "repeat", "until",   "do",    "procedure", "function", "begin", "break", "continue"};
constexpr std::size_t kLeastKeywords = 3;   // lines that begin with one
constexpr std::size_t kLinesOfKeyword = 5;  // for each of these
constexpr float kShortLine = 0.15F;  // of the column: room that a line of prose does not leave

class PseudocodeFinder {
 public:
  PseudocodeFinder(const Story& story, const std::vector<Face>& faces, const Columns& columns)
      : story_(story), faces_(faces), columns_(columns), found_(story.lines.size(), false) {}

  std::vector<bool> find(const std::vector<bool>& skip) {
    const Line* before = nullptr;
    for (const Piece& piece : story_.pieces) {
      if (piece.kind != PieceKind::kLine) {
        end_run();
        before = nullptr;
        continue;
      }
      if (skip[piece.index]) continue;
      const Line& line = story_.lines[piece.index];
      const bool goes_on = before != nullptr && before->column == line.column;
      if (!goes_on || !may_be_of_algorithm(line)) end_run();
      if (may_be_of_algorithm(line)) run_.push_back(piece.index);
      before = &line;
    }
    end_run();
    return std::move(found_);
  }

 private:
  // A comment may fill a line.
  bool may_be_of_algorithm(const Line& line) const {
    if (line.mono || line.turned || line.is_drawn) return false;
    const ColumnEdges& edges = columns_.edges_of(line);
    const std::string text = story_.text_of(line);
    if (is_caption(text)) return false;
    return columns_.room_after(line) > kShortLine * (edges.right - edges.left) || has_comment(text);
  }

  static bool has_comment(std::string_view text) {
    for (std::size_t at = text.find(' '); at != std::string_view::npos;
         at = text.find(' ', at + 1)) {
      if (is_comment(text.substr(at + 1))) return true;
    }
    return is_comment(text);
  }

  // "**for** i ...", "3: **end if**"
  bool begins_with_keyword(const Line& line) const {
    for (std::uint32_t i = 0; i < line.spans && i < 2; ++i) {
      const Span& span = story_.spans[line.first_span + i];
      std::string_view text = story_.text_of(span);
      const std::size_t begin = text.find_first_not_of("0123456789:. ");
      if (begin == std::string_view::npos) continue;
      text.remove_prefix(begin);
      const std::string_view word = text.substr(0, text.find_first_of(" :("));
      return faces_[span.face].bold &&
             std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
    }
    return false;
  }

  void end_run() {
    const auto keywords = static_cast<std::size_t>(std::count_if(
        run_.begin(), run_.end(),
        [this](std::uint32_t line) { return begins_with_keyword(story_.lines[line]); }));
    if (keywords >= kLeastKeywords && keywords * kLinesOfKeyword >= run_.size()) {
      for (const std::uint32_t line : run_) found_[line] = true;
    }
    run_.clear();
  }

  const Story& story_;
  const std::vector<Face>& faces_;
  const Columns& columns_;
  std::vector<bool> found_;
  std::vector<std::uint32_t> run_;
};

}  // namespace

std::vector<bool> find_pseudocode(const Story& story, const std::vector<Face>& faces,
                                  const std::vector<bool>& skip, const Columns& columns) {
  return PseudocodeFinder(story, faces, columns).find(skip);
}

}  // namespace sluice::pdf
