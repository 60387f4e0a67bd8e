// SPDX-License-Identifier: Apache-2.0
//
// Characters of symbol fonts, which stand in the Private Use Area (or in ASCII) and mean nothing
// without their font.
#pragma once

#include <string>
#include <string_view>

#include "looks.hpp"

namespace sluice::docx {

// The Unicode character for a code of `font`, with or without 0xF000 added. 0 if there is none.
// Symbol: Adobe's Symbol encoding; Wingdings: Unicode's mapping tables for WGL.
char32_t character_of(SymbolFont font, char32_t code);

// The font of a w:sym by its name.
SymbolFont symbol_font_named(std::string_view name);

// `text` of a run in a symbol font, with its private characters replaced.
std::string without_private_characters(std::string_view text, SymbolFont font);

}  // namespace sluice::docx
