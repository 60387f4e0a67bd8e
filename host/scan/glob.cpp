#include "scan/glob.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace sluice::scan {
namespace {

// The character at `at`, which moves behind it. A byte that is not UTF-8 becomes a code point that
// UTF-8 cannot spell, so that it equals itself and nothing else.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto first = static_cast<std::uint8_t>(text[at]);
  if (first < 0x80) {
    ++at;
    return first;
  }
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data()) + at;
  // A character has at most four bytes, so the length fits whatever ICU counts with.
  const auto length = static_cast<std::int32_t>(std::min<std::size_t>(text.size() - at, 4));
  std::int32_t size = 0;
  UChar32 c = 0;
  U8_NEXT(bytes, size, length, c);
  if (c < 0) {
    ++at;
    return 0xDC00U + first;
  }
  at += static_cast<std::size_t>(size);
  return static_cast<char32_t>(c);
}

std::u32string characters(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += next_character(text, at);
  return out;
}

struct NamedClass {
  std::u32string_view name;
  int (*contains)(int);
};
constexpr std::array kNamedClasses = {
    NamedClass{U"alnum", std::isalnum}, NamedClass{U"alpha", std::isalpha},
    NamedClass{U"blank", std::isblank}, NamedClass{U"cntrl", std::iscntrl},
    NamedClass{U"digit", std::isdigit}, NamedClass{U"graph", std::isgraph},
    NamedClass{U"lower", std::islower}, NamedClass{U"print", std::isprint},
    NamedClass{U"punct", std::ispunct}, NamedClass{U"space", std::isspace},
    NamedClass{U"upper", std::isupper}, NamedClass{U"xdigit", std::isxdigit}};

const NamedClass* named_class(std::u32string_view name) {
  const auto* found = std::find_if(kNamedClasses.begin(), kNamedClasses.end(),
                                   [&](const NamedClass& known) { return known.name == name; });
  return found == kNamedClasses.end() ? nullptr : found;
}

// The next `/` or, at the end, npos; the part before it.
std::string_view part_at(std::string_view path, std::size_t begin) {
  return path.substr(begin, path.find('/', begin) - begin);
}

}  // namespace

bool Glob::Token::takes(char32_t c) const {
  switch (kind) {
    case Kind::kCharacter:
      return c == character;
    case Kind::kAny:
      return true;
    case Kind::kClass:
      return negated != std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
               return range.first <= c && c <= range.last;
             });
    case Kind::kRun:
      break;
  }
  return false;
}

// Only the last `*` ever needs another try: what an earlier one could take, it can take as well.
bool Glob::Part::matches(std::string_view name) const {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t token = 0;
  std::size_t at = 0;
  std::size_t after_run = kNone;  // token behind the last `*`
  std::size_t run_end = 0;        // where that `*` stops taking
  while (at < name.size()) {
    if (token < tokens.size() && tokens[token].kind == Token::Kind::kRun) {
      after_run = ++token;
      run_end = at;
      continue;
    }
    std::size_t behind = at;
    const char32_t c = next_character(name, behind);
    if (token < tokens.size() && tokens[token].takes(c)) {
      ++token;
      at = behind;
    } else if (after_run != kNone) {
      next_character(name, run_end);
      at = run_end;
      token = after_run;
    } else {
      return false;
    }
  }
  while (token < tokens.size() && tokens[token].kind == Token::Kind::kRun) ++token;
  return token == tokens.size();
}

// The same over parts, with `**` in the place of `*`.
bool Glob::matches(std::string_view path) const {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t part = 0;
  std::size_t at = 0;
  std::size_t after_run = kNone;
  std::size_t run_end = 0;
  while (at <= path.size()) {
    if (part < parts_.size() && parts_[part].any_parts) {
      if (part + 1 == parts_.size()) return true;  // `**` at the end, and something is left
      after_run = ++part;
      run_end = at;
      continue;
    }
    const std::string_view name = part_at(path, at);
    if (part < parts_.size() && parts_[part].matches(name)) {
      ++part;
      at += name.size() + 1;
    } else if (after_run != kNone) {
      run_end += part_at(path, run_end).size() + 1;
      at = run_end;
      part = after_run;
    } else {
      return false;
    }
  }
  return part == parts_.size();
}

std::optional<Glob> Glob::parse(std::string_view pattern) {
  Glob glob;
  const std::u32string text = characters(pattern);
  std::size_t begin = 0;
  while (true) {
    // A `/` ends a part even within brackets: no class matches one.
    const std::size_t end = std::min(text.find(U'/', begin), text.size());
    auto part = parse_part(std::u32string_view(text).substr(begin, end - begin));
    if (!part) return std::nullopt;
    glob.parts_.push_back(std::move(*part));
    if (end == text.size()) return glob;
    begin = end + 1;
  }
}

std::optional<Glob::Part> Glob::parse_part(std::u32string_view pattern) {
  Part part;
  part.any_parts = pattern == U"**";
  for (std::size_t at = 0; at < pattern.size();) {
    const char32_t c = pattern[at++];
    if (c == U'*') {
      const bool repeated = !part.tokens.empty() && part.tokens.back().kind == Token::Kind::kRun;
      if (!repeated) part.tokens.push_back({Token::Kind::kRun, 0, false, {}});
    } else if (c == U'?') {
      part.tokens.push_back({Token::Kind::kAny, 0, false, {}});
    } else if (c == U'[') {
      auto token = parse_class(pattern, at);
      if (!token) return std::nullopt;
      part.tokens.push_back(std::move(*token));
    } else if (c == U'\\') {
      if (at == pattern.size()) return std::nullopt;
      part.tokens.push_back({Token::Kind::kCharacter, pattern[at++], false, {}});
    } else {
      part.tokens.push_back({Token::Kind::kCharacter, c, false, {}});
    }
  }
  return part;
}

// `at` is behind the `[` and moves behind the `]`.
std::optional<Glob::Token> Glob::parse_class(std::u32string_view pattern, std::size_t& at) {
  Token token{Token::Kind::kClass, 0, false, {}};
  if (at < pattern.size() && (pattern[at] == U'!' || pattern[at] == U'^')) {
    token.negated = true;
    ++at;
  }
  // One literal character of the class, escaped or not.
  const auto literal = [&]() -> std::optional<char32_t> {
    if (at < pattern.size() && pattern[at] == U'\\') ++at;
    if (at == pattern.size()) return std::nullopt;
    return pattern[at++];
  };
  for (bool first = true;; first = false) {
    if (at == pattern.size()) return std::nullopt;
    if (pattern[at] == U']' && !first) break;
    if (pattern.substr(at, 2) == U"[:") {
      const std::size_t end = pattern.find(U":]", at + 2);
      if (end != std::u32string_view::npos) {
        const NamedClass* named = named_class(pattern.substr(at + 2, end - at - 2));
        if (named == nullptr) return std::nullopt;
        for (int c = 0; c < 0x80; ++c) {
          const auto character = static_cast<char32_t>(c);
          if (named->contains(c) != 0) token.ranges.push_back({character, character});
        }
        at = end + 2;
        continue;
      }
    }
    const auto low = literal();
    if (!low) return std::nullopt;
    auto high = low;
    if (at + 1 < pattern.size() && pattern[at] == U'-' && pattern[at + 1] != U']') {
      ++at;
      high = literal();
      if (!high) return std::nullopt;
    }
    token.ranges.push_back({*low, *high});
  }
  ++at;
  return token;
}

namespace {

// Where the first brace opens, its commas, and where it closes.
struct Brace {
  std::vector<std::size_t> marks;  // `{`, each `,` of its own level, `}`
  bool closed = false;
};

Brace first_brace(std::string_view pattern) {
  Brace brace;
  std::size_t level = 0;
  bool in_class = false;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '\\') {
      ++at;
    } else if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
      // A `]` right after the opening is one of the class.
      if (at + 1 < pattern.size() && (pattern[at + 1] == '!' || pattern[at + 1] == '^')) ++at;
      if (at + 1 < pattern.size() && pattern[at + 1] == ']') ++at;
    } else if (c == '{') {
      if (level++ == 0) brace.marks.push_back(at);
    } else if (c == ',' && level == 1) {
      brace.marks.push_back(at);
    } else if (c == '}' && level != 0 && --level == 0) {
      brace.marks.push_back(at);
      brace.closed = true;
      break;
    }
  }
  return brace;
}

}  // namespace

std::optional<std::vector<std::string>> expand_braces(std::string_view pattern) {
  std::vector<std::string> done;
  std::vector<std::string> open = {std::string(pattern)};
  while (!open.empty()) {
    const std::string text = std::move(open.back());
    open.pop_back();
    const Brace brace = first_brace(text);
    if (brace.marks.empty()) {
      done.push_back(text);
    } else if (!brace.closed) {
      return std::nullopt;
    }
    for (std::size_t i = 0; i + 1 < brace.marks.size(); ++i) {
      const std::size_t begin = brace.marks[i] + 1;
      open.push_back(text.substr(0, brace.marks.front()) +
                     text.substr(begin, brace.marks[i + 1] - begin) +
                     text.substr(brace.marks.back() + 1));
    }
    if (done.size() + open.size() > kMaxAlternatives) return std::nullopt;
  }
  return done;
}

}  // namespace sluice::scan
