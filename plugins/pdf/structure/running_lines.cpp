// SPDX-License-Identifier: Apache-2.0
#include "running_lines.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "../page/unicode.hpp"
#include "../same_size.hpp"
#include "../shared_measures.hpp"
#include "edge_lines.hpp"

namespace sluice::pdf {
namespace {

constexpr float kSameHeight = 6;  // points, between pages
constexpr float kSameRow = 3;     // points
constexpr float kTitle = 1.2F;    // times the running text: a title ("Chapter 3"), not a header
constexpr std::size_t kEnoughPages = 3;  // two pages filled from one form are alike
constexpr std::size_t kEnoughNumberedPages = 2;
constexpr std::int32_t kMaxPageNumber = 999;  // beside text; "Invoice 1001" counts, too
constexpr std::size_t kMaxSamples = 6;
constexpr std::size_t kMaxMarked = 64;    // lines to compare others with
constexpr std::size_t kMaxTableRows = 2;  // of a running head that was read as a table

// Letters and digits in lower case, for comparing texts that differ in spelling only.
std::string key_of(std::string_view text) {
  std::string key;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (c < 0x80) {
      if (c >= 'A' && c <= 'Z') key += static_cast<char>(c + 32);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += static_cast<char>(c);
    } else if (is_letter(c)) {
      append_utf8(key, c);
    }
  }
  return key;
}

bool has_letter(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (is_letter(next_char(text, at))) return true;
  }
  return false;
}

// "Invoice No.", "Seat:": what follows is data, however it counts.
bool is_label(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.empty()) return false;
  if (text.ends_with("\u00B0") || text.ends_with("\u2116")) return true;
  return std::string_view(":.#=").find(text.back()) != std::string_view::npos;
}

bool is_in_place_of(const EdgeLine& edge, const EdgeLine& other) {
  return edge.at_foot == other.at_foot && !other.turned && edge.page != other.page &&
         std::abs(edge.offset - other.offset) < kSameHeight;
}

// Bytes of the words that both begin with.
std::size_t words_alike(std::string_view one, std::string_view other) {
  std::size_t words = 0;
  for (std::size_t at = 0; at < std::min(one.size(), other.size()) && one[at] == other[at]; ++at) {
    if (one[at] == ' ') words = at + 1;
  }
  return words;
}

class RunningLineFinder {
 public:
  RunningLineFinder(const Story& story, const Profile& profile)
      : story_(story), edges_(find_edge_lines(story)), largest_(kTitle * profile.body_size) {
    running_.resize(edges_.size(), false);
  }

  RunningLines find() {
    mark_own_page_numbers();
    mark_repeated();
    mark_changing_heads();
    mark_lines_of_parts();
    keep_behind_text();
    keep_beginnings_of_text();
    keep_head_rows_of_tables();
    RunningLines out;
    out.lines.resize(story_.lines.size(), false);
    mark_artifacts(out.lines);
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      if (!running_[i]) continue;
      for (const std::uint32_t line : edges_[i].lines) out.lines[line] = true;
    }
    spare_pages(out.lines);
    report(out);
    return out;
  }

 private:
  // A page that says its own number. The first page often has none, so that a second has nothing
  // to repeat.
  void mark_own_page_numbers() {
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      const EdgeLine& edge = edges_[i];
      if (edge.page == 0 || !is_only_page_number(edge)) continue;
      running_[i] = edge.numbers.front().value == edge.page + 1 && edge.numbers.size() <= 2;
    }
  }

  // The text with its numbers as one sign.
  static std::string pattern_of(const EdgeLine& edge) {
    std::string pattern;
    std::size_t at = 0;
    for (const EdgeNumber& number : edge.numbers) {
      pattern.append(edge.text, at, number.begin - at).append("#");
      at = number.end;
    }
    return pattern.append(edge.text, at);
  }

  using Group = std::vector<std::size_t>;  // indices into edges_

  // Cuts a group into those that stand at one height.
  template <typename Use>
  void by_height(Group group, const Use& use) const {
    std::stable_sort(group.begin(), group.end(), [this](std::size_t a, std::size_t b) {
      return edges_[a].offset < edges_[b].offset;
    });
    for (std::size_t from = 0; from < group.size();) {
      std::size_t end = from + 1;
      while (end < group.size() &&
             edges_[group[end]].offset - edges_[group[from]].offset < kSameHeight) {
        ++end;
      }
      use(Group(group.begin() + static_cast<std::ptrdiff_t>(from),
                group.begin() + static_cast<std::ptrdiff_t>(end)));
      from = end;
    }
  }

  std::size_t pages_of(const Group& group) const {
    std::set<std::uint16_t> pages;
    for (const std::size_t i : group) pages.insert(edges_[i].page);
    return pages.size();
  }

  void mark_repeated() {
    std::map<std::pair<std::string, int>, Group> groups;
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      const int place = (edges_[i].at_foot ? 1 : 0) + (edges_[i].turned ? 2 : 0);
      groups[{pattern_of(edges_[i]), place}].push_back(i);
    }
    for (auto& [key, group] : groups) {
      if (group.size() < 2) continue;
      by_height(std::move(group), [this](const Group& same) { mark_pattern(same); });
    }
  }

  // By how much the number in `slot` is ahead of the page, if that is the same on most pages.
  bool find_counter(const Group& group, std::size_t slot, std::int32_t& ahead) const {
    std::map<std::int32_t, std::set<std::uint16_t>> pages;
    for (const std::size_t i : group) {
      pages[edges_[i].numbers[slot].value - edges_[i].page].insert(edges_[i].page);
    }
    const auto most = std::max_element(
        pages.begin(), pages.end(),
        [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
    ahead = most->first;
    return most->second.size() >= 2 && most->second.size() * 2 > pages_of(group);
  }

  // Lines of one pattern at one height: those that are the same but for numbers that count pages.
  void mark_pattern(const Group& group) {
    const std::size_t slots = edges_[group.front()].numbers.size();
    std::vector<std::pair<bool, std::int32_t>> counters(slots);
    for (std::size_t slot = 0; slot < slots; ++slot) {
      counters[slot].first = find_counter(group, slot, counters[slot].second);
    }
    std::map<std::string, Group> same;
    for (const std::size_t i : group) {
      std::string key;
      for (std::size_t slot = 0; slot < slots; ++slot) {
        const std::int32_t value = edges_[i].numbers[slot].value;
        const bool counts = counters[slot].first && value - edges_[i].page == counters[slot].second;
        key += counts ? "#," : std::to_string(value) + ",";
      }
      same[key].push_back(i);
    }
    for (const auto& [key, lines] : same) {
      bool running = key.find('#') == std::string::npos ? pages_of(lines) >= kEnoughPages
                                                        : is_numbered(lines, key);
      // "Page 1 of 2", counted anew for each letter: the word says what it is.
      running = running || (is_only_page_number(edges_[lines.front()]) &&
                            has_page_word(edges_[lines.front()], edges_[lines.front()].numbers[0]));
      const bool label = key.find('#') == std::string::npos && is_label(edges_[lines.front()].text);
      if (!running || label || is_title(lines.front())) continue;
      for (const std::size_t i : lines) running_[i] = true;
    }
  }

  bool is_title(std::size_t i) const {
    return edges_[i].size > largest_ && has_letter(edges_[i].text) &&
           !is_only_page_number(edges_[i]);
  }

  // Whether the number that counts is the page's: alone, by its word, or set apart at an end.
  bool is_numbered(const Group& lines, const std::string& key) const {
    if (pages_of(lines) < kEnoughNumberedPages) return false;
    const EdgeLine& edge = edges_[lines.front()];
    if (is_only_page_number(edge)) return true;
    std::size_t slot = 0;
    for (std::size_t at = 0; at < key.size(); ++slot, at = key.find(',', at) + 1) {
      if (key[at] != '#') continue;
      const EdgeNumber& number = edge.numbers[slot];
      if (has_page_word(edge, number)) return true;
      if (!edge.bold && number.value <= kMaxPageNumber && is_set_apart(edge, number)) return true;
    }
    return false;
  }

  static bool is_set_apart(const EdgeLine& edge, const EdgeNumber& number) {
    const std::string_view text = edge.text;
    const auto is_bar = [](char32_t c) { return c == '|' || c == 0x2022 || c == 0xB7; };
    if (number.begin == 0 && number.end < text.size() && text[number.end] == ' ') {
      return edge.first_gap > kSetApart || is_bar(first_char(text.substr(number.end + 1)));
    }
    if (number.end != text.size() || number.begin < 2 || text[number.begin - 1] != ' ')
      return false;
    const std::string_view before = text.substr(0, number.begin - 1);
    return !is_label(before) && (edge.last_gap > kSetApart || is_bar(last_char(before)));
  }

  // "3.1 Locks   27", "28   Weirs": beside the page's number a head that changes. It goes where its
  // text is read elsewhere, as a heading or on another page.
  void mark_changing_heads() {
    std::map<int, Group> places;
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      if (edges_[i].turned || end_number(edges_[i]) == nullptr) continue;
      places[edges_[i].at_foot ? 1 : 0].push_back(i);
    }
    if (places.empty()) return;
    note_texts();
    for (auto& [place, group] : places) {
      by_height(std::move(group), [this](const Group& heads) { mark_heads(heads); });
    }
  }

  static const EdgeNumber* end_number(const EdgeLine& edge) {
    if (edge.numbers.empty()) return nullptr;
    if (edge.numbers.back().end == edge.text.size() && edge.numbers.back().begin > 1)
      return &edge.numbers.back();
    if (edge.numbers.front().begin == 0 && edge.numbers.front().end + 1 < edge.text.size())
      return &edge.numbers.front();
    return nullptr;
  }

  static std::string text_beside(const EdgeLine& edge, const EdgeNumber& number) {
    return key_of(number.begin == 0 ? std::string_view(edge.text).substr(number.end)
                                    : std::string_view(edge.text).substr(0, number.begin));
  }

  // What lines away from the edges say.
  void note_texts() {
    std::vector<bool> at_edge(story_.lines.size(), false);
    for (const EdgeLine& edge : edges_) {
      for (const std::uint32_t line : edge.lines) at_edge[line] = true;
    }
    for (std::size_t i = 0; i < story_.lines.size(); ++i) {
      if (at_edge[i] || story_.lines[i].chars > 120) continue;
      texts_.insert(key_of(story_.text_of(story_.lines[i])));
    }
  }

  void mark_heads(const Group& heads) {
    std::map<std::int32_t, Group> by_ahead;
    for (const std::size_t i : heads)
      by_ahead[end_number(edges_[i])->value - edges_[i].page].push_back(i);
    for (const auto& [ahead, group] : by_ahead) {
      if (pages_of(group) < kEnoughPages) continue;
      std::size_t at_begin = 0;
      std::map<std::string, std::size_t> said;
      for (const std::size_t i : group) {
        at_begin += end_number(edges_[i])->begin == 0 ? 1 : 0;
        ++said[text_beside(edges_[i], *end_number(edges_[i]))];
      }
      const bool alternates = at_begin > 0 && at_begin < group.size();
      for (const std::size_t i : group) {
        const std::string text = text_beside(edges_[i], *end_number(edges_[i]));
        const bool elsewhere = texts_.contains(text) || said[text] > 1;
        const bool apart = alternates || is_set_apart(edges_[i], *end_number(edges_[i]));
        if (elsewhere && apart && !is_title(i)) running_[i] = true;
      }
    }
  }

  // "Certificate - Guidelines  Page ii of iii" on some pages, "Certificate - Form  Page 1 of 7" on
  // others: the number is said to be the page's, and at this place lines go that begin alike.
  void mark_lines_of_parts() {
    Group marked;
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      if (running_[i] && marked.size() < kMaxMarked) marked.push_back(i);
    }
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      const EdgeLine& edge = edges_[i];
      if (running_[i] || edge.turned || edge.numbers.empty() || is_title(i)) continue;
      const auto number = std::find_if(edge.numbers.begin(), edge.numbers.end(),
                                       [&](const auto& each) { return has_page_word(edge, each); });
      if (number == edge.numbers.end()) continue;
      Group alike;
      for (const std::size_t other : marked) {
        if (is_in_place_of(edge, edges_[other]) &&
            words_alike(edge.text, edges_[other].text) * 2 >= number->begin) {
          alike.push_back(other);
        }
      }
      running_[i] = pages_of(alike) >= kEnoughNumberedPages;
    }
  }

  // Nothing but running lines stands between a running line and the paper's edge.
  void keep_behind_text() {
    for (std::size_t from = 0; from < edges_.size();) {
      std::size_t end = from;
      float reached = 1e9F;  // where text that stays begins
      while (end < edges_.size() && edges_[end].page == edges_[from].page &&
             edges_[end].at_foot == edges_[from].at_foot) {
        if (!edges_[end].turned) {
          if (!running_[end]) reached = std::min(reached, edges_[end].offset);
          if (edges_[end].offset > reached + kSameRow) running_[end] = false;
        }
        ++end;
      }
      from = end;
    }
  }

  // A line with text of its size close behind it is the first of that text, though whole pages be
  // alike. The page's number may stand close.
  void keep_beginnings_of_text() {
    std::vector<std::vector<std::uint32_t>> of_page(story_.pages.size());
    std::vector<bool> goes(story_.lines.size(), false);
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      for (const std::uint32_t line : edges_[i].lines) goes[line] = running_[i];
    }
    for (std::uint32_t i = 0; i < story_.lines.size(); ++i) {
      if (!goes[i] && !story_.lines[i].turned) of_page[story_.lines[i].page].push_back(i);
    }
    // From the innermost to the edge: what is kept keeps what is before it.
    for (std::size_t i = edges_.size(); i-- > 0;) {
      const EdgeLine& edge = edges_[i];
      if (!running_[i] || edge.turned || edge.table >= 0 || is_only_page_number(edge)) continue;
      auto& others = of_page[edge.page];
      const Line& line = story_.lines[edge.lines.front()];
      running_[i] = std::none_of(others.begin(), others.end(), [&](std::uint32_t other) {
        return is_next_line(line, story_.lines[other], edge.at_foot);
      });
      if (!running_[i]) others.push_back(edge.lines.front());
    }
  }

  static bool is_next_line(const Line& line, const Line& other, bool at_foot) {
    const float step = at_foot ? line.baseline - other.baseline : other.baseline - line.baseline;
    return step > 0 && step < kNextLine * line.size && line.box.overlap_x(other.box) > 0 &&
           is_same_size(other.size, line.size) && other.bold == line.bold;
  }

  // The head of a table that goes on over pages repeats, too. Only a table that is a running head
  // in whole goes, and rows that count pages.
  void keep_head_rows_of_tables() {
    std::map<std::int32_t, std::size_t> rows;
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      if (running_[i] && edges_[i].table >= 0) ++rows[edges_[i].table];
    }
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      if (!running_[i] || edges_[i].table < 0) continue;
      const std::size_t all = story_.tables[static_cast<std::size_t>(edges_[i].table)].rows.size();
      const bool whole = rows[edges_[i].table] == all && all <= kMaxTableRows;
      const bool numbered =
          std::any_of(edges_[i].numbers.begin(), edges_[i].numbers.end(),
                      [&](const EdgeNumber& number) { return has_page_word(edges_[i], number); });
      if (!whole && !numbered) running_[i] = false;
    }
  }

  // What the document itself calls decoration, at the paper's edge or on several pages, unless
  // that is most of the document.
  void mark_artifacts(std::vector<bool>& lines) const {
    std::uint64_t all = 0;
    std::uint64_t decoration = 0;
    std::unordered_map<std::string, std::set<std::uint16_t>> pages;
    for (const Line& line : story_.lines) {
      all += line.chars;
      if (line.role != Role::kArtifact) continue;
      decoration += line.chars;
      pages[story_.text_of(line)].insert(line.page);
    }
    if (decoration == 0 || decoration * 3 > all) return;
    for (const EdgeLine& edge : edges_) {
      for (const std::uint32_t line : edge.lines)
        lines[line] = story_.lines[line].role == Role::kArtifact;
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (story_.lines[i].role == Role::kArtifact &&
          pages[story_.text_of(story_.lines[i])].size() >= kEnoughPages) {
        lines[i] = true;
      }
    }
  }

  // A page keeps what is all that it has; a number alone it can spare, if the document says
  // anything else.
  void spare_pages(std::vector<bool>& lines) const {
    std::vector<bool> has_text(story_.pages.size(), false);
    bool any = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i]) continue;
      has_text[story_.lines[i].page] = true;
      any = true;
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (!lines[i] || has_text[story_.lines[i].page]) continue;
      if (!any || has_letter(story_.text_of(story_.lines[i]))) lines[i] = false;
    }
  }

  void report(RunningLines& out) const {
    std::unordered_set<std::string> known;
    std::vector<bool> said(story_.lines.size(), false);
    const auto add = [&](const std::string& text, std::string key) {
      ++out.count;
      if (out.samples.size() < kMaxSamples && known.insert(std::move(key)).second)
        out.samples.push_back(text);
    };
    for (const EdgeLine& edge : edges_) {
      const bool whole = std::all_of(edge.lines.begin(), edge.lines.end(),
                                     [&](std::uint32_t line) { return out.lines[line]; });
      if (!whole) continue;
      for (const std::uint32_t line : edge.lines) said[line] = true;
      if (edge.table >= 0) out.rows.push_back({static_cast<std::uint32_t>(edge.table), edge.row});
      add(edge.text, pattern_of(edge));
    }
    for (std::size_t i = 0; i < said.size(); ++i) {
      if (!out.lines[i] || said[i]) continue;
      const std::string text = story_.text_of(story_.lines[i]);
      add(text, text);
    }
  }

  const Story& story_;
  const std::vector<EdgeLine> edges_;
  const float largest_;
  std::vector<bool> running_;  // for each of edges_
  std::unordered_set<std::string> texts_;
};

}  // namespace

RunningLines find_running_lines(const Story& story, const Profile& profile) {
  return RunningLineFinder(story, profile).find();
}

void remove_running_rows(Story& story, const RunningLines& running) {
  std::vector<RunningLines::Row> rows = running.rows;
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.table != b.table ? a.table < b.table : a.row > b.row;
  });
  for (const RunningLines::Row& row : rows) {
    auto& of_table = story.tables[row.table].rows;
    of_table.erase(of_table.begin() + static_cast<std::ptrdiff_t>(row.row));
  }
}

}  // namespace sluice::pdf
