// SPDX-License-Identifier: Apache-2.0
//
// Fields (ECMA-376, part 1, 17.16): an instruction and its last result, spread over runs and
// paragraphs, one within the other.
#pragma once

#include <cstdint>
#include <sluice/xml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::docx {

// What an instruction asks for, as far as Markdown has it.
struct Field {
  enum class Kind : std::uint8_t {
    kResult,         // show the result
    kLink,           // HYPERLINK: a link around the result
    kReference,      // REF, PAGEREF, NOTEREF with \h: a link to a bookmark
    kPageReference,  // PAGEREF
    kSymbol,         // SYMBOL: a character instead of the result
  };
  Kind kind = Kind::kResult;
  std::string url;       // kLink; with its fragment
  std::string bookmark;  // kReference, kPageReference; of a kLink within the document
  std::string title;
  std::string text;  // kSymbol
};
Field parse_field(std::string_view instruction);

// The fields that are open at a place of the document.
class FieldStack {
 public:
  struct Open {
    bool in_result = false;
    std::string instruction;
    bool is_link = false;
    bool is_hidden = false;  // its result is not shown
  };

  // Too many fields within each other are counted only.
  void begin();
  // The instruction is complete; null if no field is open.
  Open* separate();
  // Ends the innermost field and gives it back.
  Open end();
  void add_instruction(std::string_view text);
  // Ends fields whose instruction is not complete at the end of a paragraph: their end is missing,
  // and the text behind them must not go missing too. Returns how many.
  std::size_t end_unfinished();

  bool is_empty() const { return open_.empty(); }
  // Whether text at this place is part of an instruction, or of a result that is not shown.
  bool hides() const { return hiding_ > 0; }
  void hide_result(Open& field);

 private:
  static constexpr std::size_t kMaxDepth = 64;
  std::vector<Open> open_;
  std::size_t beyond_ = 0;
  std::size_t hiding_ = 0;
};

}  // namespace sluice::docx
