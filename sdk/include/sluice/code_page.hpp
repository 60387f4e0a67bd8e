// SPDX-License-Identifier: Apache-2.0
//
// Text of Windows programs in one of Windows' numbered code pages, in short runs: cells, names,
// properties. Nothing is guessed here: the file says its code page. For whole texts see
// sluice/charset.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

// The name of a code page as sluice/charset.hpp takes it: "windows-1251" for 1251, "utf-8" for
// 65001; "windows-1252" for what is unknown.
std::string charset_of_code_page(std::uint32_t code_page);

// The code page of texts of a language ([MS-LCID]); 1252 for unknown ones.
std::uint32_t code_page_of_language(std::uint32_t language);
// The code page of a font's charset ([MS-WMF] 2.1.1.5); 1252 for unknown ones and symbols.
std::uint32_t code_page_of_charset(std::uint8_t charset);

// For one thread at a time.
class CodePage {
 public:
  explicit CodePage(std::uint32_t number);

  // `bytes` as UTF-8; U+FFFD for what the code page does not have.
  std::string utf8(std::string_view bytes) const;

 private:
  using Upper = std::array<std::string, 128>;  // the characters from 0x80 on
  const Upper& upper() const;

  bool is_single_ = false;  // each byte is a character
  std::string charset_;
  mutable std::optional<Upper> upper_;  // made when the first is needed: many texts have none
};

}  // namespace sluice
