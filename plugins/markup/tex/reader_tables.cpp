// SPDX-License-Identifier: Apache-2.0
//
// Tables of LaTeX: rows end with `\\`, cells with `&`.
#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

#include "markup/tex/reader.hpp"

namespace sluice::markup::tex {
namespace {

// Lines and colours between rows.
constexpr auto kRules = std::to_array<std::string_view>(
    {"hline", "toprule", "midrule", "bottomrule", "cmidrule", "cline", "addlinespace", "noalign",
     "specialrule", "rowcolor", "endlastfoot", "endfoot", "arrayrulecolor", "centering", "rowfont",
     "label", "hhline"});

}  // namespace

void Reader::begin_table(std::string_view name, const EnvironmentInfo& info) {
  skip_arguments(info.signature);
  const std::size_t next = skip_blanks(text_, at_);
  // Tables over pages have their caption in a row of its own.
  if (text_.substr(next).starts_with("\\caption")) {
    control_ = next;
    at_ = next + 8;
    caption("caption");
    at_ = skip_blanks(text_, at_);
    if (text_.substr(at_).starts_with("\\label")) {
      at_ += 6;
      argument();
      at_ = skip_blanks(text_, at_);
    }
    for (const std::string_view end : {"\\\\", "\\tabularnewline"}) {
      if (text_.substr(at_).starts_with(end)) at_ += end.size();
    }
  }
  flush();
  open_scope(name, info.kind);
  if (scopes_.empty() || scopes_.back().kind != EnvironmentKind::kTable) return;
  out_.begin_table();
  begin_row(scopes_.back());
}

// Begins the next row, unless the table ends here.
void Reader::begin_row(Scope& table) {
  at_ = skip_rules(at_);
  for (const std::string_view end : {"\\end{", "\\endhead", "\\endfirsthead"}) {
    if (text_.substr(at_).starts_with(end)) return;
  }
  table.is_open = true;
  out_.begin_row();
  begin_cell();
}

void Reader::end_row(Scope& table) {
  if (table.is_open) {
    out_.end_cell();
    out_.end_row();
  }
  table.is_open = false;
}

void Reader::next_cell() {
  flush();
  Scope& table = scopes_.back();
  if (!table.is_open) return begin_row(table);
  out_.end_cell();
  begin_cell();
}

// \multicolumn{2}{c}{text} is the whole cell.
void Reader::begin_cell() {
  at_ = skip_line_blanks(text_, at_);
  CellOptions options;
  if (!text_.substr(at_).starts_with("\\multicolumn")) return out_.begin_cell(options);
  at_ += std::string_view("\\multicolumn").size();
  const std::string_view columns = trimmed(words_of(argument()));
  if (is_ascii_number(columns) && columns.size() < 5)
    options.column_span = static_cast<std::uint32_t>(std::stoul(std::string(columns)));
  argument();
  const Range text = argument();
  out_.begin_cell(options);
  read(text);
}

std::size_t Reader::skip_rules(std::size_t at) {
  while (true) {
    at = skip_blanks(text_, at);
    if (at >= text_.size() || text_[at] != '\\') return at;
    const std::string_view name = control_name(text_, at);
    if (std::find(kRules.begin(), kRules.end(), name) == kRules.end()) return at;
    at_ = at + 1 + name.size();
    if (const auto signature = plain_command(name)) skip_arguments(*signature);
    if (name == "specialrule") skip_arguments("mmm");
    // booktabs: a width or a trim behind the line.
    while (true) {
      const std::size_t next = skip_line_blanks(text_, at_);
      const char found = next < text_.size() ? text_[next] : '\0';
      if (found == '[' && option().begin != at_) continue;
      if (found == '{' && name != "noalign") {
        argument();
        continue;
      }
      break;
    }
    at = std::max(at_, at + 1);
  }
}

// A table over pages says its head twice, and what stands at the foot of pages: one head stays.
void Reader::table_part(std::string_view) {
  if (scopes_.size() <= base_ || scopes_.back().kind != EnvironmentKind::kTable) return;
  Scope& table = scopes_.back();
  const std::string ending = "\\end{" + std::string(table.name) + "}";
  const std::size_t end = words_.find(ending, at_);
  std::size_t after = at_;
  std::size_t last = at_;
  for (const std::string_view part : {"\\endhead", "\\endfoot", "\\endlastfoot"}) {
    const std::size_t found = words_.find(part, at_);
    if (found >= end || found < after) continue;
    last = std::exchange(after, found + part.size());
    const bool is_foot = part == "\\endlastfoot" && skip_rules(last) < found;
    if (is_foot) to_.left_out("\\endlastfoot");
  }
  at_ = after;
  plain_.clear();
  if (table.is_open) {
    out_.end_cell();
    out_.end_row();
    table.is_open = false;
  }
  begin_row(table);
}

}  // namespace sluice::markup::tex
