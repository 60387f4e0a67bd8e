// SPDX-License-Identifier: Apache-2.0
#include "running_lines.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sluice::pdf {
namespace {

constexpr float kEdge = 0.14F;    // of the page's height
constexpr float kSameHeight = 6;  // points
constexpr std::size_t kLinesAtEdge = 4;
constexpr std::size_t kLongest = 160;  // bytes of a running line
constexpr float kLarger = 1.2F;        // than the running text: a title, not a header

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The line with its numbers, Arabic or Roman, as one sign.
std::string pattern_of(const std::string& text) {
  std::string pattern;
  for (std::size_t i = 0; i < text.size();) {
    if (is_digit(text[i])) {
      while (i < text.size() && is_digit(text[i])) ++i;
      pattern += '#';
    } else {
      pattern += text[i++];
    }
  }
  const bool roman = !pattern.empty() && pattern.size() <= 6 &&
                     pattern.find_first_not_of("ivxlcIVXLC") == std::string::npos;
  return roman ? "#" : pattern;
}

struct Seen {
  std::uint32_t line;
  std::uint16_t page;
  float y;
};

// A line by the page's number at its end or its beginning: how far that is from the page's place.
struct Numbered {
  std::int32_t ahead;
  Seen seen;
};

// Adds a line for the number it ends with, and for the one it begins with.
void note_numbers(const std::string& text, const Seen& seen, std::vector<Numbered>& out) {
  const auto note = [&](std::string_view digits) {
    if (digits.empty() || digits.size() > 5) return;
    std::int32_t number = 0;
    for (const char c : digits) number = number * 10 + (c - '0');
    out.push_back({number - seen.page, seen});
  };
  const std::size_t last = text.find_last_not_of("0123456789");
  if (last == std::string::npos) return note(text);
  if (text[last] == ' ') note(std::string_view(text).substr(last + 1));
  const std::size_t first = text.find_first_not_of("0123456789");
  if (text[first] == ' ') note(std::string_view(text).substr(0, first));
}

bool has_ascii_letter(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) > 0x7F;
  });
}

// The text lines of a page that stand at its upper and lower edge.
void lines_at_edges(const Story& story, std::size_t page, std::vector<std::uint32_t>& out) {
  const std::size_t first = story.pages[page].first_piece;
  const std::size_t end =
      page + 1 < story.pages.size() ? story.pages[page + 1].first_piece : story.pieces.size();
  std::vector<std::uint32_t> lines;
  for (std::size_t i = first; i < end; ++i) {
    if (story.pieces[i].kind != PieceKind::kLine) continue;
    const Line& line = story.lines[story.pieces[i].index];
    if (!line.turned) lines.push_back(story.pieces[i].index);
  }
  std::stable_sort(lines.begin(), lines.end(), [&](std::uint32_t a, std::uint32_t b) {
    return story.lines[a].baseline < story.lines[b].baseline;
  });
  out.clear();
  if (lines.empty()) return;
  // The frame of a turned page does not begin at 0: measure by its text.
  const float top = story.lines[lines.front()].baseline;
  const float bottom = story.lines[lines.back()].baseline;
  const float height = std::max(story.pages[page].height, bottom - top);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const float y = story.lines[lines[i]].baseline;
    const bool above = i < kLinesAtEdge && y - top < kEdge * height * 0.6F;
    const bool below = i + kLinesAtEdge >= lines.size() && bottom - y < kEdge * height * 0.6F;
    if (above || below) out.push_back(lines[i]);
  }
}

// What the document itself calls decoration, unless that is most of it.
void drop_artifacts(const Story& story, std::vector<bool>& running) {
  std::uint64_t all = 0;
  std::uint64_t decoration = 0;
  for (const Line& line : story.lines) {
    all += line.chars;
    decoration += line.role == Role::kArtifact ? line.chars : 0;
  }
  if (decoration * 3 > all) return;
  for (std::size_t i = 0; i < running.size(); ++i) {
    running[i] = story.lines[i].role == Role::kArtifact;
  }
}

// Headers that change from page to page stand beside its number: "3.1 Locks 27", "28 Weirs". Where
// the document's pages are known to be numbered, or nothing but the number changes, two of them are
// enough.
void mark_numbered(const Story& story, std::vector<Numbered>& lines, float largest,
                   std::vector<bool>& running) {
  std::set<std::int32_t> known;
  for (const Numbered& each : lines) {
    if (running[each.seen.line]) known.insert(each.ahead);
  }
  std::stable_sort(lines.begin(), lines.end(), [](const Numbered& a, const Numbered& b) {
    return a.ahead != b.ahead ? a.ahead < b.ahead : a.seen.y < b.seen.y;
  });
  for (std::size_t i = 0; i < lines.size();) {
    std::set<std::uint16_t> pages;
    const std::string pattern = pattern_of(story.text_of(story.lines[lines[i].seen.line]));
    bool same = true;
    std::size_t end = i;
    while (end < lines.size() && lines[end].ahead == lines[i].ahead &&
           (end == i || lines[end].seen.y - lines[end - 1].seen.y < kSameHeight)) {
      pages.insert(lines[end].seen.page);
      same = same && pattern_of(story.text_of(story.lines[lines[end].seen.line])) == pattern;
      ++end;
    }
    const std::size_t enough = same || known.contains(lines[i].ahead) ? 2 : 3;
    for (; i < end; ++i) {
      const Line& line = story.lines[lines[i].seen.line];
      if (pages.size() >= enough && line.size <= largest) running[lines[i].seen.line] = true;
    }
  }
}

// "2", "- 2 -", "Page 2 of 3": nothing but the number of its page, and the number of pages. A first
// page often has none, so that a second one has nothing to repeat.
bool is_page_number(const std::string& text, std::size_t page) {
  const std::string pattern = pattern_of(text);
  static constexpr std::string_view kPatterns[] = {
      "#",           "-#-",   "- # -", "\u2013 # \u2013", "Page #",
      "Page # of #", "# / #", "#/#",   "Page #/#",        "# of #"};
  if (std::find(std::begin(kPatterns), std::end(kPatterns), pattern) == std::end(kPatterns))
    return false;
  const std::size_t from = text.find_first_of("0123456789");
  if (from == std::string::npos) return false;
  const std::size_t end = text.find_first_not_of("0123456789", from);
  return text.substr(from, end == std::string::npos ? end : end - from) == std::to_string(page + 1);
}

// What is the same on several pages at one height, but for its numbers.
void mark_repeated(const Story& story, std::vector<Seen>& places, std::size_t pages_with_text,
                   float largest, const std::vector<bool>& outermost, std::vector<bool>& running) {
  // A few times, or on every page of a short document; headers may change with the chapter.
  const std::size_t enough = std::clamp<std::size_t>(pages_with_text, 2, 3);
  std::sort(places.begin(), places.end(), [](const Seen& a, const Seen& b) { return a.y < b.y; });
  for (std::size_t i = 0; i < places.size();) {
    std::size_t end = i + 1;
    while (end < places.size() && places[end].y - places[end - 1].y < kSameHeight) ++end;
    std::set<std::uint16_t> pages;
    const std::string first = story.text_of(story.lines[places[i].line]);
    bool same = true;
    for (std::size_t k = i; k < end; ++k) {
      pages.insert(places[k].page);
      same = same && story.text_of(story.lines[places[k].line]) == first;
    }
    for (; i < end; ++i) {
      const Line& line = story.lines[places[i].line];
      // "Chapter 1", "Chapter 2": each begins its page.
      if (!same && line.size > largest && has_ascii_letter(first)) continue;
      // Two pages that are filled from one form look alike further in, too.
      if (pages_with_text == 2 && !outermost[places[i].line]) continue;
      if (pages.size() >= enough) running[places[i].line] = true;
    }
  }
}

}  // namespace

std::vector<bool> find_running_lines(const Story& story, const Profile& profile) {
  std::vector<bool> running(story.lines.size(), false);
  drop_artifacts(story, running);
  std::size_t pages_with_text = 0;
  std::unordered_map<std::string, std::vector<Seen>> seen;
  std::vector<Numbered> numbered;
  std::vector<bool> outermost(story.lines.size(), false);
  std::vector<std::uint32_t> edges;
  for (std::size_t page = 0; page < story.pages.size(); ++page) {
    lines_at_edges(story, page, edges);
    if (!edges.empty()) ++pages_with_text;
    for (const std::uint32_t line : edges) {
      const float y = story.lines[line].baseline;
      outermost[line] = y - story.lines[edges.front()].baseline < kSameHeight ||
                        story.lines[edges.back()].baseline - y < kSameHeight;
      const std::string text = story.text_of(story.lines[line]);
      if (text.size() > kLongest) continue;
      const Seen place{line, static_cast<std::uint16_t>(page), y};
      if (outermost[line]) note_numbers(text, place, numbered);
      if (outermost[line] && page > 0 && is_page_number(text, page)) running[line] = true;
      seen[pattern_of(text)].push_back(place);
    }
  }
  if (pages_with_text < 2) return running;
  const float largest = kLarger * profile.body_size;
  for (auto& [pattern, places] : seen) {
    const bool is_number = pattern.find('#') != std::string::npos;
    if (pages_with_text == 2 && !is_number) continue;
    mark_repeated(story, places, pages_with_text, largest, outermost, running);
  }
  mark_numbered(story, numbered, largest, running);
  return running;
}

}  // namespace sluice::pdf
