// SPDX-License-Identifier: Apache-2.0
//
// What the bytes of a text say about its encoding where uchardet has no answer or a wrong one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace sluice::detail {

// UTF-16 or UTF-32 without a mark. `is_utf8`: without its zero bytes the text is UTF-8 or ASCII.
std::optional<std::string> wide_charset(std::span<const std::uint8_t> sample, bool is_utf8);

// EBCDIC, by its blanks, letters and digits, which stand where no other encoding has them.
std::optional<std::string> ebcdic_charset(std::span<const std::uint8_t> sample);

// cp866 (DOS Cyrillic), where its letters make Russian words and those of the other Cyrillic
// encodings do not.
std::optional<std::string> dos_cyrillic_charset(std::span<const std::uint8_t> sample);

// The Windows encoding with the letters of an ISO 8859 one, if the sample needs it: what ISO 8859
// has for controls (0x80 to 0x9F), which no text holds, are letters, quotes and dashes there.
std::string without_controls(const std::string& charset, std::span<const std::uint8_t> sample);

}  // namespace sluice::detail
