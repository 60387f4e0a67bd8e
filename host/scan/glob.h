// One shell pattern over paths, as .gitignore knows it. Matching takes time in the product of the
// two lengths at worst, whatever the pattern.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::scan {

// `*` and `?` match within one part of a path, `[a-z]`, `[!a]` and `[[:digit:]]` one character of
// it, a part that is `**` any number of parts (at the end: one or more), `\` takes the next
// character as it is. A character is one of UTF-8; a byte that is not UTF-8 is a character of its
// own.
class Glob {
 public:
  // Nothing for a pattern with an unclosed `[` or a `\` at its end.
  static std::optional<Glob> parse(std::string_view pattern);

  // `path` has `/` between its parts and none at its ends.
  bool matches(std::string_view path) const;

 private:
  struct Range {
    char32_t first;
    char32_t last;
  };
  struct Token {
    enum class Kind { kCharacter, kAny, kRun, kClass } kind;
    char32_t character = 0;
    bool negated = false;       // kClass
    std::vector<Range> ranges;  // kClass

    bool takes(char32_t c) const;
  };
  struct Part {
    bool any_parts = false;  // `**`
    std::vector<Token> tokens;

    bool matches(std::string_view name) const;
  };

  static std::optional<Part> parse_part(std::u32string_view pattern);
  static std::optional<Token> parse_class(std::u32string_view pattern, std::size_t& at);

  std::vector<Part> parts_;
};

// `a{b,c}d` is `abd` and `acd`; braces may nest. Nothing if one is not closed, or if there are more
// than kMaxAlternatives.
inline constexpr std::size_t kMaxAlternatives = 1000;
std::optional<std::vector<std::string>> expand_braces(std::string_view pattern);

}  // namespace sluice::scan
