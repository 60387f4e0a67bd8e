// SPDX-License-Identifier: Apache-2.0
#include "page_words.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include "pdf/page/unicode.hpp"

namespace sluice::ocr {
namespace {

// Parts of a font's size, between those of Times and of Helvetica: the small letters, the letters
// that rise, what hangs below the line.
constexpr float kSmall = 0.49F;
constexpr float kRising = 0.70F;
constexpr float kHanging = 0.21F;
// From the lowest to the highest of a line, for scripts whose letters say nothing.
constexpr float kRow = 0.92F;
// Lines of one font differ by so much in what is measured of them.
constexpr float kSameSize = 0.12F;
// What is recognized with less is dust, a drawing's edge or a picture's pattern.
constexpr float kLeastConfidence = 15;
constexpr float kLeastConfidenceOfSigns = 60;
constexpr std::size_t kMaxChars = 0xffff;

struct Reach {
  float above = 0;
  float below = 0;
};

// How far a letter reaches above and below its line.
Reach reach_of(char32_t c) {
  constexpr std::u32string_view kLow = U"acemnorsuvwxz";
  constexpr std::u32string_view kHung = U"gpqy";
  constexpr std::u32string_view kBoth = U"j()[]{}|/";
  if (kLow.find(c) != std::u32string_view::npos) return {kSmall, 0};
  if (kHung.find(c) != std::u32string_view::npos) return {kSmall, kHanging};
  if (kBoth.find(c) != std::u32string_view::npos) return {kRising, kHanging};
  if (c == 't' || c == 'i') return {0.64F, 0};
  if (c >= '0' && c <= '9') return {kRising, 0};
  if (c == ',' || c == ';') return {0.1F, 0.13F};
  if (c < 0x80) return pdf::is_letter(c) ? Reach{kRising, 0} : Reach{};
  // With an accent or of another alphabet: as high as a capital.
  return pdf::is_letter(c) && c < 0x590 ? Reach{kRising, 0} : Reach{};
}

// How far its letters hang below their line.
float lowest_of(std::string_view text) {
  float below = 0;
  for (std::size_t at = 0; at < text.size();) {
    below = std::max(below, reach_of(pdf::next_char(text, at)).below);
  }
  return below;
}

// "14,111", "Ill": stems look thicker than the curves of other letters.
bool is_mostly_stems(std::string_view text) {
  const auto stems = std::count_if(text.begin(), text.end(), [](char c) {
    return c == '1' || c == 'I' || c == 'l' || c == '|' || c == 'i';
  });
  return static_cast<std::size_t>(stems) * 2 > text.size();
}

bool has_word_character(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = pdf::next_char(text, at);
    if (pdf::is_letter(c) || pdf::digit_of(c) >= 0) return true;
  }
  return false;
}

bool is_wanted(const ReadWord& word) {
  return word.confidence >=
         (has_word_character(word.text) ? kLeastConfidence : kLeastConfidenceOfSigns);
}

float median(std::vector<float>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// The font's size in pixels for each line.
std::map<int, float> line_sizes(const std::vector<ReadWord>& words) {
  std::map<int, std::vector<float>> found;
  std::map<int, float> rows;
  for (const ReadWord& word : words) {
    if (!is_wanted(word)) continue;
    rows[word.line] = word.row_height;
    const float size = font_size_of(word);
    if (size > 0) found[word.line].push_back(size);
  }
  std::map<int, float> sizes;
  for (const auto& [line, height] : rows) {
    const auto values = found.find(line);
    sizes[line] = values != found.end() ? median(values->second) : height / kRow;
  }
  return sizes;
}

// Lines whose sizes differ by no more than measuring does get the same one: the size of most text,
// and each group of others.
class SizeClasses {
 public:
  SizeClasses(const std::vector<ReadWord>& words, const std::map<int, float>& sizes) {
    std::vector<float> all;
    for (const ReadWord& word : words) {
      if (is_wanted(word)) all.insert(all.end(), word.text.size(), sizes.at(word.line));
    }
    if (all.empty()) return;
    body_ = median(all);
    std::sort(all.begin(), all.end());
    std::vector<float> group;
    for (const float size : all) {
      if (!group.empty() && size > group.front() * (1 + kSameSize)) close(group);
      if (std::abs(size / body_ - 1) > kSameSize) group.push_back(size);
    }
    close(group);
    classes_.push_back(body_);
  }

  float body() const { return body_; }
  float of(float size) const {
    float best = size;
    float least = kSameSize;
    for (const float one : classes_) {
      const float off = std::abs(size / one - 1);
      if (off > least) continue;
      least = off;
      best = one;
    }
    return best;
  }

 private:
  // A group's size is that of most of its text.
  void close(std::vector<float>& group) {
    if (!group.empty()) classes_.push_back(median(group));
    group.clear();
  }

  float body_ = 0;
  std::vector<float> classes_;
};

// How thick the strokes of words are, in parts of their lines' sizes: a stroke has as many pixels
// at its edge as it is long, on both sides.
class Weights {
 public:
  Weights(const PageImage& page, const std::vector<ReadWord>& words,
          const std::map<int, float>& sizes)
      : inner_(pixErodeBrick(nullptr, page.ink.get(), 3, 3)) {
    std::vector<float> all;
    std::map<int, std::vector<float>> lines;
    for (const ReadWord& word : words) {
      if (!is_wanted(word) || word.turned != 0 || is_mostly_stems(word.text)) continue;
      const float weight = thickness(page.ink.get(), word) / sizes.at(word.line);
      if (!(weight > 0)) continue;
      lines[word.line].insert(lines[word.line].end(), word.text.size(), weight);
      all.insert(all.end(), word.text.size(), weight);
    }
    if (all.empty()) return;
    const float usual = median(all);
    for (auto& [line, weights] : lines) {
      if (weights.size() >= kLeastLetters && median(weights) > kBold * usual) bold_.insert(line);
    }
  }

  bool is_bold(int line) const { return bold_.contains(line); }

 private:
  // Bold strokes of Times and Helvetica are 1.5 times as thick as plain ones; what is measured
  // includes their hairlines. Plain lines differ by a tenth.
  static constexpr float kBold = 1.22F;
  // A figure or a sign in a cell says little: its strokes may be a fifth thicker than those of
  // words.
  static constexpr std::size_t kLeastLetters = 4;

  // 0 where strokes are too thin to be distinguished.
  float thickness(Pix* ink, const ReadWord& word) const {
    if (inner_ == nullptr) return 0;
    Box* box = boxCreate(word.x0, word.y0, word.x1 - word.x0, word.y1 - word.y0);
    const PixPtr whole(pixClipRectangle(ink, box, nullptr));
    const PixPtr inner(pixClipRectangle(inner_.get(), box, nullptr));
    boxDestroy(&box);
    l_int32 area = 0;
    l_int32 inside = 0;
    if (whole == nullptr || inner == nullptr) return 0;
    pixCountPixels(whole.get(), &area, nullptr);
    pixCountPixels(inner.get(), &inside, nullptr);
    // Two pixels have no inside.
    if (inside * 10 < area) return 0;
    return 2 * static_cast<float>(area) / static_cast<float>(area - inside);
  }

  PixPtr inner_;
  std::set<int> bold_;
};

void add_strokes(const PageImage& page, float scale, pdf::PageContent& content) {
  for (const Stroke& stroke : page.strokes) {
    content.rules.push_back({static_cast<float>(stroke.x0) * scale,
                             static_cast<float>(stroke.y0) * scale,
                             static_cast<float>(stroke.x1) * scale,
                             static_cast<float>(stroke.y1) * scale, stroke.is_horizontal});
  }
}

// A solid disc or square, as a bullet is: tesseract reads "e", "*" or "o" there.
bool is_solid_mark(Pix* ink, const ReadWord& word) {
  constexpr float kLeastHeight = 0.15F;  // of the line's; a full stop has less
  constexpr float kMostHeight = 0.6F;
  constexpr float kSquare = 0.75F;  // its shorter side, of the longer one
  constexpr float kSolid = 0.7F;    // a disc fills 0.785 of its box, an "e" half of it
  Box* box = boxCreate(word.x0, word.y0, word.x1 - word.x0, word.y1 - word.y0);
  const PixPtr clip(pixClipRectangle(ink, box, nullptr));
  boxDestroy(&box);
  Pix* tight = nullptr;
  if (clip == nullptr || pixClipToForeground(clip.get(), &tight, nullptr) != 0) return false;
  const PixPtr mark(tight);
  if (mark == nullptr) return false;
  const auto width = static_cast<float>(pixGetWidth(mark.get()));
  const auto height = static_cast<float>(pixGetHeight(mark.get()));
  if (height < kLeastHeight * word.row_height || height > kMostHeight * word.row_height)
    return false;
  if (std::min(width, height) < kSquare * std::max(width, height)) return false;
  l_int32 count = 0;
  pixCountPixels(mark.get(), &count, nullptr);
  return static_cast<float>(count) >= kSolid * width * height;
}

void mark_bullets(Pix* ink, std::vector<ReadWord>& words) {
  constexpr float kCertain = 100;
  int line = -1;
  for (ReadWord& word : words) {
    const bool is_first = word.line != line;
    line = word.line;
    std::size_t end = 0;
    pdf::next_char(word.text, end);
    if (!is_first || word.turned != 0 || end != word.text.size()) continue;
    if (!is_solid_mark(ink, word)) continue;
    word.text = "\u2022";
    word.confidence = kCertain;
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
  for (auto& [line, values] : found) baselines[line] = median(values);
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

float font_size_of(const ReadWord& word) {
  float above = 0;
  float below = 0;
  for (std::size_t at = 0; at < word.text.size();) {
    const Reach reach = reach_of(pdf::next_char(word.text, at));
    above = std::max(above, reach.above);
    below = std::max(below, reach.below);
  }
  if (above < kSmall) return 0;
  const int height = word.turned % 2 == 0 ? word.y1 - word.y0 : word.x1 - word.x0;
  return static_cast<float>(height) / (above + below);
}

pdf::PageContent page_content(const PageImage& page, const Reading& reading, int number) {
  pdf::PageContent content;
  content.number = number;
  std::vector<ReadWord> words = parted(reading.words);
  mark_bullets(page.ink.get(), words);
  level_cells(words);
  const std::map<int, float> sizes = line_sizes(words);
  const SizeClasses classes(words, sizes);
  const float scale = points_per_pixel(page, classes.body());
  content.width = static_cast<float>(pixGetWidth(page.grey.get())) * scale;
  content.height = static_cast<float>(pixGetHeight(page.grey.get())) * scale;
  const Weights weights(page, words, sizes);
  int line = -1;
  for (const ReadWord& read : words) {
    if (!is_wanted(read)) continue;
    add_word(read, classes.of(sizes.at(read.line)) * scale, scale, content);
    content.words.back().blank_before = read.line == line;
    if (weights.is_bold(read.line)) content.words.back().face = kBoldFace;
    line = read.line;
  }
  if (content.directions.empty()) content.directions.push_back(pdf::quarter_direction(0));
  add_strokes(page, scale, content);
  return content;
}

}  // namespace sluice::ocr
