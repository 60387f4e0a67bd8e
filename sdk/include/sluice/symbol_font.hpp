// SPDX-License-Identifier: Apache-2.0
//
// Characters of symbol fonts in Office documents, which stand in the Private Use Area (or in ASCII)
// and mean nothing without their font.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

enum class SymbolFont : std::uint8_t { kNone, kSymbol, kWingdings, kWingdings2 };

// The Unicode character for a code of `font`, with or without 0xF000 added. 0 if there is none.
// Symbol: Adobe's Symbol encoding; Wingdings: Unicode's mapping tables for WGL.
char32_t symbol_character(SymbolFont font, char32_t code);

// The symbol font of this name, without regard to case; kNone for all others.
SymbolFont symbol_font_named(std::string_view name);

// UTF-8 text of a run in a symbol font, with its private characters replaced; those that stand for
// nothing known are left out.
std::string without_private_characters(std::string_view text, SymbolFont font);

}  // namespace sluice
