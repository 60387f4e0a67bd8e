// SPDX-License-Identifier: Apache-2.0
#include "footnotes.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace sluice::pdf {
namespace {

constexpr float kSmaller = 0.95F;  // than running text
constexpr float kAsLarge = 1.02F;
constexpr float kUpperPart = 0.35F;  // of the page: no note begins there

bool is_mark(std::string_view text) {
  if (text.empty() || text.size() > 3) return text == "\u2020\u2020";
  if (text == "*" || text == "**" || text == "\u2020" || text == "\u2021" || text == "\u00A7")
    return true;
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return std::string(text);
}

// The mark a line begins with, and how many bytes of the line it takes.
struct LeadingMark {
  std::string mark;
  std::uint32_t bytes = 0;
  bool raised = false;
};

// "(12) text", with the number raised within its brackets.
LeadingMark mark_in_brackets(const Story& story, const Line& line) {
  if (line.spans < 3) return {};
  const Span& raised = story.spans[line.first_span + 1];
  const std::string_view before = story.text_of(story.spans[line.first_span]);
  const std::string_view behind = story.text_of(story.spans[line.first_span + 2]);
  if (raised.shift != Shift::kSuperscript || before != "(" || !behind.starts_with(")")) return {};
  std::string mark = trimmed(story.text_of(raised));
  if (!is_mark(mark)) return {};
  const std::size_t blanks = behind.find_first_not_of(' ', 1);
  const std::size_t end = blanks == std::string_view::npos ? behind.size() : blanks;
  return {std::move(mark), static_cast<std::uint32_t>(1 + raised.bytes + end), true};
}

LeadingMark leading_mark(const Story& story, const Line& line) {
  if (line.spans == 0) return {};
  const Span& first = story.spans[line.first_span];
  if (line.spans > 1 && first.shift == Shift::kSuperscript) {
    std::string mark = trimmed(story.text_of(first));
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
  if (!is_mark(mark)) return {};
  return {std::move(mark), static_cast<std::uint32_t>(blank + 1), false};
}

}  // namespace

void find_footnotes(const Story& story, const Profile& profile, std::vector<Block>& blocks) {
  // Marks that are called on each page, in running text.
  std::map<std::uint16_t, std::set<std::string>> called;
  for (const Line& line : story.lines) {
    for (std::uint32_t i = 0; i < line.spans; ++i) {
      const Span& span = story.spans[line.first_span + i];
      if (span.shift != Shift::kSuperscript || (i == 0 && line.spans > 1)) continue;
      std::string mark = trimmed(story.text_of(span));
      if (is_mark(mark)) called[line.page].insert(std::move(mark));
    }
  }
  if (called.empty()) return;
  std::set<std::string> labels;
  for (Block& block : blocks) {
    if (block.kind != BlockKind::kParagraph && block.kind != BlockKind::kItem) continue;
    const Line& line = story.lines[block.lines.front().line];
    const auto on_page = called.find(line.page);
    if (on_page == called.end()) continue;
    const auto [mark, bytes, raised] = leading_mark(story, line);
    if (mark.empty() || !on_page->second.contains(mark)) continue;
    // A raised mark says enough, unless the text is larger.
    if (line.size > (raised ? kAsLarge : kSmaller) * profile.body_size) continue;
    if (line.baseline < kUpperPart * story.pages[line.page].height) continue;
    std::string label = mark[0] >= '0' && mark[0] <= '9' ? mark : "note";
    if (!labels.insert(label).second) {
      label = "p" + std::to_string(story.pages[line.page].number) + "-" + label;
      if (!labels.insert(label).second) continue;
    }
    block.kind = BlockKind::kFootnote;
    block.marker_bytes = bytes;
    block.label = label;
  }
}

}  // namespace sluice::pdf
