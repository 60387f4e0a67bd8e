// SPDX-License-Identifier: Apache-2.0
#include "fonts.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <span>
#include <utility>

#include "letters.hpp"

namespace sluice::ocr {
namespace {

// From the lowest to the highest of a line, for scripts whose letters say nothing.
constexpr float kRow = 0.92F;
// Lines of one font differ by so much in what is measured of them.
constexpr float kSameSize = 0.12F;
// A word or two differ by more: "co" and "1" are read a pixel or two too high or too low.
constexpr float kSameSizeOfFew = 0.17F;
constexpr std::uint32_t kFewLetters = 12;
// One letter in so many of a run is too few to tell its size.
constexpr std::size_t kFewOfRun = 4;
// Heights of its line: words farther apart may have fonts of their own.
constexpr float kOtherRun = 2;
// Bold strokes of Times and Helvetica are 1.5 times as thick as plain ones; what is measured
// includes their hairlines. Plain lines differ by a tenth.
constexpr float kBold = 1.22F;
constexpr float kPlain = 1.15F;
// Where a line is partly bold: the bold part against the other.
constexpr float kBolder = 1.3F;
// Pixels: in a font as large, strokes of two pixels are not bold.
constexpr float kLeastThin = 34;
// A figure or a sign in a cell says little: its strokes may be a fifth thicker than those of
// words.
constexpr std::uint32_t kLeastLetters = 4;
constexpr std::uint32_t kLettersOfPart = 5;
// Small print has thicker strokes for its size than other text: with so many letters, a size has a
// weight of its own.
constexpr std::uint32_t kLettersOfWeight = 300;

// Something measured, of so many letters.
struct Measured {
  float value = 0;
  std::uint32_t letters = 0;
};

std::uint32_t letters_in(std::span<const Measured> all) {
  std::uint32_t letters = 0;
  for (const Measured& one : all) letters += one.letters;
  return letters;
}

// The middle letter's; 0 without any.
float median(std::vector<Measured> all) {
  std::sort(all.begin(), all.end(),
            [](const Measured& a, const Measured& b) { return a.value < b.value; });
  const std::uint32_t half = letters_in(all) / 2;
  std::uint32_t letters = 0;
  for (const Measured& one : all) {
    letters += one.letters;
    if (letters > half) return one.value;
  }
  return 0;
}

// Words of a line that stand together: [first, end).
struct Run {
  std::size_t first = 0;
  std::size_t end = 0;
  std::uint32_t letters = 0;
  float size = 0;
};

std::vector<Run> runs_of(const std::vector<ReadWord>& words) {
  std::vector<Run> runs;
  const ReadWord* before = nullptr;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const ReadWord& word = words[i];
    if (!is_wanted(word)) continue;
    const bool goes_on = before != nullptr && word.line == before->line &&
                         static_cast<float>(word.x0 - before->x1) < kOtherRun * word.row_height;
    if (!goes_on || word.turned != 0) runs.push_back({i, i, 0, 0});
    runs.back().end = i + 1;
    runs.back().letters += static_cast<std::uint32_t>(word.text.size());
    before = &word;
  }
  for (Run& run : runs) {
    // Each word counts once: one whose accent was not read is too high, however long it is.
    std::vector<float> sizes;
    std::vector<float> doubtful;
    std::size_t sure_letters = 0;
    std::size_t doubtful_letters = 0;
    float row = 0;
    for (std::size_t i = run.first; i < run.end; ++i) {
      if (!is_wanted(words[i])) continue;
      row = words[i].row_height;
      const float size = font_size_of(words[i]);
      if (size <= 0) continue;
      const bool is_sure = tells_size(words[i].text);
      (is_sure ? sizes : doubtful).push_back(size);
      (is_sure ? sure_letters : doubtful_letters) += words[i].text.size();
    }
    // A mark before an address in a line of its own says less than the address.
    if (sure_letters * kFewOfRun < doubtful_letters) {
      sizes.insert(sizes.end(), doubtful.begin(), doubtful.end());
    }
    std::sort(sizes.begin(), sizes.end());
    run.size = sizes.empty() ? row / kRow : sizes[(sizes.size() - 1) / 2];
  }
  return runs;
}

// The few sizes of a page: that of most letters, then that of most of the others, and so on.
class SizeClasses {
 public:
  explicit SizeClasses(const std::vector<Run>& runs) {
    std::vector<Measured> rest;
    for (const Run& run : runs) {
      if (run.size > 0) rest.push_back({run.size, run.letters});
    }
    std::sort(rest.begin(), rest.end(),
              [](const Measured& a, const Measured& b) { return a.value < b.value; });
    body_ = median(rest);
    if (body_ > 0) take(body_, rest);
    while (!rest.empty() && classes_.size() < kMaxClasses) take(fullest(rest), rest);
  }

  float body() const { return body_; }
  float of(const Run& run) const {
    float best = run.size;
    float least = run.letters < kFewLetters ? kSameSizeOfFew : kSameSize;
    for (const float one : classes_) {
      const float off = std::abs(run.size / one - 1);
      if (off > least) continue;
      least = off;
      best = one;
    }
    return best;
  }

 private:
  static constexpr std::size_t kMaxClasses = 24;

  // The size that most letters have, within what measuring makes of one. `sorted` is not empty.
  static float fullest(const std::vector<Measured>& sorted) {
    std::uint32_t most = 0;
    std::span<const Measured> best;
    std::size_t end = 0;
    std::uint32_t letters = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      while (end < sorted.size() && sorted[end].value <= sorted[i].value * (1 + kSameSize)) {
        letters += sorted[end++].letters;
      }
      if (letters > most) {
        most = letters;
        best = std::span(sorted).subspan(i, end - i);
      }
      letters -= sorted[i].letters;
    }
    return best.empty() ? sorted.front().value : median({best.begin(), best.end()});
  }

  void take(float size, std::vector<Measured>& rest) {
    classes_.push_back(size);
    std::erase_if(
        rest, [size](const Measured& one) { return std::abs(one.value / size - 1) <= kSameSize; });
  }

  float body_ = 0;
  std::vector<float> classes_;
};

// How thick the strokes of words are: a stroke has as many pixels at its edge as it is long, on
// both sides. Its area is counted in greys: a thin stroke is hardly two pixels wide.
class Strengths {
 public:
  explicit Strengths(const PageImage& page)
      : grey_(page.letters.get()),
        ink_(page.ink.get()),
        inner_(pixErodeBrick(nullptr, page.ink.get(), 3, 3)) {}

  // In pixels; 0 where there are none, or where they are too thin for letters of this size.
  float of(const ReadWord& word, float size) const {
    if (inner_ == nullptr) return 0;
    const Area box = {word.x0, word.y0, word.x1 - word.x0, word.y1 - word.y0};
    const int area = ink_in(ink_, box);
    const int inside = ink_in(inner_.get(), box);
    // One pixel and two have no inside alike.
    if (inside * 10 < area && size < kLeastThin) return 0;
    const int edge = area - inside;
    return edge > 0 ? 2 * darkness_in(box) / static_cast<float>(edge) : 0;
  }

 private:
  // In pixels that are as dark as its darkest one.
  float darkness_in(const Area& box) const {
    constexpr int kPaper = 245;
    const int x0 = std::max(0, box.x), x1 = std::min(pixGetWidth(grey_), box.x + box.width);
    const int y0 = std::max(0, box.y), y1 = std::min(pixGetHeight(grey_), box.y + box.height);
    std::uint64_t sum = 0;
    int darkest = 0;
    for (int y = y0; y < y1; ++y) {
      const l_uint32* line = pixGetData(grey_) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(grey_);
      for (int x = x0; x < x1; ++x) {
        const int dark = std::max(0, kPaper - static_cast<int>(GET_DATA_BYTE(line, x)));
        sum += static_cast<std::uint64_t>(dark);
        darkest = std::max(darkest, dark);
      }
    }
    return darkest > 0 ? static_cast<float>(sum) / static_cast<float>(darkest) : 0;
  }

  Pix* grey_;
  Pix* ink_;
  PixPtr inner_;
};

// Which words are bold: by the thickness of their strokes in parts of their size, against that of
// most words.
class Weights {
 public:
  Weights(const PageImage& page, const std::vector<ReadWord>& words, const std::vector<Run>& runs,
          PageFonts& fonts)
      : words_(words), fonts_(fonts), weights_(words.size()) {
    const Strengths strengths(page);
    std::vector<Measured> all;
    for (const Run& run : runs) {
      for (std::size_t i = run.first; i < run.end; ++i) {
        const ReadWord& word = words[i];
        if (!is_wanted(word) || word.turned != 0 || is_mostly_stems(word.text)) continue;
        if (!has_word_character(word.text)) continue;  // a bullet has no strokes
        const float weight = strengths.of(word, fonts.of_words[i].size) / fonts.of_words[i].size;
        if (!(weight > 0)) continue;
        weights_[i] = {weight, static_cast<std::uint32_t>(word.text.size())};
        all.push_back(weights_[i]);
      }
    }
    usual_ = median(all);
  }

  // The words of one line: [first, end).
  void mark_line(std::size_t first, std::size_t end) {
    // Words that are not wanted have no size.
    float size = 0;
    for (std::size_t i = first; i < end && size <= 0; ++i) size = fonts_.of_words[i].size;
    const float usual = usual_of(size);
    if (usual <= 0 || mark_parts(first, end, usual)) return;
    const std::vector<Measured> all = {weights_.begin() + static_cast<std::ptrdiff_t>(first),
                                       weights_.begin() + static_cast<std::ptrdiff_t>(end)};
    if (letters_in(all) >= kLeastLetters && median(all) > kBold * usual) mark(first, end);
  }

 private:
  void mark(std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end; ++i) fonts_.of_words[i].is_bold = true;
  }

  // Of words of this size, unless all of them are bold.
  float usual_of(float size) {
    const auto [entry, is_new] = usual_of_size_.try_emplace(size, usual_);
    if (is_new) entry->second = measured_usual_of(size);
    return entry->second;
  }

  float measured_usual_of(float size) const {
    std::vector<Measured> same;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (fonts_.of_words[i].size == size && weights_[i].letters > 0) same.push_back(weights_[i]);
    }
    if (letters_in(same) < kLettersOfWeight) return usual_;
    const float own = median(same);
    return own < kBold * usual_ ? own : usual_;
  }

  float mean(std::size_t first, std::size_t end, std::uint32_t& letters) const {
    float sum = 0;
    letters = 0;
    for (std::size_t i = first; i < end; ++i) {
      sum += weights_[i].value * static_cast<float>(weights_[i].letters);
      letters += weights_[i].letters;
    }
    return letters > 0 ? sum / static_cast<float>(letters) : 0;
  }

  // "Note: the pump is off": a line that begins or ends bold. True if it was one.
  bool mark_parts(std::size_t first, std::size_t end, float usual) {
    float widest = 0;
    std::size_t cut = end;
    bool begins_bold = false;
    for (std::size_t i = first + 1; i < end; ++i) {
      std::uint32_t letters_before = 0, letters_after = 0;
      const float before = mean(first, i, letters_before);
      const float after = mean(i, end, letters_after);
      if (std::min(letters_before, letters_after) < kLettersOfPart) continue;
      const float bold = std::max(before, after);
      const float plain = std::min(before, after);
      if (bold < kBold * usual || plain > kPlain * usual || bold < kBolder * plain) continue;
      const float apart = std::abs(before - after) * std::sqrt(static_cast<float>(letters_before) *
                                                               static_cast<float>(letters_after));
      if (apart <= widest) continue;
      widest = apart;
      cut = i;
      begins_bold = before > after;
    }
    if (cut == end) return false;
    begins_bold ? mark(first, cut) : mark(cut, end);
    return true;
  }

  const std::vector<ReadWord>& words_;
  PageFonts& fonts_;
  std::vector<Measured> weights_;  // without letters where they do not tell
  std::map<float, float> usual_of_size_;
  float usual_ = 0;
};

}  // namespace

PageFonts fonts_of(const PageImage& page, const std::vector<ReadWord>& words) {
  PageFonts fonts;
  fonts.of_words.resize(words.size());
  const std::vector<Run> runs = runs_of(words);
  const SizeClasses classes(runs);
  fonts.body = classes.body();
  for (const Run& run : runs) {
    const float size = classes.of(run);
    for (std::size_t i = run.first; i < run.end; ++i) fonts.of_words[i].size = size;
  }
  Weights weights(page, words, runs, fonts);
  for (std::size_t first = 0, end = 0; first < words.size(); first = end) {
    while (end < words.size() && words[end].line == words[first].line) ++end;
    weights.mark_line(first, end);
  }
  return fonts;
}

}  // namespace sluice::ocr
