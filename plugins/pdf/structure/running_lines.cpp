// SPDX-License-Identifier: Apache-2.0
#include "running_lines.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

namespace sluice::pdf {
namespace {

constexpr float kEdge = 0.14F;    // of the page's height
constexpr float kSameHeight = 6;  // points
constexpr std::size_t kLinesAtEdge = 4;
constexpr std::size_t kLongest = 160;  // bytes of a running line

// The line with its numbers, Arabic or Roman, as one sign.
std::string pattern_of(const std::string& text) {
  std::string pattern;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] >= '0' && text[i] <= '9') {
      while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
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

}  // namespace

std::vector<bool> find_running_lines(const Story& story) {
  std::vector<bool> running(story.lines.size(), false);
  drop_artifacts(story, running);
  std::size_t pages_with_text = 0;
  std::unordered_map<std::string, std::vector<Seen>> seen;
  std::vector<std::uint32_t> edges;
  for (std::size_t page = 0; page < story.pages.size(); ++page) {
    lines_at_edges(story, page, edges);
    if (!edges.empty()) ++pages_with_text;
    for (const std::uint32_t line : edges) {
      const std::string text = story.text_of(story.lines[line]);
      if (text.size() > kLongest) continue;
      seen[pattern_of(text)].push_back(
          {line, static_cast<std::uint16_t>(page), story.lines[line].baseline});
    }
  }
  if (pages_with_text < 2) return running;
  // A few times, or on every page of a short document; headers may change with the chapter.
  const std::size_t enough = std::clamp<std::size_t>(pages_with_text, 2, 3);
  for (auto& [pattern, places] : seen) {
    if (places.size() < enough) continue;
    const bool is_number = pattern.find('#') != std::string::npos;
    if (pages_with_text == 2 && !is_number) continue;
    std::sort(places.begin(), places.end(), [](const Seen& a, const Seen& b) { return a.y < b.y; });
    for (std::size_t i = 0; i < places.size();) {
      std::size_t end = i + 1;
      while (end < places.size() && places[end].y - places[end - 1].y < kSameHeight) ++end;
      std::vector<std::uint16_t> pages;
      for (std::size_t k = i; k < end; ++k) pages.push_back(places[k].page);
      std::sort(pages.begin(), pages.end());
      const auto distinct =
          static_cast<std::size_t>(std::unique(pages.begin(), pages.end()) - pages.begin());
      if (distinct >= enough) {
        for (std::size_t k = i; k < end; ++k) running[places[k].line] = true;
      }
      i = end;
    }
  }
  return running;
}

}  // namespace sluice::pdf
