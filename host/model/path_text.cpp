#include "model/path_text.h"

#include <algorithm>
#include <array>

#include "model/utf8.h"
#include "platform/percent_encoding.h"

namespace sluice {
namespace {

struct Range {
  char32_t first, last;
};

// Controls, line ends, marks of direction (Unicode Standard Annex #9) and what YAML refuses.
constexpr auto kHidden = std::to_array<Range>({
    {0x00, 0x1F},
    {0x7F, 0x9F},
    {0x061C, 0x061C},
    {0x200E, 0x200F},
    {0x2028, 0x202E},
    {0x2066, 0x2069},
    {0xFEFF, 0xFEFF},
    {0xFFFE, 0xFFFF},
});

// Of a valid character.
char32_t code_point(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  constexpr std::array<unsigned, 5> kLeadBits = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t code = byte(0) & kLeadBits[character.size()];
  for (std::size_t i = 1; i < character.size(); ++i) code = (code << 6) | (byte(i) & 0x3Fu);
  return code;
}

}  // namespace

std::optional<char32_t> hidden_character(std::string_view text) {
  const Utf8Step step = utf8_step(text);
  if (step.kind != Utf8Step::Kind::kCharacter) return std::nullopt;
  const char32_t code = code_point(text.substr(0, step.size));
  const bool is_hidden = std::any_of(kHidden.begin(), kHidden.end(), [code](const Range& range) {
    return code >= range.first && code <= range.last;
  });
  return is_hidden ? std::optional(code) : std::nullopt;
}

bool is_path_text(std::string_view path) {
  return is_printable_ascii(path) && path.find('%') == path.npos;
}

std::string path_text(std::string_view path) {
  if (is_path_text(path)) return std::string(path);
  std::string out;
  out.reserve(path.size());
  for (std::size_t i = 0; i < path.size();) {
    const Utf8Step step = utf8_step(path.substr(i));
    const std::string_view bytes = path.substr(i, step.size);
    const bool is_character = step.kind == Utf8Step::Kind::kCharacter;
    if (!is_character || hidden_character(bytes) || platform::is_percent_escape(path.substr(i))) {
      out += platform::percent_escaped(bytes);
    } else {
      out += bytes;
    }
    i += step.size;
  }
  return out;
}

std::string path_from_text(std::string_view text) {
  return platform::percent_decoded(text);
}

}  // namespace sluice
