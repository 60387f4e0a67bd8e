// SPDX-License-Identifier: Apache-2.0
//
// Environments of LaTeX: lists, tables, floats, formulas, program text.
#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/list_number.hpp>

#include "markup/tex/reader.hpp"

namespace sluice::markup::tex {
namespace {

bool is_list(EnvironmentKind kind) {
  return kind == EnvironmentKind::kBullets || kind == EnvironmentKind::kNumbers ||
         kind == EnvironmentKind::kTerms || kind == EnvironmentKind::kSources;
}

// A language as fences of Markdown have it.
std::string language_of(std::string_view name) {
  std::string lower = ascii_lower(trimmed(name));
  return lower == "c++" ? "cpp" : lower;
}

// Of highlighted program text, without the marks of its colours.
std::string without_colours(std::string_view code) {
  std::string out;
  while (!code.empty()) {
    const std::size_t end = std::min(code.find('\n'), code.size());
    out.append(plain_text(code.substr(0, end), true)).append("\n");
    code.remove_prefix(std::min(end + 1, code.size()));
  }
  return out;
}

}  // namespace

void Reader::raw_part(const RawPart& raw) {
  at_ = raw.after;
  flush();
  const std::string_view content = text_.substr(raw.begin, raw.end - raw.begin);
  if (!raw.is_environment) return out_.code(content);
  if (raw.name == "comment" || raw.name.starts_with("filecontents")) return;
  end_paragraph();
  const bool is_coloured = raw.name == "Highlighting" || raw.name == "alltt";
  out_.code_block(is_coloured ? without_colours(content) : std::string(content),
                  language_of(raw.language));
}

void Reader::begin_environment(std::string_view name) {
  const std::size_t begin = control_;
  EnvironmentInfo info = environment_info(name);
  const auto own = labels_.theorems.find(name);
  if (own != labels_.theorems.end()) {
    info = {EnvironmentKind::kTheorem, "o", own->second.title};
  }
  switch (info.kind) {
    case EnvironmentKind::kDisplay:
      return display(name, info);
    case EnvironmentKind::kTable:
      return begin_table(name, info);
    case EnvironmentKind::kDrawing: {
      const std::size_t end = words_.find("\\end{" + std::string(name) + "}", at_);
      to_.left_out("{" + std::string(name) + "}");
      if (end != kNowhere) at_ = end;
      return open_scope(name, info.kind);
    }
    case EnvironmentKind::kUnknown:
      to_.left_out("{" + std::string(name) + "}");
      option();
      break;
    default:
      break;
  }
  control_ = begin;
  enter(name, info);
}

void Reader::enter(std::string_view name, const EnvironmentInfo& info) {
  const bool is_numbered_list = is_list(info.kind);
  if (info.kind == EnvironmentKind::kTheorem) return begin_theorem(name, info);
  if (info.kind == EnvironmentKind::kFrame) return begin_frame();
  // Text goes on around what only changes its looks.
  if (info.kind != EnvironmentKind::kPlain && info.kind != EnvironmentKind::kUnknown)
    end_paragraph();
  open_scope(name, info.kind);
  if (scopes_.empty()) return;
  if (is_numbered_list) {
    if (info.kind == EnvironmentKind::kSources) {
      argument();
      if (!labels_.has_chapters) {
        out_.begin_style(Style::kStrong);
        out_.text("References");
        out_.end_style(Style::kStrong);
        out_.end_paragraph();
      }
    } else {
      read_list_options(scopes_.back());
    }
    const bool has_numbers = info.kind == EnvironmentKind::kNumbers && scopes_.back().label.empty();
    scopes_.back().is_numbered = has_numbers;
    return;
  }
  if (info.kind == EnvironmentKind::kQuote) out_.begin_quote();
  skip_arguments(info.signature);
  if (info.kind == EnvironmentKind::kBlock) {
    style_range(Style::kStrong, argument());
    end_paragraph();
  }
}

void Reader::leave(const Scope& scope) {
  switch (scope.kind) {
    case EnvironmentKind::kQuote:
      end_paragraph();
      return out_.end_quote();
    case EnvironmentKind::kBullets:
    case EnvironmentKind::kNumbers:
    case EnvironmentKind::kTerms:
    case EnvironmentKind::kSources:
      end_paragraph();
      if (!scope.is_open) return;
      out_.end_item();
      return out_.end_list();
    case EnvironmentKind::kTable:
      if (scope.is_open) {
        out_.end_cell();
        out_.end_row();
      }
      return out_.end_table();
    case EnvironmentKind::kPlain:
    case EnvironmentKind::kUnknown: {
      static constexpr std::string_view kWithin[] = {"small", "footnotesize", "large", "Large"};
      if (std::find(std::begin(kWithin), std::end(kWithin), scope.name) == std::end(kWithin))
        end_paragraph();
      return;
    }
    default:
      return end_paragraph();
  }
}

// An \end closes what was opened under its name, and all within that was left open.
void Reader::end_environment(std::string_view name) {
  std::size_t place = scopes_.size();
  // Braces that are left open within are few; a wrong \end must not cost a walk over all.
  constexpr std::size_t kMaxLeftOpen = 200;
  const std::size_t lowest = std::max(base_, place - std::min(place, kMaxLeftOpen));
  while (place > lowest && scopes_[place - 1].name != name) --place;
  if (place == lowest) return;
  while (scopes_.size() >= place) close_scope();
}

void Reader::display(std::string_view name, const EnvironmentInfo& info) {
  const std::size_t place = control_;
  skip_arguments(info.signature);
  const std::string ending = "\\end{" + std::string(name) + "}";
  const std::size_t end = words_.find(ending, at_);
  if (end == kNowhere) return;
  std::string tex = formula_text(text_.substr(at_, end - at_));
  at_ = end + ending.size();
  flush();
  if (tex.empty()) return;
  if (!info.title.empty()) {
    const std::string rows(info.title);
    tex = "\\begin{" + rows + "}" + tex + "\\end{" + rows + "}";
  }
  if (const Place* const counted = labels_.referred_at(place);
      counted != nullptr && tex.find("\\tag") == std::string::npos)
    tex += " \\tag{" + counted->number + "}";
  out_.math(tex, name == "math" ? MathLayout::kInline : MathLayout::kDisplay);
}

void Reader::begin_theorem(std::string_view name, const EnvironmentInfo& info) {
  const std::size_t place = control_;
  const Range remark = info.signature.empty() ? Range{at_, at_} : option();
  end_paragraph();
  open_scope(name, info.kind);
  std::string title(info.title);
  const auto counted = labels_.counted.find(place);
  if (counted != labels_.counted.end()) title += " " + counted->second.number;
  out_.begin_style(Style::kStrong);
  out_.text(title);
  out_.end_style(Style::kStrong);
  if (remark.begin != remark.end) {
    out_.text(" (");
    read(remark);
    out_.text(")");
  }
  out_.text(". ");
}

// A slide: \begin{frame}[options]{Title}{Subtitle}
void Reader::begin_frame() {
  end_paragraph();
  if (at_ < text_.size() && text_[at_] == '<')
    at_ = std::min(text_.find('>', at_), text_.size() - 1) + 1;
  option();
  option();
  open_scope("frame", EnvironmentKind::kFrame);
  const std::size_t next = skip_line_blanks(text_, at_);
  if (next >= text_.size() || text_[next] != '{') return;
  heading("frametitle");
  const std::size_t behind = skip_line_blanks(text_, at_);
  if (behind < text_.size() && text_[behind] == '{') heading("framesubtitle");
}

// [label=(\alph*), start=3] of enumitem, [(a)] of enumerate.
void Reader::read_list_options(Scope& list) {
  std::string_view options = words_of(option());
  if (options.empty() || list.kind != EnvironmentKind::kNumbers) return;
  if (const std::string_view start = option_value(options, "start");
      is_ascii_number(start) && start.size() < 9)
    list.number = std::stoll(std::string(start));
  if (options.find('=') != kNowhere) {
    list.label = option_value(options, "label");
  } else if (const std::size_t sign = options.find_first_of("aAiI"); sign != kNowhere) {
    constexpr std::string_view kSigns = "aAiI";
    constexpr std::string_view kNames[] = {"\\alph", "\\Alph", "\\roman", "\\Roman"};
    list.label = std::string(options.substr(0, sign))
                     .append(kNames[kSigns.find(options[sign])])
                     .append("*")
                     .append(options.substr(sign + 1));
  }
  if (list.label.find("\\arabic") != std::string::npos && list.label.size() < 11)
    list.label.clear();
}

// "(\alph*)" or "\alph{enumi}." for the third item: "(c)", "c.".
std::string Reader::item_label(const std::string& pattern, std::int64_t number) const {
  std::string out;
  const std::string_view text = pattern;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '\\') {
      out += text[at++];
      continue;
    }
    const std::string_view name = control_name(text, at);
    at += 1 + name.size();
    static const std::map<std::string_view, std::string_view> kFormats = {{"alph", "lowerLetter"},
                                                                          {"Alph", "upperLetter"},
                                                                          {"roman", "lowerRoman"},
                                                                          {"Roman", "upperRoman"},
                                                                          {"arabic", "decimal"}};
    const auto format = kFormats.find(name);
    if (format == kFormats.end()) continue;
    out += list_number(number, format->second);
    if (at < text.size() && text[at] == '*') ++at;
    if (at < text.size() && text[at] == '{') at = std::min(text.find('}', at), text.size() - 1) + 1;
  }
  return plain_text(out);
}

Reader::Scope* Reader::list_around() {
  for (std::size_t i = scopes_.size(); i > base_; --i) {
    if (is_list(scopes_[i - 1].kind)) return &scopes_[i - 1];
    if (!scopes_[i - 1].name.empty()) return nullptr;
  }
  return nullptr;
}

void Reader::item(std::string_view) {
  while (scopes_.size() > base_ && scopes_.back().name.empty()) close_scope();
  Scope* const list = list_around();
  const Range label = option();
  if (list == nullptr) return end_paragraph();
  begin_item(*list);
  ItemOptions options;
  options.number = list->number++;
  const std::string_view mark = words_of(label);
  if (mark.find("\\square") != kNowhere || mark.find("\\Box") != kNowhere)
    options.task = Task::kOpen;
  if (mark.find("\\boxtimes") != kNowhere || mark.find("\\checkmark") != kNowhere)
    options.task = Task::kDone;
  const std::string counted =
      list->is_numbered || list->label.empty() ? "" : item_label(list->label, options.number);
  const bool is_term = list->kind == EnvironmentKind::kTerms;
  out_.begin_item(options);
  if (options.task == Task::kNone && label.begin != label.end) {
    if (is_term) {
      style_range(Style::kStrong, label);
      out_.text(": ");
    } else {
      read(label);
      out_.text(" ");
    }
  } else if (!counted.empty()) {
    out_.text(counted + " ");
  }
  at_ = skip_line_blanks(text_, at_);
}

// Ends the item before, or begins the list with its first.
void Reader::begin_item(Scope& list) {
  end_paragraph();
  if (list.is_open) {
    out_.end_item();
    return;
  }
  // Labels may have been declared since the list began.
  list.is_numbered =
      list.kind == EnvironmentKind::kNumbers && list.label.find_first_of("aAiI") == kNowhere;
  const bool is_native = list.label.empty() || list.label.find("\\arabic") == 0;
  list.is_numbered = list.kind == EnvironmentKind::kNumbers && is_native;
  out_.begin_list({.kind = list.is_numbered ? ListKind::kOrdered : ListKind::kBullet});
  list.is_open = true;
}

// \bibitem[label]{key} text
void Reader::source_item(std::string_view) {
  while (scopes_.size() > base_ && scopes_.back().name.empty()) close_scope();
  Scope* const list = list_around();
  option();
  const std::string key(trimmed(words_of(argument())));
  if (list == nullptr) return;
  begin_item(*list);
  out_.begin_item();
  out_.text("[" + key + "] ");
  at_ = skip_line_blanks(text_, at_);
}

}  // namespace sluice::markup::tex
