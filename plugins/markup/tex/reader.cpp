// SPDX-License-Identifier: Apache-2.0
#include "markup/tex/reader.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

namespace sluice::markup::tex {
namespace {

// Commands within arguments of commands: people write 6 deep.
constexpr int kMaxArgumentDepth = 40;
// Groups and environments that are open at once; what opens beyond is not kept.
constexpr std::size_t kMaxScopes = 10'000;

}  // namespace

void Reader::read_document() {
  constexpr std::string_view kBegin = "\\begin{document}";
  const std::size_t begin = text_.find(kBegin);
  const std::size_t body = begin == kNowhere ? 0 : begin + kBegin.size();
  std::size_t end = words_.find("\\end{document}", body);
  if (end == kNowhere) end = text_.size();
  if (begin != kNowhere) preamble(begin);
  read({body, end});
  end_paragraph();
  write_notes();
}

// Of what stands before the document's text, only what names it.
void Reader::preamble(std::size_t end) {
  for (at_ = text_.find('\\'); at_ < end; at_ = text_.find('\\', at_)) {
    control_ = at_;
    const std::string_view name = control_name(text_, at_);
    at_ += 1 + name.size();
    if (name == "title" || name == "author" || name == "date" || name == "keywords") metadata(name);
    if (name == "graphicspath") picture_folder(name);
  }
}

// Deeper than the bound, the text is read on in its place, as if its braces were a group's.
void Reader::read(Range range) {
  if (depth_ >= kMaxArgumentDepth) {
    at_ = range.begin;
    return;
  }
  const std::size_t resume = at_;
  const std::size_t base = std::exchange(base_, scopes_.size());
  ++depth_;
  at_ = range.begin;
  while (at_ < range.end) {
    to_.step();
    step(range.end);
  }
  flush();
  while (scopes_.size() > base_) close_scope();
  --depth_;
  base_ = base;
  at_ = resume;
}

void Reader::step(std::size_t end) {
  const std::string_view rest = text_.substr(at_, end - at_);
  const std::size_t plain = std::min(rest.find_first_of("\\{}$~-`'&\n?!"), rest.size());
  plain_.append(rest.substr(0, plain));
  at_ += plain;
  if (at_ < end) character(end);
}

void Reader::character(std::size_t end) {
  const std::string_view rest = text_.substr(at_, end - at_);
  switch (rest[0]) {
    case '\\':
      return control(end);
    case '\n':
      return line_ends(end);
    case '{':
      ++at_;
      return open_scope({}, EnvironmentKind::kPlain);
    case '}':
      ++at_;
      return close_group();
    case '$':
      if (rest.starts_with("$$")) return formula("$$", "$$", MathLayout::kDisplay);
      return formula("$", "$", MathLayout::kInline);
    case '&':
      ++at_;
      if (!scopes_.empty() && scopes_.back().kind == EnvironmentKind::kTable) return next_cell();
      plain_ += '&';
      return;
    default:
      break;
  }
  struct Ligature {
    std::string_view typed;
    std::string_view shown;
  };
  static constexpr Ligature kLigatures[] = {{"---", "—"},    {"--", "–"}, {"``", "“"},
                                            {"''", "”"},     {"`", "‘"},  {"'", "’"},
                                            {"~", "\u00A0"}, {"?`", "¿"}, {"!`", "¡"}};
  for (const Ligature& one : kLigatures) {
    if (!rest.starts_with(one.typed)) continue;
    plain_ += one.shown;
    at_ += one.typed.size();
    return;
  }
  plain_ += rest[0];
  ++at_;
}

// A line end is a blank, a blank line the end of the paragraph.
void Reader::line_ends(std::size_t end) {
  const std::size_t next = std::min(skip_blanks(text_, at_), end);
  const std::string_view blanks = text_.substr(at_, next - at_);
  at_ = next;
  if (std::count(blanks.begin(), blanks.end(), '\n') > 1) {
    end_paragraph();
  } else {
    plain_ += ' ';
  }
}

void Reader::control(std::size_t end) {
  RawPart raw;
  if (read_raw_part(text_, at_, words_, raw) && raw.after <= end) return raw_part(raw);
  control_ = at_;
  const std::string_view name = control_name(text_, at_);
  if (name == "(") return formula("\\(", "\\)", MathLayout::kInline);
  if (name == "[") return formula("\\[", "\\]", MathLayout::kDisplay);
  if (name == "begin" || name == "end") {
    const std::string_view environment = environment_name(text_, at_);
    at_ += 1 + name.size() + (environment.empty() ? 0 : environment.size() + 2);
    if (environment.empty()) return;
    return name == "begin" ? begin_environment(environment) : end_environment(environment);
  }
  at_ += 1 + name.size();
  if (const Special special = special_of(name)) return (this->*special)(name);
  if (const auto style = style_of(name)) return this->style(*style);
  if (is_accent(name)) return accent(name);
  if (const auto symbol = symbol_of(name)) {
    plain_ += *symbol;
    if (is_control_word(name)) at_ = std::min(skip_line_blanks(text_, at_), end);
    return;
  }
  if (const auto declared = declared_style(name)) {
    at_ = std::min(skip_line_blanks(text_, at_), end);
    flush();
    out_.begin_style(*declared);
    if (scopes_.size() == base_) open_scope({}, EnvironmentKind::kPlain);
    scopes_.back().styles.push_back(*declared);
    return;
  }
  if (const auto signature = plain_command(name)) {
    skip_arguments(*signature);
    if (signature->empty()) at_ = std::min(skip_line_blanks(text_, at_), end);
    return;
  }
  unknown(name);
}

// The text in its arguments stays, and is read as it stands.
void Reader::unknown(std::string_view name) {
  to_.left_out("\\" + std::string(name));
  if (!is_control_word(name)) return;
  skip_star();
  option();
}

// `$` may be the sign of a currency: without its end within the paragraph it is text.
void Reader::formula(std::string_view opening, std::string_view closing, MathLayout layout) {
  const std::size_t begin = at_ + opening.size();
  std::size_t end = words_.find(closing, begin);
  while (closing == "$" && end != kNowhere && text_[end - 1] == '\\' && end > begin &&
         (end < begin + 2 || text_[end - 2] != '\\'))
    end = words_.find(closing, end + 1);
  const std::size_t paragraph_end = words_.find("\n\n", begin);
  if (end == kNowhere || (layout == MathLayout::kInline && end > paragraph_end)) {
    if (opening[0] == '$') plain_ += opening;
    at_ = begin;
    return;
  }
  const std::string tex = formula_text(text_.substr(begin, end - begin));
  at_ = end + closing.size();
  if (layout == MathLayout::kDisplay) flush();
  if (trimmed(tex).empty()) return;
  flush();
  out_.math(tex, layout);
}

// A formula as readers of Markdown know it: without labels, and without what only LaTeX needs.
std::string Reader::formula_text(std::string_view tex) {
  std::string out;
  for (std::size_t at = 0; at < tex.size();) {
    const std::size_t next = std::min(tex.find('\\', at), tex.size());
    out.append(tex.substr(at, next - at));
    at = next;
    if (at == tex.size()) break;
    const std::string_view name = control_name(tex, at);
    const std::size_t after = at + 1 + name.size();
    if (name == "label" || name == "ensuremath" || name == "xspace" || name == "nonumber" ||
        name == "notag") {
      at = after;
      const std::size_t end = at < tex.size() && tex[at] == '{' && name != "xspace"
                                  ? find_group_end(tex, at, 2'000)
                                  : kNowhere;
      if (end == kNowhere) continue;
      if (name == "label") at = end + 1;
    } else {
      out.append(tex.substr(at, after - at));
      at = after;
    }
  }
  return std::string(trimmed(out));
}

void Reader::flush() {
  if (!plain_.empty()) out_.text(plain_);
  plain_.clear();
}

void Reader::end_paragraph() {
  flush();
  out_.end_paragraph();
}

void Reader::open_scope(std::string_view name, EnvironmentKind kind) {
  if (scopes_.size() >= kMaxScopes) return;
  scopes_.emplace_back();
  scopes_.back().name = name;
  scopes_.back().kind = kind;
}

void Reader::close_scope() {
  flush();
  const Scope scope = std::move(scopes_.back());
  scopes_.pop_back();
  for (auto style = scope.styles.rbegin(); style != scope.styles.rend(); ++style)
    out_.end_style(*style);
  if (!scope.name.empty()) leave(scope);
}

void Reader::close_group() {
  if (scopes_.size() > base_ && scopes_.back().name.empty()) close_scope();
}

// "{content}", or the one token that stands there. Empty at the end of a group.
Reader::Range Reader::argument() {
  const std::size_t begin = skip_line_blanks(text_, at_);
  if (begin >= text_.size() || text_[begin] == '}') return {at_, at_};
  if (text_[begin] != '{') {
    at_ = begin + token_size(text_, begin);
    return {begin, at_};
  }
  const std::size_t end = source_.group_end(begin);
  if (end == kNowhere) {
    at_ = begin + 1;
    return {at_, at_};
  }
  at_ = end + 1;
  return {begin + 1, end};
}

Reader::Range Reader::option() {
  const std::size_t open = skip_line_blanks(text_, at_);
  if (open >= text_.size() || text_[open] != '[') return {at_, at_};
  const std::size_t close = find_option_end(text_, open);
  if (close == kNowhere) return {at_, at_};
  at_ = close + 1;
  return {open + 1, close};
}

bool Reader::skip_star() {
  if (at_ >= text_.size() || text_[at_] != '*') return false;
  ++at_;
  return true;
}

void Reader::skip_arguments(Signature signature) {
  for (const char kind : signature) {
    const std::size_t next = skip_line_blanks(text_, at_);
    const char found = next < text_.size() ? text_[next] : '\0';
    if (kind == '*') skip_star();
    if (kind == 'o') option();
    if (kind == 'm' && (found == '{' || found == '\\')) argument();
    if (kind == 'p' && found == '(') at_ = std::min(text_.find(')', next), text_.size() - 1) + 1;
    if (kind == 't' && (found == '{' || found == '\\')) read(argument());
  }
}

}  // namespace sluice::markup::tex
