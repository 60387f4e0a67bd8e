// SPDX-License-Identifier: Apache-2.0
//
// Languages in tesseract's words ("deu"), which are those of ISO 639-2 with few exceptions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::ocr {

// Of a locale as "de_DE" or "de"; empty if it is not known.
std::string language_of_locale(std::string_view locale);

// Those to recognize where the user names none. `installed`: sorted, not empty. That of the locale
// comes first, if it is installed; then the others, if they are few; else English.
std::vector<std::string> default_languages(const std::vector<std::string>& installed,
                                           std::string_view locale);

}  // namespace sluice::ocr
