// SPDX-License-Identifier: Apache-2.0
#include "headings.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <unordered_map>

#include "../layout/segments.hpp"
#include "../page/unicode.hpp"
#include "../same_size.hpp"
#include "../shared_measures.hpp"
#include "edge_lines.hpp"
#include "heading_text.hpp"
#include "list_markers.hpp"
#include "lone_lines.hpp"
#include "lookalikes.hpp"
#include "paragraph_tags.hpp"
#include "sentences.hpp"

namespace sluice::pdf {
namespace {

constexpr std::uint32_t kLongestHeading = 200;  // glyphs, over all its lines
constexpr std::uint32_t kLongestBoldHeading = 110;
constexpr std::size_t kMaxHeadingLines = 4;
constexpr std::size_t kLinesOfPassage = 4;
// Distances of baselines, in sizes. Headings are set up to one and a half times as far apart as
// text.
constexpr float kNextLineOfHeading = 1.7F;
constexpr float kAir = 0.25F;  // beyond the usual distance of lines: set apart from what is above
// Nothing that an outline names is as large as a title that it leaves out.
constexpr float kAsLargeAsTitle = 0.98F;
// Of its size; titles over several lines are set tighter than a heading below a heading.
constexpr float kStepOfTitle = 1.35F;
constexpr float kEdgeOfPaper = 0.07F;   // of its height: a head or a foot, if it has parts
constexpr float kLittleLarger = 1.05F;  // times the text, in a face of its own

char last_of(std::string_view text) {
  return text.empty() ? '\0' : text.back();
}

bool is_item(std::string_view text) {
  if (begins_with_box(text)) return true;  // a choice of a form: "☒ Yes ☐ No"
  const auto marker = list_marker_of(text);
  return marker && marker->kind == MarkerKind::kBullet;
}

// Consecutive lines of one look in one column: a heading may have several.
struct Group {
  std::vector<std::uint32_t> lines;
  std::string text;
  std::uint32_t chars = 0;
  float size = 0;
  bool bold = false;
  bool has_air = false;  // stands apart from what is above
  std::uint16_t page = 0;
  std::uint8_t level = 0;
  bool candidate = false;
  bool is_lone = false;  // told by its place, not by its look
};

bool is_centered(const Line& line) {
  const float left = line.box.x0 - line.column_x0;
  const float right = line.column_x1 - line.box.x1;
  return left > line.size && right > line.size && std::abs(left - right) < 2 * line.size;
}

// A sentence of some length, however large.
bool is_passage(const Group& group) {
  return group.chars > kLongestBoldHeading && last_of(group.text) == '.';
}

// Sentences over several lines.
bool is_text(const Group& group) {
  return group.chars > kLongestBoldHeading && group.lines.size() > 1 &&
         (last_of(group.text) == '.' || group.text.find(". ") != std::string::npos);
}

std::pair<int, bool> look_of(const Group& group) {
  return {static_cast<int>(std::lround(group.size * 2)), group.bold};
}

class HeadingFinder {
 public:
  HeadingFinder(const Story& story, const std::vector<Face>& faces, const std::vector<bool>& skip,
                const std::vector<OutlineEntry>& outline, const Profile& profile,
                const Columns& columns)
      : story_(story),
        faces_(faces),
        skip_(skip),
        outline_(outline),
        profile_(profile),
        columns_(columns),
        trusts_elements_(!are_lines_tagged(story)) {}

  Headings find() {
    Headings headings;
    headings.levels.resize(story_.lines.size(), 0);
    headings.begins.resize(story_.lines.size(), false);
    headings.captions.resize(story_.lines.size(), -1);
    make_groups();
    if (!by_tags() && !by_outline()) by_looks();
    for (const Group& group : groups_) {
      if (group.level == 0 && is_caption(group.text)) {
        for (const std::uint32_t line : group.lines)
          headings.captions[line] = static_cast<std::int32_t>(group.lines.front());
      }
      if (group.level == 0) continue;
      std::int32_t element = -1;
      for (const std::uint32_t line : group.lines) {
        const std::int32_t own = story_.lines[line].element;
        headings.levels[line] = group.level;
        headings.begins[line] = line == group.lines.front() || (trusts_elements_ && own != element);
        element = own;
      }
    }
    return headings;
  }

 private:
  bool is_same_look(const Line& line, const Line& before) const {
    if (line.column != before.column || line.page != before.page) return false;
    if (line.role == Role::kContents || before.role == Role::kContents) return false;
    if (line.role == Role::kHeading && before.role == Role::kHeading &&
        line.element != before.element) {
      return false;
    }
    if ((line.role == Role::kHeading) != (before.role == Role::kHeading)) return false;
    if (is_centered(before) && !is_centered(line) && has_roman_number(story_.text_of(before)))
      return false;
    const float step = line.baseline - before.baseline;
    return is_same_size(line.size, before.size) && is_same_weight(line, before) && step > 0 &&
           step < kNextLineOfHeading * line.size && !begins_below(line, before);
  }

  // "LayoutParser: A Toolkit for Deep" over "Learning": a name in another font is in the first line
  // alone. Large lines go on if they do where one ends and the next begins.
  bool is_same_weight(const Line& line, const Line& before) const {
    if (line.bold == before.bold) return true;
    if (line.size < kLarger * profile_.body_size) return false;
    const Span& end = story_.spans[before.first_span + before.spans - 1];
    return faces_[end.face].bold == line.bold &&
           faces_[story_.spans[line.first_span].face].bold == line.bold;
  }

  // "Materials and methods" over "Coleoptile preparation": a heading below a heading. The upper one
  // ends although there was room, and the lines are not as close as those of one title.
  bool begins_below(const Line& line, const Line& before) const {
    if (!line.bold && line.size < kLarger * profile_.body_size) return false;
    return line.baseline - before.baseline > kStepOfTitle * line.size &&
           is_capital(first_char(story_.text_of(line))) && columns_.is_short(before, line) &&
           !is_centered(before);
  }

  void make_groups() {
    const Line* before = nullptr;
    for (const Piece& piece : story_.pieces) {
      if (piece.kind != PieceKind::kLine) {
        before = nullptr;
        continue;
      }
      if (skip_[piece.index]) continue;
      const Line& line = story_.lines[piece.index];
      const std::string text = story_.text_of(line);
      const bool numbered = numbering_depth(text) > 0;
      if (before == nullptr || numbered || !is_same_look(line, *before)) {
        Group group;
        group.size = line.size;
        group.bold = line.bold;
        group.page = line.page;
        group.has_air =
            before == nullptr || line.column != before->column ||
            line.baseline - before->baseline > (profile_.leading + kAir) * profile_.body_size;
        groups_.push_back(std::move(group));
      } else {
        groups_.back().text += ' ';
      }
      groups_.back().lines.push_back(piece.index);
      groups_.back().text += text;
      groups_.back().chars += line.chars;
      before = &line;
    }
  }

  bool by_tags() {
    std::size_t tagged = 0;
    for (Group& group : groups_) {
      const Line& line = story_.lines[group.lines.front()];
      if (line.role != Role::kHeading) continue;
      group.level = static_cast<std::uint8_t>(std::clamp<int>(line.level, 1, 6));
      ++tagged;
    }
    return tagged >= 1;
  }

  // Where most entries of the outline are found on their pages, it decides.
  bool by_outline() {
    if (outline_.size() < 2) return false;
    std::unordered_map<int, std::vector<const OutlineEntry*>> by_page;
    for (const OutlineEntry& entry : outline_) by_page[entry.page].push_back(&entry);
    std::size_t found = 0;
    for (Group& group : groups_) {
      if (group.chars > kLongestHeading) continue;
      const auto entries = by_page.find(story_.pages[group.page].number);
      if (entries == by_page.end()) continue;
      const std::string key = outline_key(group.text);
      for (const OutlineEntry* entry : entries->second) {
        const std::string title = outline_key(entry->title);
        if (title.empty() || key.size() < title.size() || key.size() > title.size() + 12) continue;
        if (key.compare(key.size() - title.size(), title.size(), title) != 0) continue;
        if (!is_numbering(std::string_view(key).substr(0, key.size() - title.size()))) continue;
        group.level = static_cast<std::uint8_t>(std::clamp(entry->level, 1, 6));
        ++found;
        break;
      }
    }
    if (found * 2 < outline_.size() || found < 2) {
      for (Group& group : groups_) group.level = 0;
      return false;
    }
    add_title();
    return true;
  }

  // The title of the document is in no outline.
  void add_title() {
    Group* largest = nullptr;
    for (Group& group : groups_) {
      if (group.page != 0 || group.level != 0 || !is_larger(group)) continue;
      if (largest == nullptr || group.size > largest->size * (1 + kSameSize)) largest = &group;
    }
    if (largest == nullptr) return;
    for (const Group& group : groups_) {
      if (group.level > 0 && group.size > largest->size * kAsLargeAsTitle) return;
    }
    for (Group& group : groups_) {
      if (group.level > 0 && group.level < 6) ++group.level;
    }
    largest->level = 1;
  }

  bool is_larger(const Group& group) const {
    return group.size >= kLarger * profile_.body_size && group.chars <= kLongestHeading &&
           group.lines.size() <= kMaxHeadingLines && group.chars >= 2 &&
           has_letters_of_any_script(group.text) && !is_item(group.text) && !is_passage(group) &&
           !is_formula(story_, group.lines);
  }

  bool is_bold_heading(const Group& group, const Group* next) const {
    if (!group.bold || profile_.mostly_bold || group.size < (1 - kSameSize) * profile_.body_size)
      return false;
    if (group.chars > kLongestBoldHeading || group.lines.size() > 2 || group.chars < 3)
      return false;
    if (!has_letters_of_any_script(group.text) || is_formula(story_, group.lines)) return false;
    // "A-6", at the edge of the paper.
    if (group.lines.size() == 1 && is_page_number(story_, group.lines.front())) return false;
    const char last = last_of(group.text);
    if (last == ',' || last == ';' || last == '-') return false;
    if (group.text[0] == '-') return false;  // an option of a program
    if (last == '.' && numbering_depth(group.text) == 0 && group.chars > 40) return false;
    if (!group.has_air && numbering_depth(group.text) == 0) return false;
    const std::size_t blank = group.text.find(' ');
    if (blank != std::string::npos && is_list_marker(group.text.substr(0, blank)) &&
        numbering_depth(group.text) == 0 && group.text[0] != '(' &&
        !is_capital(first_char(group.text))) {
      return false;  // an item of a list
    }
    return next != nullptr && !runs_on(group, *next) && heads_something(next);
  }

  // "Note        Minor repair", a field and its value; or the parts of a head at the paper's edge.
  bool is_parted(const Group& group) const {
    if (numbering_depth(group.text) > 0) return false;
    return std::any_of(group.lines.begin(), group.lines.end(), [this](std::uint32_t index) {
      const Line& line = story_.lines[index];
      const Span& first = story_.spans[line.first_span];
      const Span& last = story_.spans[line.first_span + line.spans - 1];
      return line.is_parted && (faces_[first.face].bold != faces_[last.face].bold ||
                                std::min(line.above, line.below) < kEdgeOfPaper * line.paper);
    });
  }

  // A line that is a little larger than the text, in a face that the text has not, apart from what
  // is above and directly over text: a grotesque over a roman face, whose fonts have no name for
  // bold.
  bool is_in_other_face(const Group& group, const Group* next) const {
    if (next == nullptr || !group.has_air || group.lines.size() > 1 || group.bold) return false;
    const Line& line = story_.lines[group.lines.front()];
    const Line& below = story_.lines[next->lines.front()];
    const char last = last_of(group.text);
    return line.face != profile_.body_face && below.face == profile_.body_face &&
           below.column == line.column && group.size >= kLittleLarger * profile_.body_size &&
           is_same_size(below.size, profile_.body_size) && columns_.room_after(line) > 0 &&
           group.chars >= 3 && group.chars <= kLongestBoldHeading &&
           std::string_view(".,;:-").find(last) == std::string_view::npos &&
           has_letters_of_any_script(group.text) && !is_item(group.text) &&
           !is_formula(story_, group.lines) && !faces_[line.face].italic;
  }

  // "IV. RESULTS", in the middle of its column.
  bool is_numbered_in_roman(const Group& group) const {
    if (group.chars > 80 || group.lines.size() > 2 || !group.has_air) return false;
    return has_roman_number(group.text) && is_centered(story_.lines[group.lines.front()]);
  }

  // The bold beginning of a paragraph, which goes on in the next line.
  bool runs_on(const Group& group, const Group& next) const {
    const Line& last = story_.lines[group.lines.back()];
    const Line& line = story_.lines[next.lines.front()];
    if (last.column != line.column || next.bold) return false;
    const bool close = line.baseline - last.baseline < kNextLineOfText * line.size;
    return close && faces_[story_.spans[line.first_span].face].bold &&
           is_same_size(last.size, line.size);
  }

  // Under headings of headings there is running text at last.
  bool heads_something(const Group* next) const {
    const Group* end = groups_.data() + groups_.size();
    for (int i = 0; i < 3 && next < end; ++i, ++next) {
      if (!next->bold) return true;
      if (next->chars > kLongestBoldHeading) return false;
    }
    return false;
  }

  void by_looks() {
    const std::vector<bool> lone = find_lone_lines(story_, skip_, profile_, columns_);
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      const Group* next = i + 1 < groups_.size() ? &groups_[i + 1] : nullptr;
      const Line& line = story_.lines[groups_[i].lines.front()];
      if (line.is_drawn || line.turned || line.mono || line.role == Role::kContents ||
          is_caption(groups_[i].text) || is_parted(groups_[i])) {
        continue;
      }
      groups_[i].is_lone = groups_[i].lines.size() == 1 && lone[groups_[i].lines.front()];
      groups_[i].candidate = groups_[i].is_lone || is_larger(groups_[i]) ||
                             is_bold_heading(groups_[i], next) ||
                             is_in_other_face(groups_[i], next) || is_numbered_in_roman(groups_[i]);
    }
    drop_passages();
    drop_ends_of_passages();
    drop_looks_of_text();
    assign_levels();
  }

  // Where notes or references have more letters than the text, the text is not larger than usual: a
  // look in which most letters are of whole sentences is no look of headings.
  void drop_looks_of_text() {
    std::map<std::pair<int, bool>, std::pair<std::uint64_t, std::uint64_t>> chars;  // of text, all
    for (const Group& group : groups_) {
      auto& [text, all] = chars[look_of(group)];
      text += is_text(group) ? group.chars : 0;
      all += group.chars;
    }
    for (Group& group : groups_) {
      const auto& [text, all] = chars[look_of(group)];
      const bool by_place = group.is_lone || is_numbered_in_roman(group);
      if (!group.bold && text * 2 > all && !by_place) group.candidate = false;
    }
  }

  // Many lines of one large look after each other are a passage, not headings.
  void drop_passages() {
    for (std::size_t i = 0; i < groups_.size();) {
      std::size_t end = i;
      while (end < groups_.size() && groups_[end].candidate &&
             look_of(groups_[end]) == look_of(groups_[i]) &&
             numbering_depth(groups_[end].text) == 0 && groups_[end].page == groups_[i].page) {
        ++end;
      }
      if (end - i >= kLinesOfPassage) {
        for (std::size_t k = i; k < end; ++k) groups_[k].candidate = false;
      }
      i = std::max(end, i + 1);
    }
  }

  // The last lines of a passage may be in a column of their own: they go on in small letters.
  void drop_ends_of_passages() {
    for (std::size_t i = 1; i < groups_.size(); ++i) {
      const Group& before = groups_[i - 1];
      const Line& last = story_.lines[before.lines.back()];
      if (before.candidate || before.lines.size() < 2 || before.page != groups_[i].page) continue;
      if (look_of(before) == look_of(groups_[i]) && begins_lower(groups_[i].text) &&
          is_unfinished(story_, last) && last.face == story_.lines[groups_[i].lines[0]].face) {
        groups_[i].candidate = false;
      }
    }
  }

  void assign_levels() {
    // Looks by rank: larger first, bold before regular.
    std::map<std::pair<int, bool>, std::uint32_t, std::greater<>> looks;
    for (const Group& group : groups_) {
      if (group.candidate) ++looks[look_of(group)];
    }
    std::map<std::pair<int, bool>, std::uint8_t> rank;
    std::uint8_t level = 0;
    int last_size = 0;
    for (const auto& [look, count] : looks) {
      // Sizes that differ by a hair are one, and what occurs once in a document of many looks ranks
      // with its neighbour: levels are for what repeats.
      const bool near = level > 0 && last_size * 10 <= look.first * 11 && !look.second;
      const bool rare = level > 0 && count == 1 && looks.size() > 4;
      if (!near && !rare && level < 6) ++level;
      rank[look] = std::max<std::uint8_t>(level, 1);
      if (!near) last_size = look.first;
    }
    std::map<std::uint8_t, int> least_depth;
    for (const Group& group : groups_) {
      if (!group.candidate) continue;
      const int depth = numbering_depth(group.text);
      if (depth == 0) continue;
      auto [entry, is_new] = least_depth.try_emplace(rank[look_of(group)], depth);
      entry->second = std::min(entry->second, depth);
    }
    for (Group& group : groups_) {
      if (!group.candidate) continue;
      int at = rank[look_of(group)];
      const int depth = numbering_depth(group.text);
      if (depth > 0) at += depth - least_depth[static_cast<std::uint8_t>(at)];
      group.level = static_cast<std::uint8_t>(std::clamp(at, 1, 6));
    }
  }

  const Story& story_;
  const std::vector<Face>& faces_;
  const std::vector<bool>& skip_;
  const std::vector<OutlineEntry>& outline_;
  const Profile& profile_;
  const Columns& columns_;
  const bool trusts_elements_;
  std::vector<Group> groups_;
};

}  // namespace

Headings find_headings(const Story& story, const std::vector<Face>& faces,
                       const std::vector<bool>& skip, const std::vector<OutlineEntry>& outline,
                       const Profile& profile, const Columns& columns) {
  return HeadingFinder(story, faces, skip, outline, profile, columns).find();
}

}  // namespace sluice::pdf
