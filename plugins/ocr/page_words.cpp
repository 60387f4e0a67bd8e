// SPDX-License-Identifier: Apache-2.0
#include "page_words.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "bullets.hpp"
#include "fonts.hpp"
#include "letters.hpp"
#include "pdf/page/unicode.hpp"

namespace sluice::ocr {
namespace {

constexpr std::size_t kMaxChars = 0xffff;

void add_strokes(const PageImage& page, float scale, pdf::PageContent& content) {
  for (const Stroke& stroke : page.strokes) {
    content.rules.push_back({static_cast<float>(stroke.x0) * scale,
                             static_cast<float>(stroke.y0) * scale,
                             static_cast<float>(stroke.x1) * scale,
                             static_cast<float>(stroke.y1) * scale, stroke.is_horizontal});
  }
}

// Recognition guesses how high a word is, too, and now and then includes the blank below its line:
// its font would seem half as large again.
void fit_to_ink(Pix* ink, std::vector<ReadWord>& words) {
  for (ReadWord& word : words) {
    if (word.turned != 0) continue;
    Box* box = boxCreate(word.x0, word.y0, word.x1 - word.x0, word.y1 - word.y0);
    Box* tight = nullptr;
    l_int32 y = 0;
    l_int32 height = 0;
    if (box != nullptr && pixClipBoxToForeground(ink, box, nullptr, &tight) == 0 &&
        boxGetGeometry(tight, nullptr, &y, nullptr, &height) == 0) {
      word.y0 = y;
      word.y1 = y + height;
    }
    boxDestroy(&box);
    boxDestroy(&tight);
  }
}

// Recognition fits a baseline to the few letters of a cell, and misses it by a third of their
// height. Rows of a table are found by their common baseline, so it is taken from the letters.
void level_cells(std::vector<ReadWord>& words) {
  std::map<int, std::vector<float>> found;
  for (const ReadWord& word : words) {
    const float size = font_size_of(word);
    if (!word.in_cell || word.turned != 0 || size <= 0) continue;
    found[word.line].push_back(static_cast<float>(word.y1) - lowest_of(word.text) * size);
  }
  std::map<int, float> baselines;
  for (auto& [line, values] : found) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    baselines[line] = *middle;
  }
  for (ReadWord& word : words) {
    const auto baseline = baselines.find(word.line);
    if (baseline != baselines.end()) word.baseline = baseline->second;
  }
}

// A picture without a resolution: its text is assumed to have 11 points, as most text does.
float points_per_pixel(const PageImage& page, float body) {
  constexpr float kUsualSize = 11;
  if (page.dpi_is_known || body <= 0) return 72 / page.dpi;
  return kUsualSize / body;
}

// Recognition finds letters, and guesses where they end: boxes of words of one line may overlap,
// most often at its end. Where a word begins is right more often than where one ends.
std::vector<ReadWord> parted(std::vector<ReadWord> words) {
  constexpr float kLeastGap = 0.15F;  // of the line's height
  for (std::size_t i = 1; i < words.size(); ++i) {
    ReadWord& before = words[i - 1];
    const ReadWord& word = words[i];
    const bool is_level = before.turned == 0 && word.turned == 0 && before.line == word.line;
    if (!is_level || word.x0 > before.x1 || word.x0 <= before.x0) continue;
    const auto gap = static_cast<int>(kLeastGap * word.row_height);
    before.x1 = std::max(before.x0 + 1, word.x0 - std::max(1, gap));
  }
  return words;
}

// The letters of a word; those that run to the left in the order in which they are seen.
void add_text(std::string_view text, pdf::Word& word, std::string& out) {
  std::u32string letters;
  for (std::size_t at = 0; at < text.size();) letters += pdf::next_char(text, at);
  word.right_to_left = std::any_of(letters.begin(), letters.end(), pdf::is_right_to_left);
  if (word.right_to_left) std::reverse(letters.begin(), letters.end());
  word.text = static_cast<std::uint32_t>(out.size());
  for (const char32_t c : letters) pdf::append_utf8(out, c);
  word.bytes = static_cast<std::uint32_t>(out.size()) - word.text;
  word.chars = static_cast<std::uint16_t>(std::min(letters.size(), kMaxChars));
}

void add_word(const ReadWord& read, float size, float scale, pdf::PageContent& content) {
  pdf::Word word;
  word.size = size;
  word.direction = pdf::direction_index(read.turned, content.directions);
  pdf::Direction& direction = content.directions[word.direction];
  const pdf::Box seen = direction.from_page(
      {static_cast<float>(read.x0) * scale, static_cast<float>(read.y0) * scale,
       static_cast<float>(read.x1) * scale, static_cast<float>(read.y1) * scale});
  word.baseline = read.turned == 0 ? read.baseline * scale : seen.y1;
  // As high as the font is, and not as its letters happen to be.
  word.box = {seen.x0, word.baseline - 0.75F * size, seen.x1, word.baseline + 0.22F * size};
  add_text(read.text, word, content.text);
  direction.chars += word.chars;
  content.words.push_back(word);
}

}  // namespace

std::vector<pdf::Face> recognized_faces() {
  std::vector<pdf::Face> faces(2);
  faces[kBoldFace].bold = true;
  return faces;
}

pdf::PageContent page_content(const PageImage& page, const Reading& reading, int number) {
  pdf::PageContent content;
  content.number = number;
  std::vector<ReadWord> words = parted(reading.words);
  mark_bullets(page.ink.get(), words);
  fit_to_ink(page.ink.get(), words);
  level_cells(words);
  const PageFonts fonts = fonts_of(page, words);
  const float scale = points_per_pixel(page, fonts.body);
  content.width = static_cast<float>(pixGetWidth(page.grey.get())) * scale;
  content.height = static_cast<float>(pixGetHeight(page.grey.get())) * scale;
  int line = -1;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_wanted(words[i])) continue;
    add_word(words[i], fonts.of_words[i].size * scale, scale, content);
    content.words.back().blank_before = words[i].line == line;
    if (fonts.of_words[i].is_bold) content.words.back().face = kBoldFace;
    line = words[i].line;
  }
  if (content.directions.empty()) content.directions.push_back(pdf::quarter_direction(0));
  add_strokes(page, scale, content);
  return content;
}

}  // namespace sluice::ocr
