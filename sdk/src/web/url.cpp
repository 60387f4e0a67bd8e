// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/url.hpp>

namespace sluice {
namespace {

bool is_scheme_character(char c) {
  return is_ascii_alphanumeric(c) || c == '+' || c == '-' || c == '.';
}

}  // namespace

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
        continue;
      }
    }
    out.push_back(text[i]);
  }
  return out;
}

std::string_view url_scheme(std::string_view destination) {
  if (destination.empty() || !is_ascii_letter(destination.front())) return {};
  const auto end = std::find_if_not(destination.begin(), destination.end(), is_scheme_character);
  if (end == destination.end() || *end != ':') return {};
  return destination.substr(0, static_cast<std::size_t>(end - destination.begin()));
}

std::string_view url_path(std::string_view destination) {
  return destination.substr(0, destination.find_first_of("?#"));
}

}  // namespace sluice
