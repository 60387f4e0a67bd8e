// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <sluice/base64.hpp>

namespace sluice {
namespace {

constexpr std::int8_t kInvalid = -1;
constexpr std::int8_t kSpace = -2;

constexpr std::array<std::int8_t, 256> make_table() {
  std::array<std::int8_t, 256> table{};
  for (auto& entry : table) entry = kInvalid;
  for (int i = 0; i < 26; ++i) {
    table[static_cast<std::size_t>('A' + i)] = static_cast<std::int8_t>(i);
    table[static_cast<std::size_t>('a' + i)] = static_cast<std::int8_t>(26 + i);
  }
  for (int i = 0; i < 10; ++i) {
    table[static_cast<std::size_t>('0' + i)] = static_cast<std::int8_t>(52 + i);
  }
  table['+'] = table['-'] = 62;
  table['/'] = table['_'] = 63;
  for (const char c : {' ', '\t', '\r', '\n', '\f'}) table[static_cast<unsigned char>(c)] = kSpace;
  return table;
}

}  // namespace

std::optional<std::vector<std::uint8_t>> decode_base64(std::string_view text) {
  static constexpr auto kTable = make_table();
  std::vector<std::uint8_t> out;
  out.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  int sextets = 0;
  std::size_t i = 0;
  for (; i < text.size() && text[i] != '='; ++i) {
    const std::int8_t value = kTable[static_cast<unsigned char>(text[i])];
    if (value == kSpace) continue;
    if (value == kInvalid) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    if (++sextets == 4) {
      out.push_back(static_cast<std::uint8_t>(bits >> 16));
      out.push_back(static_cast<std::uint8_t>(bits >> 8));
      out.push_back(static_cast<std::uint8_t>(bits));
      bits = 0;
      sextets = 0;
    }
  }
  for (; i < text.size(); ++i) {
    if (text[i] != '=' && kTable[static_cast<unsigned char>(text[i])] != kSpace)
      return std::nullopt;
  }
  if (sextets == 1) return std::nullopt;
  if (sextets == 2) out.push_back(static_cast<std::uint8_t>(bits >> 4));
  if (sextets == 3) {
    out.push_back(static_cast<std::uint8_t>(bits >> 10));
    out.push_back(static_cast<std::uint8_t>(bits >> 2));
  }
  return out;
}

}  // namespace sluice
