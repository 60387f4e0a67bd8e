// SPDX-License-Identifier: Apache-2.0
#include "docx/languages.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>

namespace sluice::docx {
namespace {

// Kana, Hangul and Han begin with these bytes in UTF-8 (U+3000 to U+D7FF, nearly).
bool begins_east_asian(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0xE3 && byte <= 0xED;
}

// The shape of a tag of BCP 47; "x-none" is Word's word for none.
bool is_tag(std::string_view language) {
  constexpr std::size_t kMaxLength = 35;
  const auto fits = [](char c) { return is_ascii_alphanumeric(c) || c == '-'; };
  return language.size() >= 2 && language.size() <= kMaxLength && language != "x-none" &&
         std::all_of(language.begin(), language.end(), fits);
}

}  // namespace

void Languages::count(std::string_view text, std::string_view letters,
                      std::string_view east_asian) {
  const auto wide = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return begins_east_asian(c); }));
  const auto add = [this](std::string_view language, std::size_t bytes) {
    if (language.empty() || bytes == 0) return;
    const auto found = bytes_.find(language);
    if (found != bytes_.end()) {
      found->second += bytes;
    } else {
      bytes_.emplace(language, bytes);
    }
  };
  add(east_asian, wide * 3);
  add(letters, text.size() - std::min(text.size(), wide * 3));
}

std::string_view Languages::most() const {
  std::string_view most;
  std::size_t bytes = 0;
  for (const auto& [language, count] : bytes_) {
    if (count <= bytes || !is_tag(language)) continue;
    most = language;
    bytes = count;
  }
  return most;
}

}  // namespace sluice::docx
