// SPDX-License-Identifier: Apache-2.0
#include "footnotes.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace sluice::pdf {
namespace {

constexpr float kSmaller = 0.95F;  // than running text
constexpr float kAsLarge = 1.02F;
constexpr float kUpperPart = 0.35F;  // of the page: no note begins there
constexpr float kApartFromText = 2;  // sizes; notes as large as the text stand apart from it

bool is_mark(std::string_view text) {
  if (text.empty() || text.size() > 3) return text == "\u2020\u2020";
  if (text == "*" || text == "**" || text == "\u2020" || text == "\u2021" || text == "\u00A7")
    return true;
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The mark a line begins with, and how many bytes of the line it takes.
struct LeadingMark {
  std::string mark;
  std::uint32_t bytes = 0;
  bool raised = false;
  bool is_item = false;  // "1.", "3)": it may be an item of a list as well
};

// "(12) text", with the number raised within its brackets.
LeadingMark mark_in_brackets(const Story& story, const Line& line) {
  if (line.spans < 3) return {};
  const Span& raised = story.spans[line.first_span + 1];
  const std::string_view before = story.text_of(story.spans[line.first_span]);
  const std::string_view behind = story.text_of(story.spans[line.first_span + 2]);
  if (raised.shift != Shift::kSuperscript || before != "(" || !behind.starts_with(")")) return {};
  std::string mark = note_mark(story.text_of(raised));
  if (!is_mark(mark)) return {};
  const std::size_t blanks = behind.find_first_not_of(' ', 1);
  const std::size_t end = blanks == std::string_view::npos ? behind.size() : blanks;
  return {std::move(mark), static_cast<std::uint32_t>(1 + raised.bytes + end), true};
}

LeadingMark leading_mark(const Story& story, const Line& line) {
  if (line.spans == 0) return {};
  const Span& first = story.spans[line.first_span];
  if (line.spans > 1 && first.shift == Shift::kSuperscript) {
    std::string mark = note_mark(story.text_of(first));
    const std::string_view rest = story.text_of(story.spans[line.first_span + 1]);
    const bool fraction = rest.starts_with('/') || rest.starts_with("\u2044");
    if (is_mark(mark) && !fraction) return {std::move(mark), first.bytes, true};
  }
  if (const LeadingMark enclosed = mark_in_brackets(story, line); !enclosed.mark.empty())
    return enclosed;
  const std::string text = story.text_of(line);
  const std::size_t blank = text.find(' ');
  if (blank == std::string::npos || blank > 3) return {};
  std::string mark = text.substr(0, blank);
  const bool is_item = mark.size() > 1 && (mark.back() == '.' || mark.back() == ')');
  if (is_item) mark = note_mark(mark);
  if (!is_mark(mark)) return {};
  return {std::move(mark), static_cast<std::uint32_t>(blank + 1), false, is_item};
}

// Numbered texts that may be notes as well as items of a list: notes are called, each of them, and
// are smaller than the text or the last on their page, apart from what is above.
class NumberedNotes {
 public:
  using Calls = std::map<std::uint16_t, std::set<std::string>>;  // by page
  NumberedNotes(const Story& story, const Profile& profile, const std::vector<Block>& blocks,
                const Calls& calls)
      : story_(story), profile_(profile), blocks_(blocks), calls_(calls) {}

  bool holds(std::size_t at) const {
    if (!may_be_note(at) || !is_called(at)) return false;
    std::size_t first = at;
    std::size_t end = at + 1;
    while (first > 0 && is_next(first - 1, first)) --first;
    while (end < blocks_.size() && is_next(end - 1, end)) ++end;
    bool is_small = true;
    for (std::size_t i = first; i < end; ++i) {
      if (!is_called(i) || !is_low(i)) return false;
      is_small = is_small && line_of(i).size <= kSmaller * profile_.body_size;
    }
    return is_small || (is_apart(first) && is_last_of_page(end));
  }

 private:
  const Line& line_of(std::size_t at) const { return story_.lines[blocks_[at].lines.front().line]; }
  bool may_be_note(std::size_t at) const {
    return blocks_[at].kind == BlockKind::kItem && blocks_[at].ordered && blocks_[at].level == 0;
  }
  bool is_called(std::size_t at) const {
    const auto page = calls_.find(blocks_[at].page);
    return page != calls_.end() && page->second.contains(std::to_string(blocks_[at].number));
  }
  bool is_low(std::size_t at) const {
    return line_of(at).baseline >= kUpperPart * story_.pages[blocks_[at].page].height;
  }
  bool is_next(std::size_t before, std::size_t at) const {
    return may_be_note(before) && may_be_note(at) &&
           blocks_[before].number + 1 == blocks_[at].number;
  }
  bool is_apart(std::size_t at) const {
    if (at == 0 || blocks_[at - 1].page != blocks_[at].page) return false;
    if (blocks_[at - 1].lines.empty()) return true;
    const Line& above = story_.lines[blocks_[at - 1].lines.back().line];
    return line_of(at).box.y0 - above.box.y1 > kApartFromText * line_of(at).size;
  }
  // Below it there is at most the foot of the page.
  bool is_last_of_page(std::size_t end) const {
    if (end == blocks_.size() || blocks_[end].page != blocks_[end - 1].page) return true;
    const bool is_last = end + 1 == blocks_.size() || blocks_[end + 1].page != blocks_[end].page;
    return is_last && blocks_[end].lines.size() == 1 && blocks_[end].kind != BlockKind::kItem &&
           line_of(end).below < line_of(end).above;
  }

  const Story& story_;
  const Profile& profile_;
  const std::vector<Block>& blocks_;
  const Calls& calls_;
};

}  // namespace

std::string note_mark(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.size() > 1 && text.front() == '(') text.remove_prefix(1);
  if (text.size() > 1 && (text.back() == ')' || text.back() == '.')) text.remove_suffix(1);
  return std::string(text);
}

namespace {

using Calls = NumberedNotes::Calls;

// Marks that are called on each page, in running text.
Calls find_calls(const Story& story) {
  Calls called;
  for (const Line& line : story.lines) {
    for (std::uint32_t i = 0; i < line.spans; ++i) {
      const Span& span = story.spans[line.first_span + i];
      if (span.shift != Shift::kSuperscript || (i == 0 && line.spans > 1)) continue;
      std::string mark = note_mark(story.text_of(span));
      if (is_mark(mark)) called[line.page].insert(std::move(mark));
    }
  }
  return called;
}

// Makes notes of blocks. What is called by a mark is one note only.
class NoteMaker {
 public:
  NoteMaker(const Story& story, const Profile& profile, Calls& calls)
      : story_(story), profile_(profile), calls_(calls) {}

  // Notes whose marks no list has.
  void make_plain(std::vector<Block>& blocks) {
    for (Block& block : blocks) {
      if (const auto mark = mark_of(block); mark && !mark->is_item)
        make(block, *mark, mark->raised ? kAsLarge : kSmaller);
    }
    for (const auto& [page, mark] : made_) calls_[page].erase(mark);
  }

  void make_numbered(std::vector<Block>& blocks) {
    const NumberedNotes numbered(story_, profile_, blocks, calls_);
    std::vector<bool> holds(blocks.size(), false);
    for (std::size_t i = 0; i < blocks.size(); ++i) holds[i] = numbered.holds(i);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (!holds[i]) continue;
      if (const auto mark = mark_of(blocks[i])) make(blocks[i], *mark, kAsLarge);
    }
  }

 private:
  std::optional<LeadingMark> mark_of(const Block& block) const {
    if (block.kind != BlockKind::kParagraph && block.kind != BlockKind::kItem) return std::nullopt;
    const Line& line = story_.lines[block.lines.front().line];
    const auto on_page = calls_.find(line.page);
    if (on_page == calls_.end()) return std::nullopt;
    LeadingMark mark = leading_mark(story_, line);
    if (mark.mark.empty() || !on_page->second.contains(mark.mark)) return std::nullopt;
    return mark;
  }

  // `largest`: times the running text. A raised mark says enough, unless its text is larger.
  void make(Block& block, const LeadingMark& mark, float largest) {
    const Line& line = story_.lines[block.lines.front().line];
    if (line.size > largest * profile_.body_size) return;
    if (line.baseline < kUpperPart * story_.pages[line.page].height) return;
    std::string label = mark.mark[0] >= '0' && mark.mark[0] <= '9' ? mark.mark : "note";
    if (!labels_.insert(label).second) {
      label = "p" + std::to_string(story_.pages[line.page].number) + "-" + label;
      if (!labels_.insert(label).second) return;
    }
    block.kind = BlockKind::kFootnote;
    block.marker_bytes = mark.bytes;
    block.label = label;
    made_.emplace_back(line.page, mark.mark);
  }

  const Story& story_;
  const Profile& profile_;
  Calls& calls_;
  std::set<std::string> labels_;
  std::vector<std::pair<std::uint16_t, std::string>> made_;
};

}  // namespace

void find_footnotes(const Story& story, const Profile& profile, std::vector<Block>& blocks) {
  Calls calls = find_calls(story);
  if (calls.empty()) return;
  NoteMaker maker(story, profile, calls);
  maker.make_plain(blocks);
  maker.make_numbered(blocks);
}

}  // namespace sluice::pdf
