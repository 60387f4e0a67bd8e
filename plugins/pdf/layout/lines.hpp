// SPDX-License-Identifier: Apache-2.0
//
// Words that stand beside each other to a line of text: blanks between them, raised and lowered
// ones marked, right-to-left runs in logical order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "../story.hpp"

namespace sluice::pdf {

class LineMaker {
 public:
  LineMaker(const PageContent& page, const std::vector<Face>& faces, Story& story)
      : page_(page), faces_(faces), story_(story) {}

  // Adds a line to the story; `words`: indices into the page's words, by x.
  std::uint32_t make(const std::vector<std::uint32_t>& words);

 private:
  struct Main {
    float size = 0;
    float baseline = 0;
    std::uint16_t face = 0;
  };
  Main main_of(const std::vector<std::uint32_t>& words) const;
  // A word in reading order, or a part of one.
  struct Part {
    const Word* word;
    std::string text;
    bool turned = false;  // runs from right to left
    bool joined = false;  // no blank before it
  };
  void order(const std::vector<std::uint32_t>& words);
  void order_right_to_left(const std::vector<std::uint32_t>& words);
  void add_run(const std::vector<std::uint32_t>& words, std::size_t from, std::size_t end);
  void mirror_brackets();
  bool is_blank_before(const Part& part, const Part& before) const;
  bool is_blank_between(const Word& before, const Word& next) const;
  Shift shift_of(const Word& word, const Main& main) const;
  void add_span(const Word& word, std::string_view text, Shift shift, bool blank, Line& line);
  void note_looks(const std::vector<std::uint32_t>& words, Line& line) const;

  const PageContent& page_;
  const std::vector<Face>& faces_;
  Story& story_;
  std::vector<Part> parts_;
  bool mirrored_ = true;  // how brackets were drawn in the last line that tells
};

}  // namespace sluice::pdf
