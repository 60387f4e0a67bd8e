// SPDX-License-Identifier: Apache-2.0
#include "markup/rst_text.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

namespace sluice::markup {
namespace {

// How far the end of a construct may be from its beginning: a paragraph.
constexpr std::size_t kMaxReach = 2'000;

bool is_blank_byte(char c) {
  return c == ' ' || c == '\n' || c == '\t';
}
// Inline markup begins behind these, and ends before those (docutils, "Inline markup recognition
// rules", 6 and 7).
bool may_precede(char c) {
  return is_blank_byte(c) || std::string_view("-:/'\"<([{").find(c) != std::string_view::npos ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool may_follow(char c) {
  return is_blank_byte(c) ||
         std::string_view("-.,:;!?\\/'\")]}>|").find(c) != std::string_view::npos ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string without_escapes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      ++at;
      if (is_blank_byte(text[at])) continue;
    }
    out += text[at];
  }
  return out;
}

// "Title <target>": where the target begins with its bracket, or npos.
std::size_t bracket_of(std::string_view text) {
  if (!text.ends_with('>')) return std::string_view::npos;
  const std::size_t open = text.rfind('<');
  if (open == std::string_view::npos || (open > 0 && !is_blank_byte(text[open - 1])))
    return std::string_view::npos;
  return open;
}

std::size_t url_size(std::string_view text) {
  if (!text.starts_with("http://") && !text.starts_with("https://")) return 0;
  std::size_t end = std::min(text.find_first_of(" \n\t<>\"`|"), text.size());
  while (end > 0 && std::string_view(".,:;!?)]'").find(text[end - 1]) != std::string_view::npos)
    --end;
  return end > 8 ? end : 0;
}

}  // namespace

std::string rst_name(std::string_view text) {
  std::string name;
  for (const char c : trimmed(text)) {
    const bool blank = is_blank_byte(c);
    if (blank && name.ends_with(' ')) continue;
    if (c == '`') continue;
    name += blank ? ' ' : ascii_lower(c);
  }
  return name;
}

void RstText::flush(std::string& plain) {
  if (!plain.empty()) out_.text(plain);
  plain.clear();
}

void RstText::write(std::string_view text, int depth) {
  std::string plain;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      if (!is_blank_byte(text[at + 1])) plain += text[at + 1];
      at += 2;
      continue;
    }
    const std::size_t size = depth > kMaxDepth ? 0 : construct(text, at, plain, depth);
    if (size > 0) {
      at += size;
    } else {
      plain += text[at++];
    }
  }
  flush(plain);
}

std::size_t RstText::construct(std::string_view text, std::size_t at, std::string& plain,
                               int depth) {
  const std::string_view rest = text.substr(at);
  const bool begins = at == 0 || may_precede(text[at - 1]);
  const char c = text[at];
  if (c == '_' && !begins) return name_reference(text, at, plain);
  if (!begins && c != '`') return 0;
  switch (c) {
    case '*':
      return delimited(text, at, rest.starts_with("**") ? "**" : "*", plain, depth);
    case '`':
      if (rest.starts_with("``")) return begins ? delimited(text, at, "``", plain, depth) : 0;
      return begins ? interpreted(text, at, plain, depth) : 0;
    case ':': {
      const std::size_t end = rest.substr(0, 80).find(":`", 1);
      const bool is_role = end != std::string_view::npos &&
                           rest.substr(1, end - 1).find_first_of(" \n`:") == std::string_view::npos;
      // ":py:func:`x`" has two names.
      if (!is_role && (end == std::string_view::npos ||
                       rest.substr(1, end - 1).find_first_of(" \n`") != std::string_view::npos))
        return 0;
      return interpreted(text, at, plain, depth);
    }
    case '[':
      return note(rest, plain);
    case '|':
      return substitution(rest, plain, depth);
    case '_':
      if (rest.starts_with("_`")) {  // a target within the text
        const std::size_t end = rest.substr(0, kMaxReach).find('`', 2);
        if (end == std::string_view::npos) return 0;
        plain += rest.substr(2, end - 2);
        return end + 1;
      }
      return 0;
    case 'h': {
      const std::size_t size = url_size(rest);
      if (size == 0) return 0;
      flush(plain);
      out_.begin_link(rest.substr(0, size));
      out_.text(rest.substr(0, size));
      out_.end_link();
      return size;
    }
    default:
      return 0;
  }
}

// Emphasis and literals.
std::size_t RstText::delimited(std::string_view text, std::size_t at, std::string_view mark,
                               std::string& plain, int depth) {
  const std::size_t begin = at + mark.size();
  if (begin >= text.size() || is_blank_byte(text[begin])) return 0;
  std::size_t end = begin;
  while (true) {
    end = text.substr(0, std::min(text.size(), begin + kMaxReach))
              .find(mark, end + (end == begin ? 0 : 1));
    if (end == std::string_view::npos) return 0;
    const bool escaped = mark != "``" && text[end - 1] == '\\';
    const bool ends = end > begin && !is_blank_byte(text[end - 1]) && !escaped &&
                      (end + mark.size() == text.size() || may_follow(text[end + mark.size()]));
    if (ends) break;
    if (end == begin) ++end;
  }
  const std::string_view inner = text.substr(begin, end - begin);
  flush(plain);
  if (mark == "``") {
    out_.code(inner);
  } else {
    const Style style = mark == "**" ? Style::kStrong : Style::kEmphasis;
    out_.begin_style(style);
    write(inner, depth + 1);
    out_.end_style(style);
  }
  return end + mark.size() - at;
}

// `text`, :role:`text`, `text`:role:, `text <url>`_, `name`__.
std::size_t RstText::interpreted(std::string_view text, std::size_t at, std::string& plain,
                                 int depth) {
  std::string_view name;
  std::size_t begin = at;
  if (text[at] == ':') {
    const std::size_t tick = text.find('`', at);
    name = text.substr(at + 1, tick - at - 2);
    begin = tick;
  }
  std::size_t end = begin + 1;
  const std::string_view reach = text.substr(0, std::min(text.size(), begin + kMaxReach));
  do {
    end = reach.find('`', end + 1);
    if (end == std::string_view::npos) return 0;
  } while (text[end - 1] == '\\' || is_blank_byte(text[end - 1]));
  const std::string_view inner = text.substr(begin + 1, end - begin - 1);
  if (inner.empty() || is_blank_byte(inner[0])) return 0;
  std::size_t after = end + 1;
  flush(plain);
  if (name.empty() && after < text.size() && text[after] == '_') {
    while (after < text.size() && text[after] == '_') ++after;
    reference(inner);
    return after - at;
  }
  if (name.empty() && after < text.size() && text[after] == ':') {
    const std::size_t close =
        text.substr(0, std::min(text.size(), after + 40)).find(':', after + 1);
    const bool is_role =
        close != std::string_view::npos &&
        text.substr(after + 1, close - after - 1).find_first_of(" \n") == std::string_view::npos &&
        close > after + 1;
    if (is_role) {
      name = text.substr(after + 1, close - after - 1);
      after = close + 1;
    }
  }
  role(name, inner, depth);
  return after - at;
}

void RstText::role(std::string_view role, std::string_view text, int depth) {
  static constexpr auto kLiteral = std::to_array<std::string_view>(
      {"code",    "literal", "file", "samp",   "command", "program", "kbd",   "func",   "meth",
       "class",   "mod",     "attr", "data",   "exc",     "obj",     "const", "option", "envvar",
       "makevar", "regexp",  "type", "member", "macro",   "py",      "c",     "cpp"});
  const std::string_view last = role.substr(role.rfind(':') + 1);
  const std::string_view first = role.substr(0, role.find(':'));
  const std::size_t open = bracket_of(text);
  const std::string words = without_escapes(text);
  if (last == "math") return out_.math(text);
  if (last == "strong" || last == "guilabel" || last == "menuselection") {
    out_.begin_style(Style::kStrong);
    out_.text(words);
    return out_.end_style(Style::kStrong);
  }
  if (last == "sub" || last == "subscript" || last == "sup" || last == "superscript") {
    const Style style = last.starts_with("sub") ? Style::kSubscript : Style::kSuperscript;
    out_.begin_style(style);
    out_.text(words);
    return out_.end_style(style);
  }
  if (last == "emphasis" || last == "dfn" || last == "title-reference" || role.empty()) {
    out_.begin_style(Style::kEmphasis);
    write(text, depth + 1);
    return out_.end_style(Style::kEmphasis);
  }
  if (last == "raw" || last == "index") return;
  if (last == "ref" || last == "numref") return place_reference(text);
  const bool is_literal = std::find(kLiteral.begin(), kLiteral.end(), last) != kLiteral.end() ||
                          std::find(kLiteral.begin(), kLiteral.end(), first) != kLiteral.end();
  // "Title <target>" shows its title; "~a.b.c" its last name.
  std::string_view shown =
      open == std::string_view::npos ? std::string_view(text) : trimmed(text.substr(0, open));
  if (shown.starts_with('!')) shown.remove_prefix(1);
  if (shown.starts_with('~')) shown = shown.substr(std::min(shown.rfind('.') + 1, shown.size()));
  if (is_literal && open == std::string_view::npos) {
    out_.code(shown);
  } else {
    out_.text(without_escapes(shown));
  }
}

// "label" or "Title <label>", as Sphinx has it. A label alone shows the title of its heading.
void RstText::place_reference(std::string_view text) {
  const std::size_t open = bracket_of(text);
  const bool has_words = open != std::string_view::npos;
  const std::string name =
      rst_name(has_words ? text.substr(open + 1, text.size() - open - 2) : text);
  std::string shown(has_words ? trimmed(text.substr(0, open)) : text);
  if (const auto title = names_.titles.find(name); !has_words && title != names_.titles.end())
    shown = title->second;
  const auto found = names_.targets.find(name);
  if (found != names_.targets.end()) out_.begin_link(found->second);
  out_.text(without_escapes(shown));
  if (found != names_.targets.end()) out_.end_link();
}

// A link by a name or with its address in brackets.
void RstText::reference(std::string_view text) {
  const std::size_t open = bracket_of(text);
  std::string_view shown = text;
  std::string target;
  if (open != std::string_view::npos) {
    std::string_view address = text.substr(open + 1, text.size() - open - 2);
    shown = trimmed(text.substr(0, open));
    if (shown.empty()) shown = address;
    if (address.ends_with('_')) {
      const auto found = names_.targets.find(rst_name(address.substr(0, address.size() - 1)));
      if (found != names_.targets.end()) target = found->second;
    } else {
      for (const char c : address) {
        if (!is_blank_byte(c)) target += c;
      }
      const auto id =
          target.starts_with('#') ? names_.ids.find(target.substr(1)) : names_.ids.end();
      if (id != names_.ids.end()) target = id->second;
    }
  } else if (const auto found = names_.targets.find(rst_name(text));
             found != names_.targets.end()) {
    target = found->second;
  }
  if (!target.empty()) out_.begin_link(target);
  out_.text(without_escapes(shown));
  if (!target.empty()) out_.end_link();
}

// "name_": `at` is at the mark, and the name is the end of `plain`.
std::size_t RstText::name_reference(std::string_view text, std::size_t at, std::string& plain) {
  std::size_t after = at + 1;
  if (after < text.size() && text[after] == '_') ++after;
  if (after < text.size() && !may_follow(text[after])) return 0;
  std::size_t begin = plain.size();
  while (begin > 0 && (is_ascii_alphanumeric(static_cast<unsigned char>(plain[begin - 1])) ||
                       plain[begin - 1] == '-' || plain[begin - 1] == '.' ||
                       static_cast<unsigned char>(plain[begin - 1]) >= 0x80)) {
    --begin;
  }
  const std::string name = plain.substr(begin);
  const auto found = names_.targets.find(rst_name(name));
  if (name.empty() || found == names_.targets.end()) return 0;
  plain.resize(begin);
  flush(plain);
  if (!found->second.empty()) out_.begin_link(found->second);
  out_.text(name);
  if (!found->second.empty()) out_.end_link();
  return after - at;
}

// [1]_, [#]_, [#name]_, [*]_, [Citation]_.
std::size_t RstText::note(std::string_view rest, std::string& plain) {
  const std::size_t end = rest.substr(0, 100).find("]_");
  if (end == std::string_view::npos) return 0;
  const std::string label = note_label(rest.substr(1, end - 1), automatic_notes_);
  if (!names_.notes.contains(label)) return 0;
  while (plain.ends_with(' ')) plain.pop_back();
  flush(plain);
  out_.footnote_reference(label);
  return end + 2;
}

std::size_t RstText::substitution(std::string_view rest, std::string& plain, int depth) {
  const std::size_t end = rest.substr(0, 200).find('|', 1);
  if (end == std::string_view::npos || end < 2) return 0;
  const std::string name = rst_name(rest.substr(1, end - 1));
  const std::size_t size = end + 1;
  if (const auto image = names_.images.find(name); image != names_.images.end()) {
    flush(plain);
    to_.image(image->second, name);
    return size;
  }
  const auto text = names_.substitutions.find(name);
  // What stands for more of its kind must not grow without end.
  constexpr std::size_t kMaxSubstitutions = 10'000;
  if (text == names_.substitutions.end() || substituted_ >= kMaxSubstitutions) return 0;
  ++substituted_;
  flush(plain);
  // Substitutions within substitutions: each costs a level.
  write(text->second, depth + 4);
  return size;
}

}  // namespace sluice::markup
