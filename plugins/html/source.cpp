// SPDX-License-Identifier: Apache-2.0
#include "source.hpp"

#include <algorithm>
#include <sluice/url.hpp>

#include "words.hpp"

namespace sluice::html {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
std::size_t find_ignoring_case(std::string_view text, std::string_view word) {
  const char upper = is_letter(word[0]) ? static_cast<char>(word[0] & ~0x20) : word[0];
  const std::string either{word[0], upper};
  for (std::size_t i = 0; (i = text.find_first_of(either, i)) != kNone; ++i) {
    if (equal_ignoring_ascii_case(text.substr(i, word.size()), word)) return i;
  }
  return kNone;
}

// The value after `name =` in a tag, or empty.
std::string_view value_after(std::string_view tag, std::string_view name) {
  std::size_t i = find_ignoring_case(tag, name);
  if (i == kNone) return {};
  i += name.size();
  while (i < tag.size() && is_blank(tag[i])) ++i;
  if (i >= tag.size() || tag[i] != '=') return {};
  ++i;
  while (i < tag.size() && (is_blank(tag[i]) || tag[i] == '"' || tag[i] == '\'')) ++i;
  std::size_t end = i;
  while (end < tag.size() && !is_blank(tag[end]) &&
         std::string_view("\"';>").find(tag[end]) == kNone) {
    ++end;
  }
  return tag.substr(i, end - i);
}

}  // namespace

std::string declared_charset(std::span<const std::uint8_t> bytes) {
  const std::string_view head(reinterpret_cast<const char*>(bytes.data()),
                              std::min<std::size_t>(bytes.size(), 4096));
  if (head.starts_with("<?xml")) {
    const auto encoding = value_after(head.substr(0, head.find('>')), "encoding");
    if (!encoding.empty()) return std::string(encoding);
  }
  for (std::size_t i = 0; (i = head.find('<', i)) != kNone; ++i) {
    if (!equal_ignoring_ascii_case(head.substr(i, 5), "<meta")) continue;
    const auto charset = value_after(head.substr(i, head.find('>', i) - i), "charset");
    if (!charset.empty()) return std::string(charset.substr(0, charset.find('/')));
  }
  return {};
}

bool is_tex_type(std::string_view type) {
  return type.starts_with("math/tex") || type.starts_with("math/latex");
}

}  // namespace sluice::html
