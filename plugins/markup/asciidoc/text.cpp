// SPDX-License-Identifier: Apache-2.0
#include "markup/asciidoc/text.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/utf8.hpp>

#include "markup/asciidoc/text_ends.hpp"

namespace sluice::markup::asciidoc {
namespace {

constexpr int kMaxMarks = 12;                               // within one another
constexpr std::size_t kMaxReplaced = std::size_t{4} << 20;  // bytes that attributes stand for

bool is_word(char c) {
  return is_ascii_alphanumeric(static_cast<unsigned char>(c)) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Asciidoctor reads these macros within a word, too: "wordfootnote:[...]" has a note (its rx.rb).
bool may_follow_letters(std::string_view rest) {
  constexpr std::string_view kNames[] = {
      "footnote:",  "footnoteref:", "xref:",       "image:", "icon:", "stem:",
      "latexmath:", "asciimath:",   "kbd:",        "btn:",   "pass:", "link:",
      "mailto:",    "indexterm:",   "indexterm2:", "anchor:"};
  for (const std::string_view name : kNames) {
    if (rest[0] == name[0] && rest.starts_with(name)) return true;
  }
  return false;
}
bool is_blank(char c) {
  return c == ' ' || c == '\n';
}

// Where the mark at `begin` - 1 ends: a constrained one, with a word's end behind it.
std::size_t constrained_end(std::string_view text, std::size_t begin, char mark) {
  const std::size_t limit = std::min(text.size(), begin + kMaxReach);
  if (begin >= limit || is_blank(text[begin])) return std::string_view::npos;
  for (std::size_t at = begin + 1; at < limit; ++at) {
    at = text.substr(0, limit).find(mark, at);
    if (at == std::string_view::npos) return at;
    const bool ends = !is_blank(text[at - 1]) && text[at - 1] != '\\' &&
                      (at + 1 == text.size() || !is_word(text[at + 1]));
    if (ends) return at;
  }
  return std::string_view::npos;
}

}  // namespace

void Text::flush() {
  if (!plain_.empty()) out_.text(plain_);
  plain_.clear();
}

void Text::write(std::string_view text, bool keeps_lines) {
  keeps_lines_ = keeps_lines;
  marks(text, 0);
  flush();
}

void Text::write_paragraph(std::string_view text, bool keeps_lines) {
  write(text, keeps_lines);
  out_.end_paragraph();
}

void Text::marks(std::string_view text, int depth) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t size = depth > kMaxMarks ? 0 : construct(text, at, depth);
    if (size > 0) {
      at += size;
    } else {
      plain_ += text[at++];
    }
  }
}

// How much of the text at `at` is more than a character; 0 if it is none.
std::size_t Text::construct(std::string_view text, std::size_t at, int depth) {
  const std::string_view rest = text.substr(at);
  switch (rest[0]) {
    case '\\':
      // Protects the mark behind it.
      if (rest.size() < 2 || std::string_view("*_`#^~{[<+(\\'\"-.h:").find(rest[1]) == rest.npos)
        return 0;
      plain_ += rest[1];
      return 2;
    case '*':
      return styled(text, at, depth, Style::kStrong);
    case '_':
      return styled(text, at, depth, Style::kEmphasis);
    case '#':
      return styled(text, at, depth, Style::kHighlight);
    case '`':
      return is_compat() ? compat_quoted(text, at, depth) : code(text, at, depth);
    case '^':
    case '~':
      return script(text, at, depth);
    case '+':
      return is_compat() ? compat_code(text, at, depth) : passed(text, at);
    case '\'':
      if (is_compat()) {
        if (const std::size_t size = styled(text, at, depth, Style::kEmphasis); size > 0)
          return size;
      }
      return quoted(text, at, depth);
    case '"':
      return quoted(text, at, depth);
    case '[':
      return bracket(text, at, depth);
    case '<':
      return cross_reference(text, at, depth);
    case '{':
      return attribute(text, at, depth);
    case '&':
      return entity(text, at);
    case '(':
      return index_term(text, at, depth);
    case '\n':
      if (!keeps_lines_) return 0;
      flush();
      out_.line_break();
      return 1;
    case ' ':
      // " +" at the end of a line breaks it.
      if (!rest.starts_with(" +\n") && rest != " +") return 0;
      flush();
      out_.line_break();
      return std::min<std::size_t>(3, rest.size());
    case '-':
    case '.':
    case '=':
      return sign(text, at);
    default:
      return letter(text, at, depth);
  }
}

// The name of a macro, or an address.
std::size_t Text::letter(std::string_view text, std::size_t at, int depth) {
  const bool begins = at == 0 || !is_word(text[at - 1]);
  if (const std::size_t size = begins ? mail_address(text, at) : 0; size > 0) return size;
  if (!is_ascii_lower(static_cast<unsigned char>(text[at]))) return 0;
  if (!begins) {
    if (may_follow_letters(text.substr(at))) return macro(text, at, depth);
    // Asciidoctor wants a blank before an address. Chinese and Japanese have none between words.
    return static_cast<unsigned char>(text[at - 1]) >= 0x80 ? address(text, at, depth) : 0;
  }
  const std::size_t size = address(text, at, depth);
  return size > 0 ? size : macro(text, at, depth);
}

std::size_t Text::styled(std::string_view text, std::size_t at, int depth,
                         std::optional<Style> style) {
  const char mark = text[at];
  std::size_t begin = at + 1;
  std::size_t end = std::string_view::npos;
  std::size_t after = 0;
  if (begin < text.size() && text[begin] == mark) {
    // Doubled, it stands anywhere.
    const std::string twice(2, mark);
    end = text.substr(0, std::min(text.size(), at + kMaxReach)).find(twice, at + 3);
    begin = at + 2;
    after = end == std::string_view::npos ? 0 : end + 2;
  } else if (at == 0 || !is_word(text[at - 1])) {
    end = constrained_end(text, begin, mark);
    after = end == std::string_view::npos ? 0 : end + 1;
  }
  if (after == 0) return 0;
  flush();
  if (style) out_.begin_style(*style);
  marks(text.substr(begin, end - begin), depth + 1);
  flush();
  if (style) out_.end_style(*style);
  return after - at;
}

// ^super^ and ~sub~, without blanks.
std::size_t Text::script(std::string_view text, std::size_t at, int depth) {
  const std::size_t end = text.substr(0, std::min(text.size(), at + 200))
                              .find_first_of(std::string{text[at], ' ', '\n'}, at + 1);
  if (end == std::string_view::npos || text[end] != text[at] || end == at + 1) return 0;
  const Style style = text[at] == '^' ? Style::kSuperscript : Style::kSubscript;
  flush();
  out_.begin_style(style);
  marks(text.substr(at + 1, end - at - 1), depth + 1);
  flush();
  out_.end_style(style);
  return end + 1 - at;
}

std::size_t Text::code(std::string_view text, std::size_t at, int depth) {
  const char mark = text[at];
  std::size_t begin = at + 1;
  std::size_t end = std::string_view::npos;
  std::size_t after = 0;
  if (text.substr(begin).starts_with(mark)) {
    begin = at + 2;
    end =
        text.substr(0, std::min(text.size(), at + kMaxReach)).find(std::string(2, mark), begin + 1);
    after = end == std::string_view::npos ? 0 : end + 2;
  } else if (at == 0 || !is_word(text[at - 1])) {
    end = constrained_end(text, begin, mark);
    after = end == std::string_view::npos ? 0 : end + 1;
  }
  if (after == 0) return 0;
  std::string_view inner = text.substr(begin, end - begin);
  const bool is_literal = inner.size() > 2 && inner.starts_with('+') && inner.ends_with('+');
  if (is_literal) inner = inner.substr(1, inner.size() - 2);
  const bool has_link = inner.find("<<") != std::string_view::npos ||
                        inner.find("xref:") != std::string_view::npos ||
                        inner.find("link:") != std::string_view::npos;
  if (!is_literal && has_link) {
    marks(inner, depth + 1);
    return after - at;
  }
  flush();
  out_.code(is_literal ? std::string(inner) : attributes_.replaced(inner));
  return after - at;
}

// The marks of AsciiDoc before 2013, which hold where the document's title is underlined or the
// attribute compat-mode is set
// (https://docs.asciidoctor.org/asciidoctor/latest/migrate/asciidoc-py).
bool Text::is_compat() const {
  return attributes_.has("compat-mode");
}

// `as it is`, ``in curved quotes'', `in single ones'
std::size_t Text::compat_quoted(std::string_view text, std::size_t at, int depth) {
  const std::string_view within_reach = text.substr(0, std::min(text.size(), at + kMaxReach));
  const bool is_double = text.substr(at + 1).starts_with('`');
  if (is_double) {
    const std::size_t end = within_reach.find("''", at + 2);
    if (end == std::string_view::npos || end == at + 2) return 0;
    return curved(text.substr(at + 2, end - at - 2), "“", "”", depth) + 4;
  }
  if (at > 0 && is_word(text[at - 1])) return 0;
  if (const std::size_t end = constrained_end(text, at + 1, '`'); end != std::string_view::npos) {
    flush();
    out_.code(attributes_.replaced(text.substr(at + 1, end - at - 1)));
    return end + 1 - at;
  }
  const std::size_t end = constrained_end(text, at + 1, '\'');
  if (end == std::string_view::npos) return 0;
  return curved(text.substr(at + 1, end - at - 1), "‘", "’", depth) + 2;
}

// Writes text between two signs. Returns its size.
std::size_t Text::curved(std::string_view inner, std::string_view opening, std::string_view closing,
                         int depth) {
  plain_ += opening;
  marks(inner, depth + 1);
  plain_ += closing;
  return inner.size();
}

// +code+ and ++code++; with three signs it is as it is.
std::size_t Text::compat_code(std::string_view text, std::size_t at, int depth) {
  const std::string_view rest = text.substr(at);
  return rest.starts_with("+++") ? passed(text, at) : code(text, at, depth);
}

// +as it is+, ++as it is++, +++as it is, even as HTML+++
std::size_t Text::passed(std::string_view text, std::size_t at) {
  const std::size_t signs = std::min(text.find_first_not_of('+', at), text.size()) - at;
  if (signs > 3) return 0;
  std::size_t end = 0;
  if (signs == 1) {
    if (at > 0 && is_word(text[at - 1])) return 0;
    end = constrained_end(text, at + 1, '+');
  } else {
    end = text.substr(0, std::min(text.size(), at + kMaxReach))
              .find(text.substr(at, signs), at + signs);
  }
  if (end == std::string_view::npos || end == at + signs) return 0;
  plain_ += text.substr(at + signs, end - at - signs);
  return end + signs - at;
}

// "`curved quotes`", and the sign of an omission.
std::size_t Text::quoted(std::string_view text, std::size_t at, int depth) {
  const char quote = text[at];
  if (text.substr(at + 1).starts_with('`')) {
    const std::string closing{'`', quote};
    const std::size_t end =
        text.substr(0, std::min(text.size(), at + kMaxReach)).find(closing, at + 2);
    if (end != std::string_view::npos && end > at + 2) {
      const bool is_double = quote == '"';
      return curved(text.substr(at + 2, end - at - 2), is_double ? "“" : "‘", is_double ? "”" : "’",
                    depth) +
             4;
    }
  }
  const bool is_apostrophe = quote == '\'' && at > 0 && at + 1 < text.size() &&
                             is_word(text[at - 1]) && is_word(text[at + 1]);
  if (!is_apostrophe) return 0;
  plain_ += "’";
  return 1;
}

// [[place]], [[[entry]]], and [.role] before a mark.
std::size_t Text::bracket(std::string_view text, std::size_t at, int depth) {
  const std::string_view rest = text.substr(at);
  const std::size_t close = rest.substr(0, 200).find(']');
  if (close == std::string_view::npos) return 0;
  if (rest.starts_with("[[[") && rest.substr(close).starts_with("]]]")) {
    // An entry of a bibliography: "[[[id]]]" and "[[[id,label]]]" show what refers to it.
    const std::string_view entry = rest.substr(3, close - 3);
    plain_.append("[").append(trimmed(entry.substr(entry.find(',') + 1))).append("]");
    return close + 3;
  }
  if (rest.starts_with("[[") && rest.substr(close).starts_with("]]")) return close + 2;
  const bool is_role = rest.size() > 1 && (rest[1] == '.' || rest[1] == '#' ||
                                           is_ascii_letter(static_cast<unsigned char>(rest[1])));
  const std::size_t mark = at + close + 1;
  // pandoc writes a place within text as "[#id .anchor]####".
  if (is_role && text.substr(std::min(mark, text.size())).starts_with("####")) return close + 5;
  if (!is_role || mark >= text.size() || std::string_view("#*_`").find(text[mark]) == rest.npos)
    return 0;
  const std::string_view role = rest.substr(1, close - 1);
  std::optional<Style> style;
  if (role.find("underline") != role.npos) style = Style::kUnderline;
  if (role.find("line-through") != role.npos) style = Style::kStrike;
  std::size_t size = 0;
  // The place where the mark stands counts as the beginning of a word.
  const std::string_view from_mark = text.substr(mark);
  if (text[mark] == '#') size = styled(from_mark, 0, depth, style);
  if (text[mark] == '*') size = styled(from_mark, 0, depth, Style::kStrong);
  if (text[mark] == '_') size = styled(from_mark, 0, depth, Style::kEmphasis);
  if (text[mark] == '`') size = code(from_mark, 0, depth);
  return size == 0 ? 0 : close + 1 + size;
}

// <<id,text>>, <https://e.org>, <-, <=
std::size_t Text::cross_reference(std::string_view text, std::size_t at, int depth) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("<<")) {
    const std::size_t end = rest.substr(0, kMaxReach).find(">>");
    if (end == std::string_view::npos || end == 2) return 0;
    const std::string_view inner = rest.substr(2, end - 2);
    const std::size_t comma = std::min(inner.find(','), inner.size());
    within(std::string(trimmed(inner.substr(0, comma))),
           trimmed(inner.substr(std::min(comma + 1, inner.size()))), depth);
    return end + 2;
  }
  if (rest.starts_with("<http://") || rest.starts_with("<https://") ||
      rest.starts_with("<mailto:")) {
    const std::size_t end = rest.substr(0, kMaxReach).find_first_of("> \n");
    if (end == std::string_view::npos || rest[end] != '>') return 0;
    link(std::string(rest.substr(1, end - 1)), {}, depth);
    return end + 1;
  }
  for (const auto& [typed, shown] : {std::pair{"<- ", "← "}, std::pair{"<= ", "⇐ "}}) {
    if (!rest.starts_with(typed)) continue;
    plain_ += shown;
    return 3;
  }
  return 0;
}

std::size_t Text::attribute(std::string_view text, std::size_t at, int depth) {
  const std::size_t close = text.substr(at, 80).find('}');
  if (close == std::string_view::npos || close < 2) return 0;
  const std::string_view name = text.substr(at + 1, close - 1);
  const auto value = attributes_.value(name);
  if (!value || (replaced_ += value->size() + 1) > kMaxReplaced) return 0;
  // A character that has a name is no mark; other values are text with marks.
  if (value->size() < 4) {
    plain_ += *value;
  } else {
    marks(*value, depth + 4);
  }
  return close + 1;
}

std::size_t Text::entity(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, 12);
  const std::size_t end = rest.find(';');
  if (end == std::string_view::npos) return 0;
  const std::string_view name = rest.substr(1, end - 1);
  if (name.size() > 1 && name[0] == '#') {
    const bool is_hex = name[1] == 'x';
    char32_t code = 0;
    for (const char c : name.substr(is_hex ? 2 : 1)) {
      const int digit = hex_value(static_cast<unsigned char>(c));
      if (digit < 0 || (!is_hex && digit > 9)) return 0;
      code = code * (is_hex ? 16 : 10) + static_cast<char32_t>(digit);
    }
    if (code == 0 || code > 0x10FFFF) return 0;
    append_utf8(plain_, code);
    return end + 1;
  }
  if (const auto value = attributes_.value(name); value && name != "empty" && value->size() < 4) {
    plain_ += *value;
    return end + 1;
  }
  return 0;
}

// Dashes, dots, arrows.
std::size_t Text::sign(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const bool after_blank = at == 0 || is_blank(text[at - 1]);
  if (rest.starts_with("...") && !rest.starts_with("....")) {
    plain_ += "…";
    return 3;
  }
  if (rest.starts_with("->") || rest.starts_with("=>")) {
    plain_ += rest[0] == '-' ? "→" : "⇒";
    return 2;
  }
  if (!rest.starts_with("--") || rest.starts_with("---")) return 0;
  const bool before_blank = rest.size() == 2 || is_blank(rest[2]);
  const bool between_words = at > 0 && is_word(text[at - 1]) && rest.size() > 2 && is_word(rest[2]);
  if (!(after_blank && before_blank) && !between_words) return 0;
  plain_ += "—";
  return 2;
}

std::size_t Text::address(std::string_view text, std::size_t at, int depth) {
  const std::string_view rest = text.substr(at);
  static constexpr auto kSchemes =
      std::to_array<std::string_view>({"http://", "https://", "ftp://", "irc://"});
  const auto scheme = std::find_if(kSchemes.begin(), kSchemes.end(),
                                   [&](std::string_view one) { return rest.starts_with(one); });
  if (scheme == kSchemes.end()) return 0;
  std::size_t end = std::min(rest.substr(0, kMaxReach).find_first_of(" \n<>[]\"`|"), rest.size());
  end = std::min(end, kMaxReach);
  if (end < rest.size() && rest[end] == '[') {
    const std::size_t close = bracket_end(rest, end);
    if (close != std::string_view::npos) {
      link(attributes_.replaced(rest.substr(0, end)), rest.substr(end + 1, close - end - 1), depth);
      return close + 1;
    }
  }
  while (end > 0 && std::string_view(".,:;!?)'*_").find(rest[end - 1]) != std::string_view::npos)
    --end;
  if (end <= scheme->size()) return 0;
  link(attributes_.replaced(rest.substr(0, end)), {}, depth);
  return end;
}

// jane@e.org
std::size_t Text::mail_address(std::string_view text, std::size_t at) {
  constexpr std::size_t kMaxName = 64;  // RFC 5321, 4.5.3.1.1
  constexpr std::size_t kMaxHost = 255;
  const auto is_alphanumeric = [&](std::size_t place) {
    return place < text.size() && is_ascii_alphanumeric(static_cast<unsigned char>(text[place]));
  };
  const auto run_end = [&](std::size_t from, std::string_view signs, std::size_t limit) {
    limit = std::min(text.size(), from + limit);
    while (from < limit && (is_alphanumeric(from) || signs.find(text[from]) != signs.npos)) ++from;
    return from;
  };
  if (!is_alphanumeric(at) || (at > 0 && (text[at - 1] == ':' || text[at - 1] == '/'))) return 0;
  const std::size_t sign = run_end(at, "_-.%+", kMaxName);
  if (sign >= text.size() || text[sign] != '@' || !is_alphanumeric(sign + 1)) return 0;
  std::size_t end = run_end(sign + 1, "_.-", kMaxHost);
  while (!is_alphanumeric(end - 1)) --end;
  const std::string_view host = text.substr(sign + 1, end - sign - 1);
  const std::size_t dot = host.rfind('.');
  // "git@github.com:name" is no address for mail.
  const bool is_path = end < text.size() && text[end] == ':' && is_alphanumeric(end + 1);
  if (dot == std::string_view::npos || host.size() - dot < 3 || is_path) return 0;
  link("mailto:" + std::string(text.substr(at, end - at)), {}, 0);
  return end - at;
}

// ((shown)), (((only in the index))), and (C), (R), (TM).
std::size_t Text::index_term(std::string_view text, std::size_t at, int depth) {
  const std::string_view rest = text.substr(at);
  for (const auto& [typed, shown] :
       {std::pair{"(C)", "©"}, std::pair{"(R)", "®"}, std::pair{"(TM)", "™"}}) {
    if (!rest.starts_with(typed)) continue;
    plain_ += shown;
    return std::string_view(typed).size();
  }
  if (!rest.starts_with("((")) return 0;
  const bool is_hidden = rest.starts_with("(((");
  const std::string_view closing = is_hidden ? ")))" : "))";
  const std::size_t end = rest.substr(0, 300).find(closing);
  if (end == std::string_view::npos || end == closing.size()) return 0;
  if (!is_hidden) marks(rest.substr(2, end - 2), depth + 1);
  return end + closing.size();
}

}  // namespace sluice::markup::asciidoc
