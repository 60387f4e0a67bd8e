// SPDX-License-Identifier: Apache-2.0
#include "unread.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "letters.hpp"

namespace sluice::ocr {
namespace {

constexpr int kMaxMarks = 20'000;  // of a page; more are hatched or dithered areas
constexpr int kAround = 2;         // pixels around a word that are covered, too
constexpr float kLargest = 2;    // inches; frames and drawings are larger, and take long to look at
constexpr int kMostCovered = 3;  // one part in so many: the edge of a word, not a mark in it
// Heights of a line.
constexpr float kLowestMark = 0.3F;
constexpr float kHighestMark = 2.2F;
constexpr float kWidestMark = 4;
constexpr float kBlank = 0.7F;      // letters of a piece are no farther apart
constexpr float kLevel = 0.22F;     // lines of a row differ by so much
constexpr float kGapOfLine = 1.2F;  // a word in a line is no farther from its neighbours
// Pieces of a page: a bound for the time that they take. Figures of a table are narrow.
constexpr std::size_t kMaxPieces = 160;
constexpr int kMostPagesWide = 8;
// A lone letter is mistaken more often than a word.
constexpr float kSureWord = 60;
constexpr float kMoreForLetter = 15;
constexpr std::size_t kLettersOfSureWord = 2;
constexpr float kWithinWord = 0.25F;  // of its line's height
// What was read with less is read again by itself: "O" for 0.
constexpr float kReadAgain = 70;
// A column of figures, as the numbers of lines are, is read as one turned line of short words.
constexpr double kSureLine = 80;
constexpr double kLettersOfColumn = 3;

bool is_short(const ReadWord& word) {
  return word.text.size() < kLettersOfSureWord;
}

bool is_sure(const ReadWord& word) {
  return has_word_character(word.text) &&
         word.confidence >= kSureWord + (is_short(word) ? kMoreForLetter : 0);
}

bool is_same_place(const ReadWord& a, const ReadWord& b) {
  const int width = std::min(a.x1, b.x1) - std::max(a.x0, b.x0);
  const int height = std::min(a.y1, b.y1) - std::max(a.y0, b.y0);
  return width > 0 && height > 0;
}

bool has_figure(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

// A lone 0 is read as "O" with more confidence than as 0.
bool is_better(const ReadWord& word, const ReadWord& old) {
  return word.confidence > old.confidence && (has_figure(word.text) || !has_figure(old.text));
}

// In the line of the word that it replaces.
ReadWord in_place_of(const ReadWord& old, const ReadWord& found) {
  ReadWord word = old;
  word.text = found.text;
  word.confidence = found.confidence;
  word.x0 = found.x0;
  word.y0 = found.y0;
  word.x1 = found.x1;
  word.y1 = found.y1;
  return word;
}

float gap_between(const ReadWord& a, const ReadWord& b) {
  return static_cast<float>(std::max(a.x0, b.x0) - std::min(a.x1, b.x1));
}

// Of the words that it is level with.
std::optional<std::size_t> nearest_level(const ReadWord& word, const std::vector<ReadWord>& words) {
  std::optional<std::size_t> nearest;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const ReadWord& other = words[i];
    if (other.turned != 0 || !is_wanted(other)) continue;
    if (std::abs(other.baseline - word.baseline) > kLevel * other.row_height) continue;
    if (!nearest || gap_between(other, word) < gap_between(words[*nearest], word)) nearest = i;
  }
  return nearest;
}

// Between the words of the line that has this one.
std::size_t place_in_line(std::size_t at, int x0, const std::vector<ReadWord>& words) {
  const int line = words[at].line;
  while (at > 0 && words[at - 1].line == line && words[at - 1].x0 > x0) --at;
  while (at < words.size() && words[at].line == line && words[at].x0 <= x0) ++at;
  return at;
}

}  // namespace

float usual_row(const std::vector<ReadWord>& words) {
  std::vector<float> rows;
  for (const ReadWord& word : words) {
    if (is_wanted(word) && word.turned == 0) {
      rows.insert(rows.end(), std::min<std::size_t>(word.text.size(), 20), word.row_height);
    }
  }
  if (rows.empty()) return 0;
  const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 2);
  std::nth_element(rows.begin(), middle, rows.end());
  return *middle;
}

std::vector<bool> doubtful_words(const std::vector<ReadWord>& words) {
  std::vector<bool> doubtful(words.size(), false);
  for (std::size_t first = 0, end = 0; first < words.size(); first = end) {
    double letters = 0;
    double confidence = 0;
    while (end < words.size() && words[end].line == words[first].line) {
      const auto size = static_cast<double>(words[end].text.size());
      letters += size;
      confidence += size * static_cast<double>(words[end].confidence);
      ++end;
    }
    const bool is_column = words[first].turned != 0 && confidence < kSureLine * letters &&
                           letters <= kLettersOfColumn * static_cast<double>(end - first);
    for (std::size_t i = first; i < end; ++i) {
      doubtful[i] = is_column || (words[i].turned == 0 && words[i].confidence < kReadAgain);
    }
  }
  return doubtful;
}

std::vector<Area> unread_marks(const PageImage& page, const std::vector<ReadWord>& words,
                               const std::vector<bool>& doubtful) {
  std::vector<Area> unread;
  const Marks marks(page.ink.get());
  if (marks.count() > kMaxMarks) return unread;
  const PixPtr covered = kept(pixCreateTemplate(page.ink.get()));
  for (std::size_t i = 0; i < words.size(); ++i) {
    const ReadWord& word = words[i];
    if (!is_wanted(word) || (!doubtful.empty() && doubtful[i])) continue;
    pixRasterop(covered.get(), word.x0 - kAround, word.y0 - kAround,
                word.x1 - word.x0 + 2 * kAround, word.y1 - word.y0 + 2 * kAround, PIX_SET, nullptr,
                0, 0);
  }
  for (int i = 0; i < marks.count(); ++i) {
    const Stroke mark = marks.at(i);
    const Area area = {mark.x0, mark.y0, mark.x1 - mark.x0, mark.y1 - mark.y0};
    if (static_cast<float>(std::max(area.width, area.height)) > kLargest * page.dpi) continue;
    if (ink_in(covered.get(), area) * kMostCovered < area.width * area.height) {
      unread.push_back(area);
    }
  }
  return unread;
}

std::vector<Area> pieces_of(const std::vector<Area>& marks, float row, const PageImage& page) {
  std::vector<Area> pieces;
  const PixPtr boxes = kept(pixCreateTemplate(page.ink.get()));
  for (const Area& mark : marks) {
    const auto height = static_cast<float>(mark.height);
    if (height < kLowestMark * row || height > kHighestMark * row) continue;
    if (static_cast<float>(mark.width) > kWidestMark * row) continue;
    pixRasterop(boxes.get(), mark.x, mark.y, mark.width, mark.height, PIX_SET, nullptr, 0, 0);
  }
  const int blank = std::max(1, static_cast<int>(kBlank * row)) | 1;
  const PixPtr joined = kept(pixCloseSafeBrick(nullptr, boxes.get(), blank, 1));
  const Marks found(joined.get());
  int width = 0;
  for (int i = 0; i < found.count() && pieces.size() < kMaxPieces; ++i) {
    const Stroke piece = found.at(i);
    const int height = piece.y1 - piece.y0;
    if (static_cast<float>(height) > kHighestMark * row) continue;
    width += piece.x1 - piece.x0;
    if (width > kMostPagesWide * pixGetWidth(page.ink.get())) break;
    pieces.push_back({piece.x0, piece.y0, piece.x1 - piece.x0, height});
  }
  return pieces;
}

void insert_words(std::vector<PlacedWord> placed, std::vector<ReadWord>& words) {
  std::stable_sort(placed.begin(), placed.end(),
                   [](const PlacedWord& a, const PlacedWord& b) { return a.before < b.before; });
  std::vector<ReadWord> all;
  all.reserve(words.size() + placed.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i <= words.size(); ++i) {
    while (next < placed.size() && placed[next].before == i) {
      all.push_back(std::move(placed[next++].word));
    }
    if (i < words.size()) all.push_back(std::move(words[i]));
  }
  words = std::move(all);
}

void choose_surer(std::vector<ReadWord>& found, const std::vector<bool>& doubtful,
                  std::vector<ReadWord>& words) {
  std::erase_if(found, [](const ReadWord& word) { return !is_sure(word); });
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!doubtful[i]) continue;
    std::erase_if(found, [&](const ReadWord& word) {
      return is_same_place(words[i], word) && !is_better(word, words[i]);
    });
  }
  std::vector<bool> is_placed(found.size(), false);
  std::vector<ReadWord> all;
  for (std::size_t i = 0; i < words.size(); ++i) {
    bool is_beaten = false;
    for (std::size_t k = 0; doubtful[i] && k < found.size(); ++k) {
      if (!is_same_place(words[i], found[k])) continue;
      is_beaten = true;
      if (is_placed[k] || words[i].turned != 0) continue;
      is_placed[k] = true;
      all.push_back(in_place_of(words[i], found[k]));
    }
    if (!is_beaten) all.push_back(std::move(words[i]));
  }
  words = std::move(all);
  std::size_t k = 0;
  std::erase_if(found, [&](const ReadWord&) { return is_placed[k++]; });
}

void add_words(std::vector<ReadWord> found, std::vector<ReadWord>& words) {
  std::vector<PlacedWord> placed;
  int last = 0;
  for (const ReadWord& word : words) last = std::max(last, word.line);
  int line_of_piece = -1;
  for (ReadWord& word : found) {
    const float size = font_size_of(word);
    if (size > 0) word.baseline = static_cast<float>(word.y1) - lowest_of(word.text) * size;
    if (word.line != line_of_piece) ++last;
    line_of_piece = word.line;
    word.line = last;
    std::size_t place = words.size();
    if (const auto beside = nearest_level(word, words)) {
      const ReadWord& other = words[*beside];
      // A part of that word, whose box is too narrow.
      if (is_short(word) && gap_between(other, word) < kWithinWord * other.row_height) continue;
      word.baseline = other.baseline;
      word.in_cell = other.in_cell;
      if (gap_between(other, word) < kGapOfLine * other.row_height) {
        word.line = other.line;
        place = place_in_line(*beside, word.x0, words);
      }
    }
    placed.push_back({place, std::move(word)});
  }
  insert_words(std::move(placed), words);
}

}  // namespace sluice::ocr
