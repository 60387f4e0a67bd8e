// SPDX-License-Identifier: Apache-2.0
#include "markup/tex/macros.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

#include "markup/tex/commands.hpp"

namespace sluice::markup::tex {
namespace {

// Papers define a few hundred macros, three or four deep; what they stand for is a part of the
// text.
constexpr int kMaxMacroDepth = 32;
constexpr std::size_t kMaxSpent = std::size_t{8} << 20;
constexpr std::size_t kMaxMacros = 20'000;
constexpr std::size_t kMaxUnclosed = 64;  // names for a warning
// How long an argument, or the body of a macro, may be.
constexpr std::size_t kMaxBody = 20'000;

// Conditionals of TeX and common packages. Their outcome is not known: they count as false.
constexpr auto kConditionals = std::to_array<std::string_view>(
    {"if",      "ifx",      "ifnum",     "ifdim",    "ifodd",   "ifcase", "ifcat",   "ifmmode",
     "ifvmode", "ifhmode",  "ifdefined", "ifcsname", "ifeof",   "ifpdf",  "ifxetex", "ifluatex",
     "ifXeTeX", "ifLuaTeX", "ifPDFTeX",  "iftutex",  "iffalse", "iftrue"});

bool is_conditional(std::string_view name) {
  return std::find(kConditionals.begin(), kConditionals.end(), name) != kConditionals.end();
}

// Bodies that calculate with names or look ahead mean nothing as text.
bool calculates(std::string_view body) {
  for (const std::string_view sign :
       {"@", "\\csname", "\\expandafter", "\\futurelet", "\\catcode", "\\def", "\\let",
        "\\newcommand", "\\ifthenelse", "\\begingroup", "\\the", "##"}) {
    if (body.find(sign) != kNowhere) return true;
  }
  return false;
}

// Names whose definitions say how a list or a number looks; the reader asks for them.
bool is_layout(std::string_view name) {
  return name.starts_with("label") || name.starts_with("the");
}

bool ends_in_word(std::string_view text) {
  const std::size_t last = text.rfind('\\');
  if (last == kNowhere) return false;
  const std::string_view name = control_name(text, last);
  return is_control_word(name) && last + 1 + name.size() == text.size();
}

}  // namespace

bool Macros::may_spend(std::size_t bytes) {
  if (spent_ + bytes > kMaxSpent) {
    is_cut_off_ = true;
    return false;
  }
  spent_ += bytes;
  return true;
}

std::string Macros::expand(std::string_view source) {
  out_.reserve(source.size());
  run(source, 0);
  for (const std::string& name : open_branches_) add_unclosed(name);
  return std::move(out_);
}

void Macros::run(std::string_view text, int depth) {
  WordFinder words(text);
  RawPart raw;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t next = std::min(text.find_first_of("\\%", at), text.size());
    out_.append(text.substr(at, next - at));
    at = next;
    if (at == text.size()) break;
    if (text[at] == '%') {
      at = remark(text, at);
    } else if (read_raw_part(text, at, words, raw)) {
      if (raw.name != "comment") out_.append(text.substr(at, raw.after - at));
      at = raw.after;
    } else {
      at = control(text, at, depth);
    }
  }
}

// A remark takes the end of its line and the blanks that the next one begins with along.
std::size_t Macros::remark(std::string_view text, std::size_t at) {
  const std::size_t line_end = text.find('\n', at);
  if (line_end == kNowhere) return text.size();
  at = std::min(text.find_first_not_of(" \t", line_end + 1), text.size());
  if (at < text.size() && text[at] == '\n') out_ += "\n";  // a blank line: the paragraph ends
  return at;
}

std::size_t Macros::control(std::string_view text, std::size_t at, int depth) {
  const std::string_view name = control_name(text, at);
  const std::size_t after = at + 1 + name.size();
  if (name == "begin" || name == "end") return environment(text, at, name, depth);
  if (const std::size_t end = definition(text, after, name); end > after) return end;
  if (name.starts_with("if") || name == "else" || name == "fi") {
    if (const std::size_t end = conditional(text, after, name); end > at)
      return skip_line_blanks(text, end);
  }
  if (set_flag(name)) return after;
  if (const auto macro = macros_.find(name);
      macro != macros_.end() && depth < kMaxMacroDepth && !is_cut_off_) {
    return use(macro->second, text, after, depth);
  }
  out_.append(text.substr(at, after - at));
  return after;
}

// Returns where a definition ends whose command ends at `at`; `at` if there is none that can be
// used, and then its words stay for the reader.
std::size_t Macros::definition(std::string_view text, std::size_t at, std::string_view name) {
  if (name == "newcommand" || name == "renewcommand" || name == "providecommand" ||
      name == "DeclareRobustCommand")
    return define_command(text, at);
  if (name == "def" || name == "gdef" || name == "edef" || name == "xdef")
    return define_primitive(text, at);
  if (name == "let") return define_alias(text, at);
  if (name == "DeclareMathOperator") return define_operator(text, at);
  if (name == "newenvironment" || name == "renewenvironment") return define_environment(text, at);
  if (name == "newif") return define_flag(text, at);
  return at;
}

void Macros::keep(const std::string& name, Macro macro) {
  // Whoever gives a command of LaTeX a new look does not change what it means.
  if (is_known_command(name) || calculates(macro.body) || macros_.size() >= kMaxMacros) return;
  macros_.insert_or_assign(name, std::move(macro));
}

// "{content}", with blanks before it.
std::size_t Macros::read_group(std::string_view text, std::size_t at, std::string& content) {
  const std::size_t open = skip_blanks(text, at);
  if (open == text.size() || text[open] != '{' || is_cut_off_) return kNowhere;
  const std::size_t close = find_group_end(text, open, kMaxBody);
  if (close == kNowhere) {
    may_spend(kMaxBody);
    return kNowhere;
  }
  content = text.substr(open + 1, close - open - 1);
  return close + 1;
}

// "\name" or "{\name}".
std::size_t Macros::read_name(std::string_view text, std::size_t at, std::string& name) {
  at = skip_blanks(text, at);
  const bool in_braces = at < text.size() && text[at] == '{';
  if (in_braces) at = skip_blanks(text, at + 1);
  if (at >= text.size() || text[at] != '\\') return kNowhere;
  name = control_name(text, at);
  at += 1 + name.size();
  if (!in_braces) return at;
  at = skip_blanks(text, at);
  return at < text.size() && text[at] == '}' ? at + 1 : kNowhere;
}

// "[2][default]"
std::size_t Macros::read_arity(std::string_view text, std::size_t at, Macro& macro) {
  for (int i = 0; i < 2; ++i) {
    const std::size_t open = skip_blanks(text, at);
    if (open == text.size() || text[open] != '[') return at;
    const std::size_t close = find_option_end(text, open);
    if (close == kNowhere) return kNowhere;
    const std::string_view value = text.substr(open + 1, close - open - 1);
    if (i == 0) {
      if (value.size() != 1 || !is_ascii_digit(static_cast<unsigned char>(value[0])))
        return kNowhere;
      macro.arguments = static_cast<std::size_t>(value[0] - '0');
    } else {
      macro.has_default = macro.arguments > 0;
      macro.default_value = value;
    }
    at = close + 1;
  }
  return at;
}

std::size_t Macros::define_command(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  if (at < text.size() && text[at] == '*') ++at;
  std::string name;
  Macro macro;
  if ((at = read_name(text, at, name)) == kNowhere || is_layout(name)) return begin;
  if ((at = read_arity(text, at, macro)) == kNowhere) return begin;
  if ((at = read_group(text, at, macro.body)) == kNowhere) return begin;
  keep(name, std::move(macro));
  return at;
}

std::size_t Macros::define_primitive(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  std::string name;
  if ((at = read_name(text, at, name)) == kNowhere || is_layout(name)) return begin;
  Macro macro;
  while (at + 1 < text.size() && text[at] == '#' &&
         text[at + 1] == static_cast<char>('1' + macro.arguments)) {
    ++macro.arguments;
    at += 2;
  }
  // Anything else before the body would have to stand between the arguments.
  const bool is_plain = at < text.size() && text[at] == '{';
  const std::size_t open = text.substr(0, std::min(text.size(), at + 200)).find('{', at);
  if (open == kNowhere || (at = read_group(text, open, macro.body)) == kNowhere) return begin;
  if (is_plain) keep(name, std::move(macro));
  return at;
}

std::size_t Macros::define_alias(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  std::string name;
  std::string other;
  if ((at = read_name(text, at, name)) == kNowhere) return begin;
  at = skip_blanks(text, at);
  if (at < text.size() && text[at] == '=') ++at;
  if ((at = read_name(text, at, other)) == kNowhere) return begin;
  const auto known = macros_.find(other);
  keep(name, known != macros_.end() ? known->second : Macro{"\\" + other, 0, false, {}});
  return at;
}

std::size_t Macros::define_operator(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  const bool has_star = at < text.size() && text[at] == '*';
  if (has_star) ++at;
  std::string name;
  std::string body;
  if ((at = read_name(text, at, name)) == kNowhere) return begin;
  if ((at = read_group(text, at, body)) == kNowhere) return begin;
  keep(name, {"\\operatorname" + std::string(has_star ? "*{" : "{") + body + "}", 0, false, {}});
  return at;
}

std::size_t Macros::define_environment(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  if (at < text.size() && text[at] == '*') ++at;
  std::string name;
  Environment made;
  if ((at = read_group(text, at, name)) == kNowhere) return begin;
  if ((at = read_arity(text, at, made.begin)) == kNowhere) return begin;
  if ((at = read_group(text, at, made.begin.body)) == kNowhere) return begin;
  if ((at = read_group(text, at, made.end)) == kNowhere) return begin;
  const bool is_usable = !is_known_environment(name) && !calculates(made.begin.body) &&
                         !calculates(made.end) && environments_.size() < kMaxMacros;
  if (is_usable) environments_.insert_or_assign(name, std::move(made));
  return at;
}

std::size_t Macros::define_flag(std::string_view text, std::size_t at) {
  std::string name;
  const std::size_t end = read_name(text, at, name);
  if (end == kNowhere || !name.starts_with("if") || flags_.size() >= kMaxMacros) return at;
  flags_.insert_or_assign(name.substr(2), false);
  return end;
}

std::size_t Macros::environment(std::string_view text, std::size_t at, std::string_view word,
                                int depth) {
  const std::string_view name = environment_name(text, at);
  const std::size_t after = at + 1 + word.size() + (name.empty() ? 0 : name.size() + 2);
  const auto found = environments_.find(name);
  if (found == environments_.end() || depth >= kMaxMacroDepth || is_cut_off_) {
    out_.append(text.substr(at, after - at));
    return after;
  }
  if (word == "begin") return use(found->second.begin, text, after, depth);
  return use({found->second.end, 0, false, {}}, text, after, depth);
}

// "\drafttrue" and "\draftfalse" of "\newif\ifdraft".
bool Macros::set_flag(std::string_view name) {
  const bool value = name.ends_with("true");
  if (!value && !name.ends_with("false")) return false;
  const auto flag = flags_.find(name.substr(0, name.size() - (value ? 4 : 5)));
  if (flag == flags_.end()) return false;
  flag->second = value;
  return true;
}

// `at`: behind the conditional's name. Returns kept text's beginning, or 0 if it is none.
std::size_t Macros::conditional(std::string_view text, std::size_t at, std::string_view name) {
  if (name == "else" || name == "fi") {
    if (open_branches_.empty()) return 0;
    const std::string opened = std::move(open_branches_.back());
    open_branches_.pop_back();
    return name == "fi" ? at : branch_end(text, at, opened, false);
  }
  const auto flag = flags_.find(name.substr(2));
  if (flag == flags_.end() && !is_conditional(name)) return 0;
  const bool holds = flag == flags_.end() ? name == "iftrue" : flag->second;
  if (holds) {
    open_branches_.emplace_back(name);
    return at;
  }
  return branch_end(text, at, name, true);
}

void Macros::add_unclosed(std::string_view name) {
  if (unclosed_.size() < kMaxUnclosed) unclosed_.emplace(name);
}

// Past the branch of the conditional `name` that begins at `at`: to its \fi, or to its \else.
std::size_t Macros::branch_end(std::string_view text, std::size_t at, std::string_view name,
                               bool stops_at_else) {
  const std::size_t begin = at;
  if (is_cut_off_) return begin;
  std::size_t depth = 0;
  for (at = text.find('\\', at); at != kNowhere; at = text.find('\\', at)) {
    const std::string_view found = control_name(text, at);
    at += 1 + found.size();
    if (found == "fi" && depth-- == 0) return at;
    if (found == "else" && depth == 0 && stops_at_else) {
      open_branches_.emplace_back(name);
      return at;
    }
    if (is_conditional(found) || (found.starts_with("if") && flags_.contains(found.substr(2))))
      ++depth;
  }
  // Its text stays; the search for its end must not be free.
  add_unclosed(name);
  may_spend(text.size() - begin);
  return begin;
}

std::size_t Macros::read_argument(std::string_view text, std::size_t at, std::string& argument) {
  const std::size_t begin = skip_blanks(text, at);
  if (begin >= text.size() || text[begin] == '}') return at;
  if (text[begin] == '{') {
    const std::size_t end = read_group(text, begin, argument);
    return end == kNowhere ? at : end;
  }
  const std::size_t size = token_size(text, begin);
  argument = text.substr(begin, size);
  return begin + size;
}

std::size_t Macros::use(const Macro& macro, std::string_view text, std::size_t at, int depth) {
  std::vector<std::string> arguments(macro.arguments);
  std::size_t first = 0;
  if (macro.has_default) {
    first = 1;
    arguments[0] = macro.default_value;
    const std::size_t close =
        at < text.size() && text[at] == '[' ? find_option_end(text, at) : kNowhere;
    if (close != kNowhere) {
      arguments[0] = text.substr(at + 1, close - at - 1);
      at = close + 1;
    }
  }
  for (std::size_t i = first; i < arguments.size(); ++i) at = read_argument(text, at, arguments[i]);
  std::string made;
  const std::string_view body = macro.body;
  std::size_t size = body.size() + 1;
  for (const std::string& argument : arguments) size += argument.size();
  if (!may_spend(size)) return at;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const bool is_place = body[i] == '#' && i + 1 < body.size() && body[i + 1] >= '1' &&
                          body[i + 1] < static_cast<char>('1' + arguments.size());
    if (is_place) {
      const std::string& argument = arguments[static_cast<std::size_t>(body[++i] - '1')];
      const bool joins =
          !argument.empty() && is_ascii_letter(static_cast<unsigned char>(argument[0]));
      if (joins && ends_in_word(made)) made += ' ';
      made += argument;
      if (made.size() > size && !may_spend(made.size() - size)) return at;
      size = std::max(size, made.size());
    } else {
      made += body[i];
    }
  }
  if (macro.arguments == 0) {
    // The blanks behind its name are none; a letter must not become part of the body's last name.
    at = skip_line_blanks(text, at);
    if (ends_in_word(made)) made += ' ';
  }
  run(made, depth + 1);
  return at;
}

}  // namespace sluice::markup::tex
