// SPDX-License-Identifier: Apache-2.0
#include "hangul.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "page/unicode.hpp"

namespace sluice::pdf {
namespace {

constexpr std::uint32_t kLeastBlanks = 20;  // from which syllables are learned
constexpr std::uint32_t kSeen = 2;          // as if each syllable had been seen so often
// Odds of a blank, as natural logarithms: a word is broken for certain, or more likely than not.
// Of the blanks of a report, one in forty is as unlikely as the first.
constexpr double kCertain = -3;
constexpr double kLikely = -1.5;
constexpr std::uint32_t kLeastBroken = 3;  // words that are broken for certain
constexpr std::uint32_t kShareBroken = 7;  // or one in so many ends of lines
constexpr std::size_t kLongestWord = 60;   // bytes

// Whether a syllable may be in it: bytes that begin one in UTF-8.
bool may_have_hangul(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0xEA && static_cast<unsigned char>(c) <= 0xED;
  });
}

// The syllables at the end of the text, and at its begin.
std::string_view last_syllables(std::string_view text) {
  std::size_t from = text.size();
  while (from >= 3 && is_hangul(last_char(text.substr(0, from)))) from -= 3;
  return text.substr(from);
}
std::string_view first_syllables(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_hangul(first_char(text.substr(end)))) end += 3;
  return text.substr(0, end);
}

std::uint64_t hash(std::string_view word) {
  return std::hash<std::string_view>()(word);
}

}  // namespace

HangulBreaks::HangulBreaks(const Story& story) {
  if (!may_have_hangul(story.text)) return;
  for (const Line& line : story.lines) learn_line(story.text_of(line));
  if (all_.apart < kLeastBlanks || all_.joined < kLeastBlanks) return;
  usual_ = std::log(static_cast<double>(all_.apart) / all_.joined);
  breaks_words_ = has_broken_words(story);
}

void HangulBreaks::learn_line(std::string_view text) {
  char32_t before = 0;
  bool blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (c == ' ') {
      blank = true;
      continue;
    }
    if (is_hangul(before) && is_hangul(c)) {
      for (Count* count : {&behind_[before], &ahead_[c], &all_}) {
        ++(blank ? count->apart : count->joined);
      }
    }
    before = c;
    blank = false;
  }
  // The first word of a line may be the rest of one, and the last the begin of one.
  const std::size_t last = text.rfind(' ');
  for (std::size_t from = text.find(' '); from < last;) {
    const std::size_t end = text.find(' ', from + 1);
    const std::string_view word = first_syllables(text.substr(from + 1, end - from - 1));
    if (!word.empty() && word.size() <= kLongestWord) words_.insert(hash(word));
    from = end;
  }
}

// The logarithm of how much likelier a blank is at this syllable than elsewhere.
double HangulBreaks::odds_of(const std::unordered_map<char32_t, Count>& counts,
                             char32_t syllable) const {
  const auto found = counts.find(syllable);
  const Count count = found == counts.end() ? Count() : found->second;
  const double share = static_cast<double>(all_.apart) / (all_.apart + all_.joined);
  return std::log((count.apart + kSeen * share) / (count.joined + kSeen * (1 - share))) - usual_;
}

double HangulBreaks::blank_odds(char32_t before, char32_t next) const {
  return odds_of(behind_, before) + odds_of(ahead_, next) + usual_;
}

bool HangulBreaks::is_word(std::string_view before, std::string_view next) const {
  const std::string_view left = last_syllables(before);
  const std::string_view right = first_syllables(next);
  if (left.size() + right.size() > kLongestWord) return false;
  return words_.contains(hash(std::string(left).append(right)));
}

bool HangulBreaks::has_broken_words(const Story& story) const {
  std::uint32_t ends = 0;
  std::uint32_t broken = 0;
  for (std::size_t i = 1; i < story.lines.size(); ++i) {
    const Line& before = story.lines[i - 1];
    const Line& line = story.lines[i];
    if (before.column != line.column || before.page != line.page) continue;
    const char32_t last = last_char(story.text_of(before));
    const char32_t first = first_char(story.text_of(line));
    if (!is_hangul(last) || !is_hangul(first)) continue;
    ++ends;
    if (blank_odds(last, first) < kCertain) ++broken;
  }
  return broken >= kLeastBroken && broken * kShareBroken >= ends;
}

bool HangulBreaks::is_within_word(std::string_view before, std::string_view next) const {
  if (!breaks_words_) return false;
  const char32_t last = last_char(before);
  const char32_t first = first_char(next);
  if (!is_hangul(last) || !is_hangul(first)) return false;
  return blank_odds(last, first) < kLikely || is_word(before, next);
}

}  // namespace sluice::pdf
