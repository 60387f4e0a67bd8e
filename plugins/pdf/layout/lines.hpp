// SPDX-License-Identifier: Apache-2.0
//
// Words that stand beside each other to a line of text: blanks between them, raised and lowered
// ones marked, right-to-left text in logical order.
#pragma once

#include <cstdint>
#include <vector>

#include "../story.hpp"
#include "logical_order.hpp"

namespace sluice::pdf {

class LineMaker {
 public:
  LineMaker(const PageContent& page, const std::vector<Face>& faces, Story& story)
      : page_(page), faces_(faces), story_(story) {}

  // Adds a line to the story; `words`: indices into the page's words, by x. On a
  // right-to-left page their boxes are mirrored.
  std::uint32_t make(const std::vector<std::uint32_t>& words);

 private:
  struct Main {
    float size = 0;
    float baseline = 0;
    std::uint16_t face = 0;
  };
  Main main_of(const std::vector<std::uint32_t>& words) const;
  bool is_blank_between(const Word& before, const Word& next) const;
  bool is_blank_beside(const Word& left, const Word& right) const;
  Shift shift_of(const Word& word, const Main& main) const;
  void add_text(std::string_view text, const Word& word, Shift shift, Line& line);
  void add_blank(const Line& line);
  std::size_t blanks_of_code(const Word& before, const Word& next, const Line& line) const;
  void add_words(const Main& main, Line& line);
  void add_words_in_logical_order(const Main& main, bool right_to_left, Line& line);
  void note_place(const std::vector<std::uint32_t>& words, Line& line) const;
  void note_looks(const std::vector<std::uint32_t>& words, Line& line) const;

  const PageContent& page_;
  const std::vector<Face>& faces_;
  Story& story_;
  std::vector<std::uint32_t> seen_;  // words of a line as they look, from left to right
  LogicalOrder logical_;
};

}  // namespace sluice::pdf
