// SPDX-License-Identifier: Apache-2.0
#include "leaders.hpp"

#include <algorithm>
#include <cmath>

#include "../page/unicode.hpp"

namespace sluice::pdf {
namespace {

constexpr std::size_t kLeastDotsOfEntry = 5;
constexpr std::size_t kMaxEdges = 16;
constexpr std::uint32_t kLongestNumber = 9;  // glyphs of "Section 12"
// Parts of the font's size.
constexpr float kWidestGap = 3;    // between number, title and dots
constexpr float kSameEdge = 0.3F;  // of the page numbers of one table
constexpr float kOutdent = 4;      // of a title against the others

// What ends where an entry with dots ends: other entries of the table may have none.
struct Edge {
  float x0;
  float x1;
};

// Where what dots lead to begins or ends: numbers of pages, or prices and other values.
struct ValueEdge {
  float x0;
  float x1;
  std::uint32_t pages = 0;
  std::uint32_t values = 0;
};

class Joiner {
 public:
  Joiner(const PageContent& page, Segments& segments) : page_(page), segments_(segments) {}

  void run() {
    if (!any_dots()) return;
    count_values();
    for_each_row([this](std::size_t from, std::size_t end) { join_by_dots(from, end); });
    if (edges_.empty()) return;
    for_each_row([this](std::size_t from, std::size_t end) { join_by_edge(from, end); });
  }

 private:
  const Word& word(std::uint32_t at) const { return page_.words[segments_.words[at]]; }
  std::string_view text_of(std::uint32_t at) const { return page_.text_of(word(at)); }
  std::string_view last_word(const Segment& segment) const {
    return text_of(segment.first + segment.words - 1);
  }

  // Dots stand at the end of a word, or are words of their own.
  static std::size_t dots_at_end(std::string_view text) {
    std::size_t dots = 0;
    while (dots < text.size() && text[text.size() - 1 - dots] == '.') ++dots;
    return dots;
  }

  bool any_dots() const {
    std::size_t run = 0;
    for (const std::uint32_t word : segments_.words) {
      const std::string_view text = page_.text_of(page_.words[word]);
      const std::size_t at = text.find("...");
      if (at != std::string_view::npos && find_dots(text, 0).begin < text.size()) return true;
      run = text == "." ? run + 1 : 0;
      if (run >= kLeastDotsOfEntry) return true;
    }
    return false;
  }

  // Whether the segment ends in dots, or in dots and the number of a page.
  enum class End { kOther, kDots, kPage };
  End end_of(const Segment& segment) const {
    std::uint32_t last = segment.first + segment.words;
    bool page = false;
    std::string_view text = text_of(last - 1);
    // "Introduction.......2" may be one word.
    const DotRun inside = find_dots(text, 0);
    if (inside.begin < text.size()) {
      if (inside.end == text.size()) return End::kDots;
      return is_page_label(text.substr(inside.end)) ? End::kPage : End::kOther;
    }
    if (is_page_label(text)) {
      page = true;
      --last;
    }
    std::size_t dots = 0;
    while (last > segment.first) {
      text = text_of(--last);
      const std::size_t here = dots_at_end(text);
      dots += here;
      if (here < text.size() || dots >= kLeastDotsOfEntry) break;
    }
    if (dots < kLeastDotsOfEntry) return End::kOther;
    return page ? End::kPage : End::kDots;
  }

  // Rows keep their order, and lose what was joined to the segment before.
  template <typename Join>
  void for_each_row(Join join) {
    auto& all = segments_.all;
    kept_ = 0;
    for (std::size_t from = 0; from < all.size();) {
      std::size_t end = from + 1;
      while (end < all.size() && all[end].row == all[from].row) ++end;
      join(from, end);
      from = end;
    }
    all.resize(kept_);
  }

  void keep(std::size_t from, std::size_t end) {
    auto& all = segments_.all;
    for (std::size_t i = from; i < end; ++i) all[kept_++] = all[i];
  }

  // The segments [from, end) of a row as one.
  void keep_joined(std::size_t from, std::size_t end) {
    auto& all = segments_.all;
    Segment entry = all[from];
    for (std::size_t i = from + 1; i < end; ++i) {
      const Segment& part = all[i];
      entry.box.add(part.box);
      if (part.chars > entry.chars) {
        entry.size = part.size;
        entry.baseline = part.baseline;
      }
      entry.chars += part.chars;
    }
    entry.words = all[end - 1].first + all[end - 1].words - entry.first;
    entry.is_marker = entry.is_marker_behind = false;
    entry.is_entry = true;
    all[kept_++] = entry;
  }

  // What dots lead to, by where it ends. Figures beside each other are of a table.
  void count_values() {
    const auto& all = segments_.all;
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::uint32_t last = all[i].first + all[i].words;
      std::uint32_t at = last;
      while (at > all[i].first && !is_leader(at - 1)) --at;
      if (at == all[i].first) continue;  // no dots
      const Segment* value = &all[i];
      if (at == last) {
        if (i + 1 == all.size() || all[i + 1].row != all[i].row) continue;
        value = &all[i + 1];
        at = value->first;
        last = value->first + value->words;
      }
      ValueEdge& edge = value_edge(word(at).box.x0, value->box.x1, value->size);
      ++(last - at == 1 && is_page_label(text_of(at)) ? edge.pages : edge.values);
    }
  }

  bool is_leader(std::uint32_t at) const { return word(at).is_leader; }

  ValueEdge& value_edge(float x0, float x1, float size) {
    for (ValueEdge& edge : values_) {
      if (std::min(std::abs(edge.x0 - x0), std::abs(edge.x1 - x1)) < kSameEdge * size) return edge;
    }
    if (values_.size() < kMaxEdges) values_.push_back({x0, x1});
    return values_.back();
  }

  // "Water ... 2" in a list of prices: others that end there are no numbers of pages.
  bool is_price(const Segment& page) {
    const float x0 = word(page.first + page.words - 1).box.x0;
    const ValueEdge& edge = value_edge(x0, page.box.x1, page.size);
    return edge.values > edge.pages;
  }

  void note_edge(const Segment& entry) {
    for (Edge& edge : edges_) {
      if (std::abs(edge.x1 - entry.box.x1) >= kSameEdge * entry.size) continue;
      edge.x0 = std::min(edge.x0, entry.box.x0);
      return;
    }
    if (edges_.size() < kMaxEdges) edges_.push_back({entry.box.x0, entry.box.x1});
  }

  bool begins_with_digit(const Segment& segment) const {
    const char first = text_of(segment.first)[0];
    return first >= '0' && first <= '9';
  }
  bool begins_with_dots(const Segment& segment) const { return text_of(segment.first)[0] == '.'; }

  // "1.1", "A.", "Part 2"
  bool is_number(const Segment& segment) const {
    if (segment.chars > kLongestNumber) return false;
    const std::string_view text = last_word(segment);
    return segment.chars <= 2 ||
           std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  bool is_near(std::size_t index) const {
    const auto& all = segments_.all;
    return all[index].box.x0 - all[index - 1].box.x1 < kWidestGap * all[index].size;
  }

  void join_by_dots(std::size_t from, std::size_t end) {
    const auto& all = segments_.all;
    std::size_t done = from;
    for (std::size_t i = from; i < end; ++i) {
      const End how = end_of(all[i]);
      if (how == End::kOther) continue;
      std::size_t stop = i + 1;
      if (how == End::kDots) {
        const bool page = stop < end && all[stop].words == 1 && is_page_label(last_word(all[stop]));
        if (!page) continue;
        ++stop;
      }
      // Figures of an account follow each other.
      if (stop < end && begins_with_digit(all[stop])) continue;
      if (is_price(all[stop - 1])) continue;
      std::size_t start = i;
      if (start > done && begins_with_dots(all[start]) && is_near(start)) --start;
      // Its number; what stands farther left may be another column.
      if (start == done + 1 && is_number(all[done]) && is_near(start)) --start;
      keep(done, start);
      keep_joined(start, stop);
      note_edge(all[kept_ - 1]);
      done = stop;
      i = stop - 1;
    }
    keep(done, end);
  }

  void join_by_edge(std::size_t from, std::size_t end) {
    const auto& all = segments_.all;
    std::size_t done = from;
    for (std::size_t i = from + 1; i < end; ++i) {
      if (all[i].words != 1 || !is_page_label(last_word(all[i]))) continue;
      const auto edge = std::find_if(edges_.begin(), edges_.end(), [&](const Edge& each) {
        return std::abs(each.x1 - all[i].box.x1) < kSameEdge * all[i].size;
      });
      if (edge == edges_.end()) continue;
      std::size_t start = i;
      while (start > done && all[start - 1].box.x0 > edge->x0 - kOutdent * all[i].size) --start;
      if (start == i) continue;
      keep(done, start);
      keep_joined(start, i + 1);
      done = i + 1;
    }
    keep(done, end);
  }

  const PageContent& page_;
  Segments& segments_;
  std::vector<Edge> edges_;
  std::vector<ValueEdge> values_;
  std::size_t kept_ = 0;
};

}  // namespace

bool is_page_label(std::string_view text) {
  if (text.empty() || text.size() > 7) return false;
  const bool roman = text.find_first_not_of("ivxlc") == std::string_view::npos ||
                     text.find_first_not_of("IVXLC") == std::string_view::npos;
  if (roman) return true;
  // "12", and "A-3" of an appendix.
  const std::size_t digits = text.find_last_not_of("0123456789");
  if (digits == std::string_view::npos) return text.size() <= 5;
  return digits + 1 < text.size() && text[digits] == '-' && digits <= 2;
}

DotRun find_dots(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('.', from); at < text.size(); at = text.find('.', at)) {
    std::size_t end = at;
    std::size_t dots = 0;
    std::size_t i = at;
    for (; i < text.size() && (text[i] == '.' || text[i] == ' '); ++i) {
      if (text[i] != '.') continue;
      ++dots;
      end = i + 1;
    }
    if (dots >= kLeastDotsOfEntry) return {at, end};
    at = i;
  }
  return {text.size(), text.size()};
}

void join_entries(const PageContent& page, Segments& segments) {
  Joiner(page, segments).run();
}

}  // namespace sluice::pdf
