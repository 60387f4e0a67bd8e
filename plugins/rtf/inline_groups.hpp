// SPDX-License-Identifier: Apache-2.0
//
// Groups within a paragraph that are read as a whole: instructions of fields, numbers of before
// Word 97, and formulas. Each function begins behind the word that opens the group and takes the
// group's end.
#pragma once

#include <string>

#include "rtf/header_tables.hpp"
#include "rtf/lexer.hpp"
#include "rtf/model.hpp"

namespace sluice::rtf {

struct Instruction {
  std::string text;
  std::string form;  // what a form's box or menu shows, which has no result
};
Instruction read_instruction(Lexer& lexer, ByteDecoder& decoder, CodePage page);

OldNumber read_old_number(Lexer& lexer, HeaderReader& header);

// The TeX of a formula: `\moMath` holds the elements of Office Math as control words ("Math").
std::string read_math(Lexer& lexer, ByteDecoder& decoder, CodePage page);

}  // namespace sluice::rtf
