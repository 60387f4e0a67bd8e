// SPDX-License-Identifier: Apache-2.0
#include "links.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "../page/unicode.hpp"

namespace sluice::pdf {
namespace {

constexpr float kLinkRow = 16;  // points
// Of the size. A stop has a width of 0.25 as a rule; areas reach a point over their text, so that
// less than half of it may stand outside.
constexpr float kOutside = 0.1F;
constexpr std::size_t kMaxSigns = 4;  // "HOWTO).\""

bool is_closing(char32_t c) {
  return c < 0x80
             ? std::string_view(".,;:!?)]}\"'").find(static_cast<char>(c)) != std::string_view::npos
             : c == 0x201D || c == 0x2019 || c == 0xBB;
}
bool is_opening(char32_t c) {
  return c < 0x80 ? std::string_view("([{\"'").find(static_cast<char>(c)) != std::string_view::npos
                  : c == 0x201C || c == 0x2018 || c == 0xAB;
}

// Signs that end a text, as bytes.
std::size_t closing_bytes(std::string_view text, std::size_t& signs) {
  std::size_t bytes = 0;
  for (signs = 0; signs < kMaxSigns && bytes < text.size(); ++signs) {
    std::size_t at = text.size() - bytes - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) --at;
    if (!is_closing(last_char(text.substr(0, text.size() - bytes)))) break;
    bytes = text.size() - at;
  }
  return bytes < text.size() ? bytes : 0;
}

// The part of a word that begins at `from` bytes, and that ends there, by a cut at x.
Word behind(const Word& word, std::size_t from, std::size_t signs, float x) {
  Word part = word;
  part.text += static_cast<std::uint32_t>(from);
  part.bytes -= static_cast<std::uint32_t>(from);
  part.chars = static_cast<std::uint16_t>(signs);
  part.box.x0 = x;
  part.blank_before = false;
  return part;
}
void end_at(Word& word, std::size_t bytes, std::size_t signs, float x) {
  word.bytes = static_cast<std::uint32_t>(bytes);
  word.chars = static_cast<std::uint16_t>(word.chars > signs ? word.chars - signs : 1);
  word.box.x1 = x;
}

class Placer {
 public:
  Placer(PageContent& page, Story& story)
      : page_(page), base_(static_cast<std::int32_t>(story.links.size())) {
    const auto rows =
        static_cast<std::size_t>(std::clamp(page.height / kLinkRow, 1.0F, 2000.0F)) + 1;
    by_row_.resize(rows);
    for (std::uint32_t i = 0; i < page.links.size(); ++i) {
      story.links.push_back(page.links[i].uri);
      const Box& box = page.links[i].box;
      for (std::size_t row = row_of(box.y0); row <= row_of(box.y1); ++row)
        by_row_[row].push_back(i);
    }
  }

  void place() {
    std::vector<Word> words;
    words.reserve(page_.words.size());
    for (const Word& each : page_.words) {
      Word word = each;
      const LinkArea* area = area_of(word);
      if (area == nullptr || word.right_to_left) {
        words.push_back(word);
        continue;
      }
      const Box box = page_.directions[word.direction].from_page(area->box);
      cut_opening(word, box, words);
      const std::size_t at = words.size();
      words.push_back(word);
      cut_closing(words[at], box, words);
    }
    page_.words = std::move(words);
  }

 private:
  std::size_t row_of(float y) const {
    return static_cast<std::size_t>(
        std::clamp(y / kLinkRow, 0.0F, static_cast<float>(by_row_.size() - 1)));
  }

  const LinkArea* area_of(Word& word) const {
    const Box box = page_.directions[word.direction].to_page(word.box);
    const LinkArea* found = nullptr;
    for (const std::uint32_t i : by_row_[row_of(box.center_y())]) {
      if (!page_.links[i].box.holds_center_of(box)) continue;
      word.link = base_ + static_cast<std::int32_t>(i);
      found = &page_.links[i];
    }
    return found;
  }

  void cut_opening(Word& word, const Box& area, std::vector<Word>& words) const {
    const std::string_view text = page_.text_of(word);
    if (area.x0 - word.box.x0 < kOutside * word.size || !is_opening(first_char(text))) return;
    std::size_t bytes = 0;
    next_char(text, bytes);
    if (bytes >= text.size()) return;
    const float x = std::min(word.box.x1, area.x0);
    Word sign = word;
    end_at(sign, bytes, static_cast<std::size_t>(word.chars) - 1, x);
    sign.link = -1;
    word = behind(word, bytes, static_cast<std::size_t>(word.chars) - 1, x);
    words.push_back(sign);
  }

  void cut_closing(Word& word, const Box& area, std::vector<Word>& words) const {
    if (word.box.x1 - area.x1 < kOutside * word.size) return;
    std::size_t signs = 0;
    const std::string_view text = page_.text_of(word);
    const std::size_t bytes = closing_bytes(text, signs);
    if (bytes == 0) return;
    const float x = std::max(word.box.x0, area.x1);
    Word sign = behind(word, text.size() - bytes, signs, x);
    sign.link = -1;
    end_at(word, text.size() - bytes, signs, x);
    words.push_back(sign);  // `word` is not used behind this
  }

  PageContent& page_;
  std::int32_t base_;
  std::vector<std::vector<std::uint32_t>> by_row_;
};

}  // namespace

void place_links(PageContent& page, Story& story) {
  if (page.links.empty()) return;
  Placer(page, story).place();
}

}  // namespace sluice::pdf
