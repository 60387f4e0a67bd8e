// SPDX-License-Identifier: Apache-2.0
//
// Text of Windows programs in one of Windows' numbered code pages, in short runs: cells, names,
// properties. Nothing is guessed here: the file says its code page. For whole texts see
// sluice/charset.hpp.
#pragma once

#include <array>
#include <cstdint>
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

class CodePage {
 public:
  explicit CodePage(std::uint32_t number);

  // `bytes` as UTF-8; U+FFFD for what the code page does not have.
  std::string utf8(std::string_view bytes) const;

 private:
  bool is_single_ = false;  // each byte is a character
  std::string charset_;
  std::array<std::string, 128> upper_{};  // then: those from 0x80 on
};

}  // namespace sluice
