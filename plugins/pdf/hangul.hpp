// SPDX-License-Identifier: Apache-2.0
//
// Korean has blanks between words, but many of its documents break a word wherever a line is full.
// Whether a document does, and where, its own lines tell: how often each syllable ends or begins a
// word in the middle of a line.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "story.hpp"

namespace sluice::pdf {

class HangulBreaks {
 public:
  // Learns the syllables and words of the document. `story` is not kept.
  explicit HangulBreaks(const Story& story);
  // Whether the document is in Korean and breaks words; if not, no word goes on.
  bool breaks_words() const { return breaks_words_; }
  // Whether a word goes on from the end of one line to the begin of the next. False where either is
  // not in Hangul, and in documents that break their lines between words.
  bool is_within_word(std::string_view before, std::string_view next) const;

 private:
  // How often something holds of a syllable, or of a pair of them, and how often it does not.
  struct Count {
    std::uint32_t apart = 0;  // a blank is between
    std::uint32_t joined = 0;
  };
  void learn_line(std::string_view text);
  bool has_broken_words(const Story& story) const;
  double blank_odds(char32_t before, char32_t next) const;
  double odds_of(const std::unordered_map<char32_t, Count>& counts, char32_t syllable) const;
  bool is_word(std::string_view before, std::string_view next) const;

  std::unordered_map<char32_t, Count> behind_;  // by the syllable before the place
  std::unordered_map<char32_t, Count> ahead_;   // by the syllable behind it
  std::unordered_set<std::uint64_t> words_;     // hashes
  Count all_;
  double usual_ = 0;  // odds of a blank, whatever the syllables
  bool breaks_words_ = false;
};

}  // namespace sluice::pdf
