// UTF-8 as the hostile side sends it: where it is broken, and mending it. Both sides use it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice {

inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// How the character at the start of `text` (not empty) stands: the Unicode Standard, table 3-7.
struct Utf8Step {
  enum class Kind { kCharacter, kBroken, kCutOff };
  Kind kind;
  // Bytes of the character; of the broken sequence that one U+FFFD stands for; or what there is of
  // a character that goes on behind the end of `text`.
  std::size_t size;
};
Utf8Step utf8_step(std::string_view text);

// The number of leading bytes that are ASCII, without NUL and carriage return.
std::size_t plain_ascii_prefix(std::string_view text);

// Whether all of it is ASCII without controls: most text by far, and each byte stands for itself.
bool is_printable_ascii(std::string_view text);

bool is_utf8(std::string_view text);
// `text` with each broken sequence replaced by U+FFFD.
std::string mended_utf8(std::string_view text);

}  // namespace sluice
