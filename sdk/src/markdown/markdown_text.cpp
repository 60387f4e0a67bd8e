// SPDX-License-Identifier: Apache-2.0
#include "markdown/markdown_text.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/url.hpp>
#include <sluice/utf8.hpp>

namespace sluice::markdown {
namespace {

constexpr std::array<bool, 256> make_special() {
  std::array<bool, 256> special{};
  for (const char c : std::string_view("\\`*_~$[]!<&|:")) {
    special[static_cast<unsigned char>(c)] = true;
  }
  return special;
}
constexpr auto kSpecial = make_special();

// Bytes of words that need no escape in a text that stands alone in its line; there, `!` and `:`
// do not.
constexpr std::array<bool, 256> make_plain() {
  std::array<bool, 256> plain{};
  for (std::size_t i = 0x21; i < plain.size(); ++i) {
    plain[i] = i != 0x7F && (!kSpecial[i] || i == '!' || i == ':');
  }
  return plain;
}
constexpr auto kPlain = make_plain();

constexpr std::array<bool, 256> make_pairs_up() {
  std::array<bool, 256> pairs_up{};
  for (const char c : kPairing) pairs_up[static_cast<unsigned char>(c)] = true;
  return pairs_up;
}
constexpr auto kPairsUp = make_pairs_up();

struct Run {
  std::size_t end;
  bool opens;
  bool closes;
};

// The run of text[at] that begins at `at`, and what it could do if it stood unescaped.
Run pairing_run(std::string_view text, std::size_t at, const TextContext& context) {
  const char c = text[at];
  std::size_t end = at + 1;
  while (end < text.size() && text[end] == c) ++end;
  const char32_t before = at == 0 ? context.before : last_char(text.substr(0, at));
  const char32_t after = end == text.size() ? context.after : first_char(text.substr(end));
  const CharClass left = char_class(before);
  const CharClass right = char_class(after);
  Run run{end, right != CharClass::kBlank, left != CharClass::kBlank};
  if (c == '`') return {end, true, true};
  if (c == '$') {
    run.closes = run.closes && !is_ascii_digit(after);
  } else if (c == '*' || c == '_') {
    const bool maybe_left =
        right == CharClass::kWord || right == CharClass::kSymbol || left != CharClass::kWord;
    const bool maybe_right =
        left == CharClass::kWord || left == CharClass::kSymbol || right != CharClass::kWord;
    run.opens = run.opens && maybe_left;
    run.closes = run.closes && maybe_right;
    const bool intraword = c == '_' && left == CharClass::kWord && right == CharClass::kWord;
    if (intraword) run.opens = run.closes = false;
  }
  return run;
}

bool run_needs_escape(std::string_view text, std::size_t at, const Run& run,
                      const TextContext& context, const Pairs& pairs) {
  const char c = text[at];
  if (at == 0 && context.delimiter_before == c) return true;
  if (run.end == text.size() && context.delimiter_after == c) return true;
  const std::uint64_t position = context.position + at;
  const std::size_t kind = pairing_index(c);
  return (run.opens && position < pairs.last_close[kind]) ||
         (run.closes && pairs.first_open[kind] < position);
}

// Whether `&` at the start of `text` begins a character reference (CommonMark 6.4 is stricter).
bool is_reference(std::string_view text) {
  std::size_t i = 1;
  if (i < text.size() && text[i] == '#') ++i;
  const std::size_t name = i;
  while (i < text.size() && i - name < 40 && is_ascii_alphanumeric(text[i])) ++i;
  return i > name && i < text.size() && text[i] == ';';
}

// Whether `<` at the start of `text` could begin a tag, a comment or an autolink.
bool begins_markup(std::string_view text) {
  if (text.size() < 2) return false;
  const char next = text[1];
  if (is_ascii_letter(next) || next == '/' || next == '!' || next == '?') return true;
  // More than the specification says, as md4c takes `<-x://y>` and `< javascript:x>` for autolinks.
  return (next != ' ' && text.substr(0, 40).find("://") != std::string_view::npos) ||
         runs_script(text.substr(1));
}

bool consists_of(std::string_view text, std::string_view set) {
  return text.find_first_not_of(set) == std::string_view::npos;
}

bool is_thematic(std::string_view line) {
  const char c = line[0];
  if (c != '-' && c != '*' && c != '_') return false;
  return std::all_of(line.begin(), line.end(), [c](char x) { return x == c || x == ' '; }) &&
         std::count(line.begin(), line.end(), c) >= 3;
}

// Where a backslash must go so that `text`, at the beginning of a line, begins no block; npos if
// nowhere. CommonMark 4.1 to 4.7, 5.1, 5.2; GFM 4.10.
std::size_t block_start(std::string_view text, const TextContext& context) {
  const auto followed_by_blank = [&](std::size_t i) {
    return i == text.size() ? context.ends_line : text[i] == ' ';
  };
  const char c = text[0];
  const std::size_t run = std::min(text.find_first_not_of(c), text.size());
  if (context.ends_line && is_thematic(text)) return 0;
  if (context.ends_line && context.line == Line::kLater) {
    if ((c == '=' || c == '-') && run == text.size()) return 0;
    if (consists_of(text, "-:| ") && text.find('-') != std::string_view::npos) return 0;
  }
  switch (c) {
    case '>':
      return 0;
    case '#':
      return run <= 6 && followed_by_blank(run) ? 0 : std::string_view::npos;
    case '-':
    case '+':
    case '*':
      return followed_by_blank(1) ? 0 : std::string_view::npos;
    case '`':
    case '~':
      return run >= 3 ? 0 : std::string_view::npos;
    default:
      break;
  }
  std::size_t digits = 0;
  while (digits < text.size() && digits < 10 && is_ascii_digit(text[digits])) ++digits;
  const bool marker = digits > 0 && digits < 10 && digits < text.size() &&
                      (text[digits] == '.' || text[digits] == ')') && followed_by_blank(digits + 1);
  return marker ? digits : std::string_view::npos;
}

bool bracket_needs_escape(std::string_view text, std::size_t at, const TextContext& context) {
  if (context.in_link) return true;
  const bool last = at + 1 == text.size();
  const char next = last ? (context.link_after ? '[' : '\0') : text[at + 1];
  if (text[at] == ']') {
    const bool definition = next == ':' && context.line != Line::kNone && text[0] == '[';
    return next == '(' || definition;
  }
  // Footnotes, [[wiki links]], and the box of a task.
  const bool box = at == 0 && context.task_could_begin && text.size() >= 3 && text[2] == ']' &&
                   (text[1] == ' ' || text[1] == 'x' || text[1] == 'X');
  return next == '^' || next == '[' || (at > 0 && text[at - 1] == '[') || box;
}

// Whether the special character at `at`, not of kPairing, needs a backslash.
bool needs_escape(std::string_view text, std::size_t at, const TextContext& context) {
  const bool last = at + 1 == text.size();
  switch (text[at]) {
    case '\\':
      return last || is_ascii_punctuation(text[at + 1]);
    case '[':
    case ']':
      return bracket_needs_escape(text, at, context);
    case '!':
      return last ? context.link_after : false;
    case '<':
      return begins_markup(text.substr(at));
    case '&':
      return is_reference(text.substr(at));
    case '|':
      return context.in_cell;
    case ':':
      return at == 0 && context.delimiter_before == ']';
    default:
      return false;
  }
}

}  // namespace

std::size_t find_pairing(std::string_view text, std::size_t at) {
  while (at < text.size() && !kPairsUp[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

bool is_plain(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return kSpecial[static_cast<unsigned char>(c)]; });
}

bool is_as_written(std::string_view text) {
  const auto word_end = [text](std::size_t at) {
    while (at < text.size() && kPlain[static_cast<unsigned char>(text[at])]) ++at;
    return at;
  };
  std::size_t end = word_end(0);
  while (end < text.size()) {
    const std::size_t next = word_end(end + 1);
    if (text[end] != ' ' || end == 0 || next == end + 1) return false;
    end = next;
  }
  return true;
}

CharClass char_class(char32_t c) {
  if (c < 0x80) {
    if (c <= ' ') return CharClass::kBlank;
    return is_ascii_punctuation(c) ? CharClass::kPunctuation : CharClass::kWord;
  }
  const auto mask = U_GET_GC_MASK(static_cast<UChar32>(c));
  if ((mask & U_GC_Z_MASK) != 0) return CharClass::kBlank;
  if ((mask & U_GC_P_MASK) != 0) return CharClass::kPunctuation;
  return (mask & (U_GC_S_MASK | U_GC_C_MASK)) != 0 ? CharClass::kSymbol : CharClass::kWord;
}

bool surely_opens(char32_t before, char32_t after) {
  const CharClass left = char_class(before);
  const CharClass right = char_class(after);
  if (right == CharClass::kBlank) return false;
  return right == CharClass::kWord || left == CharClass::kBlank || left == CharClass::kPunctuation;
}

bool surely_closes(char32_t before, char32_t after) {
  return surely_opens(after, before);
}

void note_pairs(std::string_view text, const TextContext& context, Pairs& pairs) {
  for (std::size_t i = find_pairing(text); i < text.size();) {
    const Run run = pairing_run(text, i, context);
    if (run.opens) pairs.open(text[i], context.position + i);
    if (run.closes) pairs.close(text[i], context.position + i);
    i = find_pairing(text, run.end);
  }
}

void append_text(std::string& out, std::string_view text, const TextContext& context,
                 const Pairs& pairs) {
  if (text.empty()) return;
  std::size_t block = std::string_view::npos;
  if (context.line != Line::kNone) block = block_start(text, context);
  std::size_t copied = 0;
  const auto escape_at = [&](std::size_t i) {
    out.append(text, copied, i - copied);
    out += '\\';
    copied = i;
  };
  for (std::size_t i = 0; i < text.size();) {
    if (!kSpecial[static_cast<unsigned char>(text[i])] && i != block) {
      ++i;
    } else if (pairing_index(text[i]) != std::string_view::npos) {
      const Run run = pairing_run(text, i, context);
      const bool escape = i == block || run_needs_escape(text, i, run, context, pairs);
      for (; i < run.end; ++i) {
        if (escape) escape_at(i);
      }
    } else {
      if (i == block || needs_escape(text, i, context)) escape_at(i);
      ++i;
    }
  }
  out.append(text, copied);
}

void append_code(std::string& out, std::string_view code, bool in_cell) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : code) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  const bool blanks = code.front() == ' ' && code.back() == ' ';
  const bool pad = code.front() == '`' || code.back() == '`' || blanks;
  out += fence;
  if (pad) out += ' ';
  for (const char c : code) {
    if (c == '|' && in_cell) out += '\\';
    out += c;
  }
  if (pad) out += ' ';
  out += fence;
}

void append_destination(std::string& out, std::string_view url) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  int depth = 0;
  bool balanced = true;
  for (const char c : url) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    balanced = balanced && depth >= 0 && depth < 30;
  }
  balanced = balanced && depth == 0;
  std::size_t broken = find_invalid_utf8(url);
  for (std::size_t i = 0; i < url.size(); ++i) {
    const char c = url[i];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\t' || c == '\n' || c == '\r') continue;  // as the URL standard, 4.4
    const bool is_broken = i == broken;  // of another charset: still the same address when encoded
    if (is_broken) broken = find_invalid_utf8(url, i + 1);
    if (is_broken || byte <= ' ' || byte == 0x7F ||
        std::string_view("<>\\`|\"").find(c) != std::string_view::npos) {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
      continue;
    }
    const bool paren = (c == '(' || c == ')') && !balanced;
    if (paren || (c == '&' && is_reference(url.substr(i)))) out += '\\';
    out += c;
  }
}

void append_title(std::string& out, std::string_view title, bool in_cell) {
  if (title.find_first_not_of(" \t\n\r\f") == std::string_view::npos) return;
  out += " \"";
  bool blank = true;
  for (std::size_t i = 0; i < title.size(); ++i) {
    const char c = title[i];
    if (static_cast<unsigned char>(c) <= ' ') {
      blank = true;
      continue;
    }
    if (blank && out.back() != '"') out += ' ';
    blank = false;
    // A backtick or a tag would bind tighter than the link.
    const bool escape = c == '"' || c == '\\' || c == '`' || c == '<' ||
                        (c == '&' && is_reference(title.substr(i))) || (c == '|' && in_cell);
    if (escape) out += '\\';
    out += c;
  }
  out += '"';
}

bool is_autolink(std::string_view url) {
  if (!url.starts_with("http://") && !url.starts_with("https://")) return false;
  return std::all_of(url.begin(), url.end(), [](char c) {
    return c > ' ' && c < 0x7F && std::string_view("<>\\`|\"").find(c) == std::string_view::npos;
  });
}

}  // namespace sluice::markdown
