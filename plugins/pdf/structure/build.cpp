// SPDX-License-Identifier: Apache-2.0
#include "build.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "../page/unicode.hpp"
#include "columns.hpp"
#include "elsewhere.hpp"
#include "footnotes.hpp"
#include "headings.hpp"
#include "list_markers.hpp"
#include "lookalikes.hpp"
#include "paragraph_measures.hpp"
#include "paragraph_tags.hpp"
#include "profile.hpp"
#include "pseudocode.hpp"
#include "sentences.hpp"

namespace sluice::pdf {
namespace {

// One of its functions for each kind of block; all continue at the same line.
class Builder {
 public:
  Builder(const Story& story, const std::vector<Face>& faces, const Profile& profile,
          const std::vector<bool>& running, const Headings& headings, const Columns& columns)
      : story_(story),
        faces_(faces),
        profile_(profile),
        running_(running),
        headings_(headings),
        columns_(columns),
        is_pseudocode_(find_pseudocode(story, faces, running, columns)),
        trusts_paragraphs_(!are_lines_tagged(story)) {}

  std::vector<Block> build() {
    for (const Piece& piece : story_.pieces) {
      if (piece.kind == PieceKind::kLine) {
        if (!running_[piece.index]) add_line(piece.index);
      } else {
        add_object(piece);
      }
    }
    return std::move(blocks_);
  }

 private:
  void add_object(const Piece& piece) {
    const bool is_table = piece.kind == PieceKind::kTable;
    if (is_table && story_.tables[piece.index].rows.empty()) return;  // a running head
    if (piece.kind == PieceKind::kImage && story_.images[piece.index].is_repeated) return;
    Block block;
    block.kind = is_table ? BlockKind::kTable : BlockKind::kImage;
    block.page = piece.page;
    block.index = piece.index;
    blocks_.push_back(std::move(block));
    last_line_ = nullptr;
  }

  bool is_code(const Line& line) const { return line.mono && !profile_.mostly_mono; }

  void begin(BlockKind kind, std::uint32_t index, const Line& line) {
    Block block;
    block.kind = kind;
    block.page = line.page;
    block.lines.push_back({index, Joint::kBlank});
    blocks_.push_back(std::move(block));
    last_text_ = blocks_.size() - 1;
  }

  void continue_with(std::uint32_t index, Joint joint) {
    blocks_[last_text_].lines.push_back({index, joint});
  }

  void add_line(std::uint32_t index) {
    const Line& line = story_.lines[index];
    const std::string text = story_.text_of(line);
    if (text.empty()) return;
    if (line.is_drawn) {
      add_label(index, line);
    } else if (is_pseudocode_[index]) {
      add_code(index, line);
    } else if (headings_.levels[index] > 0) {
      add_heading(index, line);
    } else if (line.role == Role::kContents) {
      add_entry(index, line);
    } else if (is_code(line) && !is_end_of_text(line)) {
      add_code(index, line);
    } else if (const auto marker = item_marker(index, line, text)) {
      add_item(index, line, *marker);
    } else {
      add_text(index, line, text);
    }
    last_line_ = &line;
    last_text_of_line_ = text;
  }

  bool goes_on_in_block(const Line& line, BlockKind kind) const {
    return last_line_ != nullptr && !blocks_.empty() && last_text_ == blocks_.size() - 1 &&
           blocks_.back().kind == kind && last_line_->column == line.column &&
           last_line_->page == line.page;
  }

  void add_heading(std::uint32_t index, const Line& line) {
    const bool same = goes_on_in_block(line, BlockKind::kHeading) && !headings_.begins[index];
    if (same) {
      continue_with(index, Joint::kBlank);
    } else {
      begin(BlockKind::kHeading, index, line);
      blocks_.back().level = headings_.levels[index];
      const auto marker = list_marker_of(story_.text_of(line));
      if (marker && marker->kind == MarkerKind::kBullet)
        blocks_.back().marker_bytes = marker->bytes;
    }
    items_.clear();
    recent_numbers_.clear();
  }

  // The labels of a drawing are one paragraph, a line for each row of them.
  void add_label(std::uint32_t index, const Line& line) {
    if (goes_on_in_block(line, BlockKind::kParagraph)) {
      continue_with(index, line.broken_before ? Joint::kBreak : Joint::kBlank);
    } else {
      items_.clear();
      begin(BlockKind::kParagraph, index, line);
    }
  }

  // The last line of a paragraph may be all code: the line above is full, and set like it.
  bool is_end_of_text(const Line& line) const {
    if (last_line_ == nullptr || last_text_ + 1 != blocks_.size()) return false;
    const Block& block = blocks_[last_text_];
    if (block.kind != BlockKind::kParagraph && block.kind != BlockKind::kItem) return false;
    const Line& before = story_.lines[block.lines.back().line];
    const bool is_hanging = block.kind == BlockKind::kItem && block.lines.size() == 1;
    return &before == last_line_ && !before.mono && before.column == line.column &&
           !ends_sentence(last_text_of_line_) && !columns_.is_short(before, line) &&
           (is_hanging || std::abs(start_of(line) - start_of(before)) < kSameStart * line.size) &&
           line.baseline - before.baseline < (profile_.leading + kLooser) * before.size;
  }

  void add_code(std::uint32_t index, const Line& line) {
    if (goes_on_in_block(line, BlockKind::kCode) &&
        line.baseline - last_line_->baseline < 4 * line.size) {
      continue_with(index, Joint::kBreak);
    } else {
      begin(BlockKind::kCode, index, line);
    }
  }

  // Of a table of contents. The first lines of a long entry are not known to be such.
  void add_entry(std::uint32_t index, const Line& line) {
    const bool goes_on = goes_on_in_block(line, BlockKind::kParagraph) &&
                         line.baseline - last_line_->baseline < 3 * line.size;
    const bool below = goes_on && last_line_->role == Role::kContents;
    if (below || (goes_on && last_line_->box.width() > kFullEntry * line.box.width())) {
      continue_with(index, below ? Joint::kBreak : Joint::kBlank);
    } else {
      items_.clear();
      begin(BlockKind::kParagraph, index, line);
    }
  }

  // --- lists ---

  struct OpenItem {
    float x = 0;
    std::int64_t number = 0;
    MarkerKind kind = MarkerKind::kBullet;
    std::int32_t column = 0;
  };

  // The marker of a line that is an item: a number only if it counts on, or begins with 1.
  std::optional<ListMarker> item_marker(std::uint32_t index, const Line& line,
                                        const std::string& text) const {
    auto marker = list_marker_of(text);
    if (!marker && is_hollow_bullet(story_, faces_, line)) {
      marker = ListMarker();
      marker->bytes = 2;
    }
    if (!marker) return std::nullopt;
    const bool in_list = line.role == Role::kListBody || line.role == Role::kListLabel;
    if (in_list) return marker;
    const bool dash = text[0] == '-' || text[0] == '*' || text.rfind("\u2013", 0) == 0 ||
                      text.rfind("\u2014", 0) == 0;
    if (marker->kind == MarkerKind::kBullet) {
      if (is_separator(line, text)) return std::nullopt;
      if (!dash) return marker;
      // A dash also continues a sentence or begins a speech.
      if (last_line_ != nullptr && items_.empty() && !stands_apart(line) &&
          !ends_sentence(last_text_of_line_)) {
        return std::nullopt;
      }
      return marker;
    }
    if (marker->kind == MarkerKind::kNumber) {
      for (const OpenItem& open : items_) {
        if (open.kind == MarkerKind::kNumber && marker->number == open.number + 1) return marker;
      }
      // Text between the items may have ended the list.
      if (recent_numbers_.contains(marker->number - 1) && ends_paragraph(line)) return marker;
      const bool first = marker->number == 1 || (text[0] == '(' && marker->number < 100);
      if (first &&
          (last_line_ == nullptr || stands_apart(line) || line.column != last_line_->column ||
           columns_.is_short(*last_line_, line) || headings_before() || is_deeper_item(line))) {
        return marker;
      }
      if (ends_paragraph(line) && counts_on_below(story_, index, marker->number)) return marker;
      return std::nullopt;
    }
    if (marker->is_outline && line.bold) return std::nullopt;  // a heading
    // Letters: only where they are indented or count on.
    for (const OpenItem& open : items_) {
      if (open.kind == MarkerKind::kLetter && std::abs(open.x - start_of(line)) < line.size)
        return marker;
    }
    if (marker->is_first && !marker->may_be_initial &&
        (last_line_ == nullptr || stands_apart(line) || columns_.is_short(*last_line_, line))) {
      return marker;
    }
    return std::nullopt;
  }

  // Keywords over two lines, the second of which begins with the dot that parts them.
  bool is_separator(const Line& line, const std::string& text) const {
    constexpr std::string_view kDot = " \u00B7 ";
    return text.starts_with(kDot.substr(1)) && last_line_ != nullptr && !stands_apart(line) &&
           last_text_of_line_.find(kDot) != std::string::npos;
  }

  // A list in an item, however full the item's line.
  bool is_deeper_item(const Line& line) const {
    return !items_.empty() && !blocks_.empty() && blocks_.back().kind == BlockKind::kItem &&
           start_of(line) > start_of(*last_line_) + line.size;
  }

  bool ends_paragraph(const Line& line) const {
    return last_line_ == nullptr || stands_apart(line) || ends_sentence(last_text_of_line_) ||
           last_line_->column != line.column || columns_.is_short(*last_line_, line);
  }

  bool headings_before() const {
    return !blocks_.empty() && blocks_.back().kind == BlockKind::kHeading;
  }

  bool stands_apart(const Line& line) const {
    if (last_line_ == nullptr || last_line_->column != line.column) return true;
    return line.baseline - last_line_->baseline > (profile_.leading + kLooser) * line.size;
  }

  void add_item(std::uint32_t index, const Line& line, const ListMarker& marker) {
    const float x = start_of(line);
    const bool same_column = !items_.empty() && items_.back().column == line.column;
    if (same_column) {
      while (!items_.empty() && x < items_.back().x - kSameStart * line.size) items_.pop_back();
    } else if (!items_.empty()) {
      // In another column only the depth counts on.
      const float by = columns_.left_of(line.column, line.backwards) -
                       columns_.left_of(items_.back().column, line.backwards);
      for (OpenItem& open : items_) {
        open.x += by;
        open.column = line.column;
      }
      while (items_.size() > 1 && x < items_.back().x - kSameStart * line.size) items_.pop_back();
    }
    if (items_.empty() || x > items_.back().x + kIndent * line.size) {
      if (items_.size() < kMaxListLevels) items_.push_back({});
    }
    items_.back() = {x, marker.number, marker.kind, line.column};
    begin(BlockKind::kItem, index, line);
    if (marker.number == 1) recent_numbers_.clear();
    recent_numbers_.insert(marker.number);
    Block& block = blocks_.back();
    block.level = static_cast<std::uint8_t>(items_.size() - 1);
    block.ordered = marker.kind == MarkerKind::kNumber && story_.text_of(line)[0] != '(';
    block.number = marker.number;
    block.task = marker.task;
    const bool keep = marker.kind == MarkerKind::kLetter || story_.text_of(line)[0] == '(';
    block.marker_bytes = keep ? 0 : marker.bytes;
  }

  // --- running text ---

  void add_text(std::uint32_t index, const Line& line, const std::string& text) {
    if (last_text_ < blocks_.size() && can_go_on(line, text)) {
      continue_with(index, joint_before(line, text));
      return;
    }
    if (!continues_list(line)) items_.clear();
    begin(BlockKind::kParagraph, index, line);
  }

  // Text below an item, indented like it, does not end the list.
  bool continues_list(const Line& line) const {
    return !items_.empty() && items_.back().column == line.column &&
           start_of(line) > items_.back().x + kSameStart * line.size;
  }

  bool can_go_on(const Line& line, const std::string& text) const {
    const Block& block = blocks_[last_text_];
    if (block.kind != BlockKind::kParagraph && block.kind != BlockKind::kItem) return false;
    const Line& before = story_.lines[block.lines.back().line];
    if (caption_of(before) >= 0) {
      if (caption_of(before) == caption_of(line)) return last_text_ == blocks_.size() - 1;
      if (before.bold != line.bold) return false;
    }
    if (before.backwards != line.backwards && before.chars > 3 && line.chars > 3) return false;
    // A run-in heading may be set smaller than the text it runs into.
    const bool mixed = begins_bold(before) != ends_bold(before);
    if (!mixed && std::abs(before.size - line.size) > kSameTextSize * before.size) return false;
    if (before.turned != line.turned) return false;
    if (before.column != line.column) return goes_on_in_next_column(block, before, line, text);
    if (last_text_ != blocks_.size() - 1) return false;
    return goes_on_below(block, before, line, text);
  }

  std::int32_t caption_of(const Line& line) const {
    return headings_.captions[static_cast<std::size_t>(&line - story_.lines.data())];
  }

  // Figures and tables may stand between a paragraph's columns; notes are not known yet.
  bool goes_on_in_next_column(const Block& block, const Line& before, const Line& line,
                              const std::string& text) const {
    for (std::size_t i = last_text_ + 1; i < blocks_.size(); ++i) {
      if (blocks_[i].kind != BlockKind::kTable && blocks_[i].kind != BlockKind::kImage)
        return false;
    }
    return goes_on_elsewhere(story_, columns_, block, before, line, text);
  }

  bool goes_on_below(const Block& block, const Line& before, const Line& line,
                     const std::string& text) const {
    const float step = line.baseline - before.baseline;
    if (step <= 0 || begins_raised(story_, line)) return false;
    if (trusts_paragraphs_ && before.element >= 0 && line.element >= 0 && is_paragraph(line.role) &&
        is_paragraph(before.role) && before.element != line.element) {
      return false;
    }
    if (before.element >= 0 && before.element == line.element && step < 3 * line.size) return true;
    // A run-in heading; the number of a volume in a reference is bold, too.
    if (begins_bold(line) && !ends_bold(before) && ends_sentence(story_.text_of(before)) &&
        is_letter(first_char(text))) {
      return false;
    }
    // A title in italics stands alone in its line.
    const bool is_title =
        begins_upper(text) &&
        (line.italic ? ends_sentence(story_.text_of(before)) && !columns_.is_nearly_full(line)
                     : block.lines.size() == 1 && columns_.is_short(before, line));
    if (before.italic != line.italic && is_title) return false;
    if (before.bold != line.bold &&
        (before.bold ? block.lines.size() == 1 && columns_.is_short(before, line) : line.bold)) {
      if (begins_upper(text)) return false;
    }
    float usual = profile_.leading * line.size;
    if (block.lines.size() >= 2) {
      const Line& earlier = story_.lines[block.lines[block.lines.size() - 2].line];
      const float measured = before.baseline - earlier.baseline;
      if (earlier.column == before.column && measured > 0)
        usual = std::min(std::max(usual, measured), kWidestStep * line.size);
    } else {
      usual = std::max(usual, kTightestStep * line.size);
    }
    // A column may be set wider than the document; that shows in lines that are full.
    if (!columns_.is_short(before, line)) {
      const ColumnEdges& edges = columns_.edges_of(line);
      const float leading = columns_.may_end_paragraph(before, line) ? edges.within : edges.leading;
      usual = std::max(usual, leading * line.size);
    }
    // Lines with formulas stand farther apart.
    const bool within =
        begins_lower(text) && is_unfinished(story_, before) && !columns_.is_short(before, line);
    if (step > usual + (within ? kLooserWithin : kLooser) * line.size) return false;
    return !begins_paragraph(block, before, line, text);
  }

  bool begins_bold(const Line& line) const { return is_bold(story_.spans[line.first_span]); }
  bool ends_bold(const Line& line) const {
    return is_bold(story_.spans[line.first_span + line.spans - 1]);
  }
  bool is_bold(const Span& span) const { return faces_[span.face].bold && !profile_.mostly_bold; }

  // By indentation, and by how the line before ends.
  bool begins_paragraph(const Block& block, const Line& before, const Line& line,
                        const std::string& text) const {
    const std::string last = story_.text_of(before);
    const float indent = start_of(line) - start_of(before);
    const bool ended = ends_sentence(last) && !begins_lower(text);
    const bool shorter = columns_.is_short(before, line);
    const bool first_line_of_item = block.kind == BlockKind::kItem && block.lines.size() == 1;
    if (block.kind == BlockKind::kItem) {
      const Line& head = story_.lines[block.lines.front().line];
      // Exercises go on below their numbers; that a sentence ends with a full line says nothing.
      const bool may_be_flush = block.ordered && columns_.is_nearly_full(before);
      if (start_of(line) < start_of(head) + kAtMarker * line.size &&
          (shorter || (ended && !may_be_flush))) {
        return true;
      }
      // Outside the lines that hang below the marker.
      if (block.lines.size() >= 2 && is_hanging(block) &&
          start_of(line) < start_of(story_.lines[block.lines[1].line]) - kSameStart * line.size) {
        return true;
      }
    }
    if (columns_.is_centered(before) && columns_.is_centered(line))
      return ended && shorter && block.lines.size() > 2;
    if (indent > kIndent * line.size && !first_line_of_item) {
      // Deeper: a first line, or the rest of a hanging one.
      if (shorter) return true;
      return ended && !begins_lower(text) && block.lines.size() >= 2;
    }
    if (indent < -kIndent * line.size && block.lines.size() >= 2)
      return shorter || (ended && is_hanging(block));
    return shorter && ended;
  }

  // Later lines deeper than the first, as in a list of references.
  bool is_hanging(const Block& block) const {
    const Line& first = story_.lines[block.lines[0].line];
    const Line& second = story_.lines[block.lines[1].line];
    return start_of(second) > start_of(first) + kSameStart * first.size;
  }

  // A line that is broken although there was room is broken on purpose.
  Joint joint_before(const Line& line, const std::string& text) const {
    const Line& before = story_.lines[blocks_[last_text_].lines.back().line];
    if (before.column != line.column) return Joint::kBlank;
    if (caption_of(before) >= 0 && caption_of(before) == caption_of(line)) return Joint::kBlank;
    if (before.role == Role::kContents && line.role != Role::kContents) return Joint::kBreak;
    if (before.element >= 0 && before.element == line.element) return Joint::kBlank;
    if (ends_with_hyphen(story_.text_of(before))) return Joint::kBlank;
    if (columns_.is_address(before) && begins_upper(text)) return Joint::kBreak;
    if (!columns_.is_short(before, line) || is_separator(line, text)) return Joint::kBlank;
    // What must not be broken, as "PXC ID" or "(loopback)", moves to the next line as a whole.
    if (!begins_lower(text)) {
      const bool is_full = before.chars >= kCharsOfFullLine && columns_.is_nearly_full(before);
      return is_full && is_unfinished(story_, before) ? Joint::kBlank : Joint::kBreak;
    }
    // A sentence that goes on in small letters is broken where there was little room, or little
    // less than a line.
    const bool goes_on = is_unfinished(story_, before);
    const ColumnEdges& edges = columns_.edges_of(before);
    const float room = columns_.room_after(before) - line.first_word;
    return room > (goes_on ? kRoomWithin : kRoomAfter) * (edges.right - edges.left) ? Joint::kBreak
                                                                                    : Joint::kBlank;
  }

  const Story& story_;
  const std::vector<Face>& faces_;
  const Profile& profile_;
  const std::vector<bool>& running_;
  const Headings& headings_;
  const Columns& columns_;
  const std::vector<bool> is_pseudocode_;
  const bool trusts_paragraphs_;
  std::vector<Block> blocks_;
  std::vector<OpenItem> items_;
  std::set<std::int64_t> recent_numbers_;  // of items since the last heading or item 1
  std::size_t last_text_ = SIZE_MAX;       // the block that text can go on in
  const Line* last_line_ = nullptr;
  std::string last_text_of_line_;
};

}  // namespace

std::vector<Block> build_blocks(const Story& story, const std::vector<Face>& faces,
                                const std::vector<OutlineEntry>& outline,
                                const std::vector<bool>& running) {
  const Profile profile = profile_of(story);
  const Columns columns(story, running);
  const Headings headings = find_headings(story, faces, running, outline, profile, columns);
  std::vector<Block> blocks = Builder(story, faces, profile, running, headings, columns).build();
  find_footnotes(story, profile, blocks);
  join_over_notes(story, columns, blocks);
  return blocks;
}

}  // namespace sluice::pdf
