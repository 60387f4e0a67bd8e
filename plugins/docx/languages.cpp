// SPDX-License-Identifier: Apache-2.0
#include "languages.hpp"

#include <algorithm>

namespace sluice::docx {
namespace {

// Kana, Hangul and Han begin with these bytes in UTF-8 (U+3000 to U+D7FF, nearly).
bool begins_east_asian(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0xE3 && byte <= 0xED;
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
  const auto most =
      std::max_element(bytes_.begin(), bytes_.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == bytes_.end() ? std::string_view() : std::string_view(most->first);
}

}  // namespace sluice::docx
