// SPDX-License-Identifier: Apache-2.0
//
// Tables (HTML 13.2.6.4.9 to 13.2.6.4.15).
#include <sluice/url.hpp>

#include "modes.hpp"
#include "tag_reader.hpp"

namespace sluice::html::parser {
namespace {

using Type = Token::Type;

bool is_section(Name name) {
  return name == Name::kTbody || name == Name::kTfoot || name == Name::kThead;
}
bool is_cell(Name name) {
  return name == Name::kTd || name == Name::kTh;
}
// caption, col, colgroup, tbody, td, tfoot, th, thead, tr
bool is_part_of_table(Name name) {
  return is_section(name) || is_cell(name) || name == Name::kTr || name == Name::kCaption ||
         name == Name::kCol || name == Name::kColgroup;
}
bool is_around_table(Name name) {
  return name == Name::kBody || name == Name::kHtml;
}

bool is_in_table_scope(const State& state, Name name) {
  return state.build.open.has_in_scope(name, Scope::kTable);
}
bool has_section_in_table_scope(const State& state) {
  return is_in_table_scope(state, Name::kTbody) || is_in_table_scope(state, Name::kThead) ||
         is_in_table_scope(state, Name::kTfoot);
}

void clear_to_table(State& state) {
  state.build.open.clear_back_to({Name::kTable, Name::kTemplate, Name::kHtml});
}
void clear_to_section(State& state) {
  state.build.open.clear_back_to(
      {Name::kTbody, Name::kTfoot, Name::kThead, Name::kTemplate, Name::kHtml});
}
void clear_to_row(State& state) {
  state.build.open.clear_back_to({Name::kTr, Name::kTemplate, Name::kHtml});
}

// What stands in a table but in no cell goes before it.
Next foster(State& state, const Token& token) {
  state.build.foster_parenting = true;
  const Next next = in_body(state, token);
  state.build.foster_parenting = false;
  return next;
}

void open_part(State& state, const Token& token, Mode mode) {
  state.build.insert(token.name, *token.tag);
  state.mode = mode;
}

Next imply_part(State& state, Name name, Mode mode) {
  state.build.insert(name);
  state.mode = mode;
  return Next::kAgain;
}

void end_table(State& state) {
  state.build.open.pop_until(Name::kTable);
  state.reset_mode();
}

Next table_start_tag(State& state, const Token& token) {
  if (is_part_of_table(token.name)) clear_to_table(state);
  switch (token.name) {
    case Name::kCaption:
      state.build.formatting.push_marker();
      open_part(state, token, Mode::kInCaption);
      return Next::kDone;
    case Name::kColgroup:
      open_part(state, token, Mode::kInColumnGroup);
      return Next::kDone;
    case Name::kCol:
      return imply_part(state, Name::kColgroup, Mode::kInColumnGroup);
    case Name::kTbody:
    case Name::kTfoot:
    case Name::kThead:
      open_part(state, token, Mode::kInTableBody);
      return Next::kDone;
    case Name::kTd:
    case Name::kTh:
    case Name::kTr:
      return imply_part(state, Name::kTbody, Mode::kInTableBody);
    case Name::kTable:
      if (!is_in_table_scope(state, Name::kTable)) return Next::kDone;
      end_table(state);
      return Next::kAgain;
    case Name::kStyle:
    case Name::kScript:
    case Name::kTemplate:
      return in_head(state, token);
    case Name::kInput:
      if (!equal_ignoring_ascii_case(token.tag->value_of("type"), "hidden")) break;
      state.build.insert_void(token.name, *token.tag);
      return Next::kDone;
    case Name::kForm:
      if (state.build.open.contains(Name::kTemplate) || state.build.form != kDocument) {
        return Next::kDone;
      }
      state.build.form = state.build.insert(token.name, *token.tag);
      state.build.open.pop();
      return Next::kDone;
    default:
      break;
  }
  return foster(state, token);
}

Next table_end_tag(State& state, const Token& token) {
  if (token.name == Name::kTable) {
    if (is_in_table_scope(state, Name::kTable)) end_table(state);
    return Next::kDone;
  }
  if (is_part_of_table(token.name) || is_around_table(token.name)) return Next::kDone;
  return token.name == Name::kTemplate ? in_head(state, token) : foster(state, token);
}

// Ends a row or a section, for what is no part of it.
Next leave_part(State& state, Mode mode) {
  state.build.open.pop();
  state.mode = mode;
  return Next::kAgain;
}

}  // namespace

Next in_table(State& state, const Token& token) {
  switch (token.type) {
    case Type::kNul:
    case Type::kBlank:
    case Type::kText:
      if (!state.build.open.current_is_one_of({Name::kTable, Name::kTbody, Name::kTemplate,
                                               Name::kTfoot, Name::kThead, Name::kTr})) {
        return foster(state, token);
      }
      state.table_text.clear();
      state.original_mode = state.mode;
      state.mode = Mode::kInTableText;
      return Next::kAgain;
    case Type::kComment:
      state.build.insert_comment(token.text);
      return Next::kDone;
    case Type::kDoctype:
      return Next::kDone;
    case Type::kStart:
      return table_start_tag(state, token);
    case Type::kEnd:
      return table_end_tag(state, token);
    case Type::kEof:
      break;
  }
  return in_body(state, token);
}

Next in_table_text(State& state, const Token& token) {
  switch (token.type) {
    case Type::kNul:
      return Next::kDone;
    case Type::kBlank:
    case Type::kText:
      state.table_text += token.text;
      return Next::kDone;
    default:
      break;
  }
  const std::string text = std::move(state.table_text);
  const bool blank = text.find_first_not_of(" \t\n\f\r") == std::string::npos;
  state.table_text.clear();
  if (!blank) {
    foster(state, {Type::kText, Name::kNone, nullptr, text});
  } else if (!text.empty()) {
    state.build.insert_text(text);
  }
  state.mode = state.original_mode;
  return Next::kAgain;
}

Next in_caption(State& state, const Token& token) {
  const bool part = is_part_of_table(token.name);
  const bool ends_caption = token.ends(Name::kCaption);
  const bool ends_early = (token.type == Type::kStart && part) || token.ends(Name::kTable);
  if (ends_caption || ends_early) {
    if (!is_in_table_scope(state, Name::kCaption)) return Next::kDone;
    state.build.open.generate_implied_end_tags();
    state.build.open.pop_until(Name::kCaption);
    state.build.formatting.clear_to_marker();
    state.mode = Mode::kInTable;
    return ends_caption ? Next::kDone : Next::kAgain;
  }
  if (token.type == Type::kEnd && (part || is_around_table(token.name))) return Next::kDone;
  return in_body(state, token);
}

Next in_column_group(State& state, const Token& token) {
  switch (token.type) {
    case Type::kBlank:
      state.build.insert_text(token.text);
      return Next::kDone;
    case Type::kComment:
      state.build.insert_comment(token.text);
      return Next::kDone;
    case Type::kDoctype:
      return Next::kDone;
    case Type::kEof:
      return in_body(state, token);
    case Type::kStart:
      if (token.name == Name::kHtml) return in_body(state, token);
      if (token.name == Name::kTemplate) return in_head(state, token);
      if (token.name != Name::kCol) break;
      state.build.insert_void(token.name, *token.tag);
      return Next::kDone;
    case Type::kEnd:
      if (token.name == Name::kTemplate) return in_head(state, token);
      if (token.name == Name::kCol) return Next::kDone;
      break;
    default:
      break;
  }
  if (!state.build.open.current_is(Name::kColgroup)) return Next::kDone;
  leave_part(state, Mode::kInTable);
  return token.ends(Name::kColgroup) ? Next::kDone : Next::kAgain;
}

Next in_table_body(State& state, const Token& token) {
  const Name name = token.name;
  const bool starts = token.type == Type::kStart;
  const bool ends = token.type == Type::kEnd;
  if (starts && (name == Name::kTr || is_cell(name))) {
    clear_to_section(state);
    if (is_cell(name)) return imply_part(state, Name::kTr, Mode::kInRow);
    open_part(state, token, Mode::kInRow);
    return Next::kDone;
  }
  if (ends && is_section(name)) {
    if (!is_in_table_scope(state, name)) return Next::kDone;
    clear_to_section(state);
    leave_part(state, Mode::kInTable);
    return Next::kDone;
  }
  if ((starts && is_part_of_table(name)) || token.ends(Name::kTable)) {
    if (!has_section_in_table_scope(state)) return Next::kDone;
    clear_to_section(state);
    return leave_part(state, Mode::kInTable);
  }
  if (ends && (is_part_of_table(name) || is_around_table(name))) return Next::kDone;
  return in_table(state, token);
}

Next in_row(State& state, const Token& token) {
  const Name name = token.name;
  const bool starts = token.type == Type::kStart;
  const bool ends = token.type == Type::kEnd;
  if (starts && is_cell(name)) {
    clear_to_row(state);
    open_part(state, token, Mode::kInCell);
    state.build.formatting.push_marker();
    return Next::kDone;
  }
  const bool ends_row = token.ends(Name::kTr);
  const bool ends_early = (starts && is_part_of_table(name)) || token.ends(Name::kTable);
  const bool ends_section = ends && is_section(name);
  if (ends_row || ends_early || ends_section) {
    if (ends_section && !is_in_table_scope(state, name)) return Next::kDone;
    if (!is_in_table_scope(state, Name::kTr)) return Next::kDone;
    clear_to_row(state);
    leave_part(state, Mode::kInTableBody);
    return ends_row ? Next::kDone : Next::kAgain;
  }
  if (ends && (is_part_of_table(name) || is_around_table(name))) return Next::kDone;
  return in_table(state, token);
}

Next in_cell(State& state, const Token& token) {
  const Name name = token.name;
  const bool starts = token.type == Type::kStart;
  const bool ends = token.type == Type::kEnd;
  if (ends && is_cell(name)) {
    if (!is_in_table_scope(state, name)) return Next::kDone;
    state.build.open.generate_implied_end_tags();
    state.build.open.pop_until(name);
    state.build.formatting.clear_to_marker();
    state.mode = Mode::kInRow;
    return Next::kDone;
  }
  const bool has_cell = is_in_table_scope(state, Name::kTd) || is_in_table_scope(state, Name::kTh);
  const bool ends_outer = ends && (name == Name::kTable || name == Name::kTr || is_section(name));
  if (ends_outer || (starts && is_part_of_table(name))) {
    if (ends_outer ? !is_in_table_scope(state, name) : !has_cell) return Next::kDone;
    if (has_cell) {
      state.build.open.generate_implied_end_tags();
      state.build.open.pop_until_one_of({Name::kTd, Name::kTh});
    }
    state.build.formatting.clear_to_marker();
    state.mode = Mode::kInRow;
    return Next::kAgain;
  }
  if (ends && (is_part_of_table(name) || is_around_table(name))) return Next::kDone;
  return in_body(state, token);
}

}  // namespace sluice::html::parser
