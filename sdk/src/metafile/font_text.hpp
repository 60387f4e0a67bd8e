// SPDX-License-Identifier: Apache-2.0
//
// The text of a record as UTF-8: wide, or in the encoding of its font.
#pragma once

#include <map>
#include <sluice/code_page.hpp>
#include <string>
#include <string_view>

#include "metafile/device.hpp"

namespace sluice::metafile {

// Keeps the code pages of the fonts that it met: to make one takes as long as a thousand texts.
class FontTexts {
 public:
  // Symbols of a symbol font become the characters that they show.
  std::string read(std::string_view bytes, bool is_wide, const Font& font);

 private:
  const CodePage& code_page(std::uint32_t number);

  std::map<std::uint32_t, CodePage> code_pages_;
};

}  // namespace sluice::metafile
