// SPDX-License-Identifier: Apache-2.0
#include "elsewhere.hpp"

#include <algorithm>
#include <cmath>

#include "../page/unicode.hpp"
#include "lookalikes.hpp"
#include "paragraph_measures.hpp"
#include "sentences.hpp"

namespace sluice::pdf {

bool goes_on_elsewhere(const Story& story, const Columns& columns, const Block& block,
                       const Line& before, const Line& line, const std::string& text) {
  const std::string last = story.text_of(before);
  if (line.page > before.page + 1 || before.turned || line.turned) return false;
  if (before.element >= 0 && before.element == line.element && before.page == line.page)
    return true;
  if (ends_with_hyphen(last) && begins_lower(text)) return true;
  if (ends_sentence(last)) return false;
  const ColumnEdges& edges = columns.edges_of(before);
  const bool full =
      columns.room_after(before) < kFullLine * (edges.right - edges.left) + before.size;
  const char32_t first = first_char(text);
  if (is_cjk(first) || is_hangul(first)) return full && block.lines.size() > 1;
  // "parking lots or campus grounds" and "(27 percent, n = 58)".
  if (text.starts_with('(') && line.chars >= kCharsOfFullLine)
    return full && block.lines.size() > 1 && is_unfinished(story, before);
  // "can be accessed in the" and "GenBank databases": a paragraph seldom ends in a full line, and
  // hardly ever without a stop.
  if (block.lines.size() >= kLinesOfParagraph && block.kind == BlockKind::kParagraph &&
      std::min(before.chars, line.chars) >= kCharsOfFullLine && is_unfinished(story, before) &&
      columns.is_nearly_full(before) && columns.is_nearly_full(line) && before.bold == line.bold &&
      begins_upper(text) && !is_caption(text)) {
    return true;
  }
  return begins_lower(text) && (full || block.lines.size() > 1);
}

namespace {

bool is_text(const Block& block) {
  return block.kind == BlockKind::kParagraph || block.kind == BlockKind::kItem;
}

bool is_same_text(const Line& before, const Line& line) {
  return before.column != line.column && before.backwards == line.backwards &&
         before.is_drawn == line.is_drawn &&
         std::abs(before.size - line.size) <= kSameTextSize * before.size;
}

}  // namespace

void join_over_notes(const Story& story, const Columns& columns, std::vector<Block>& blocks) {
  constexpr std::size_t kNone = SIZE_MAX;
  std::size_t text = kNone;  // the last block of text, if only notes and pictures are behind it
  bool notes = false;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (text != kNone && notes && blocks[i].kind == BlockKind::kParagraph) {
      const Line& before = story.lines[blocks[text].lines.back().line];
      const Line& line = story.lines[blocks[i].lines.front().line];
      if (is_same_text(before, line) &&
          goes_on_elsewhere(story, columns, blocks[text], before, line, story.text_of(line))) {
        blocks[i].lines.front().joint = Joint::kBlank;
        blocks[text].lines.insert(blocks[text].lines.end(), blocks[i].lines.begin(),
                                  blocks[i].lines.end());
        continue;
      }
    }
    if (is_text(blocks[i])) {
      text = kept;
      notes = false;
    } else if (blocks[i].kind == BlockKind::kFootnote) {
      notes = true;
    } else if (blocks[i].kind != BlockKind::kTable && blocks[i].kind != BlockKind::kImage) {
      text = kNone;
    }
    if (kept != i) blocks[kept] = std::move(blocks[i]);
    ++kept;
  }
  blocks.resize(kept);
}

}  // namespace sluice::pdf
