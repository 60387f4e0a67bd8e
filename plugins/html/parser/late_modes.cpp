// SPDX-License-Identifier: Apache-2.0
//
// Menus, templates, framesets, and what follows a page's end (HTML 13.2.6.4.16 to 13.2.6.4.23).
#include "modes.hpp"

namespace sluice::html::parser {
namespace {

using Type = Token::Type;

void end_select(State& state) {
  state.build.open.pop_until(Name::kSelect);
  state.reset_mode();
}

bool is_in_select_scope(const State& state) {
  return state.build.open.has_in_scope(Name::kSelect, Scope::kSelect);
}

void close(State& state, Name name) {
  if (state.build.open.current_is(name)) state.build.open.pop();
}

Next select_start_tag(State& state, const Token& token) {
  switch (token.name) {
    case Name::kHtml:
      return in_body(state, token);
    case Name::kOption:
      close(state, Name::kOption);
      state.build.insert(token.name, *token.tag);
      break;
    case Name::kOptgroup:
      close(state, Name::kOption);
      close(state, Name::kOptgroup);
      state.build.insert(token.name, *token.tag);
      break;
    case Name::kHr:
      close(state, Name::kOption);
      close(state, Name::kOptgroup);
      state.build.insert_void(token.name, *token.tag);
      break;
    case Name::kSelect:
      if (is_in_select_scope(state)) end_select(state);
      break;
    case Name::kInput:
    case Name::kKeygen:
    case Name::kTextarea:
      if (!is_in_select_scope(state)) break;
      end_select(state);
      return Next::kAgain;
    case Name::kScript:
    case Name::kTemplate:
      return in_head(state, token);
    default:
      break;
  }
  return Next::kDone;
}

Next select_end_tag(State& state, const Token& token) {
  const OpenElements& open = state.build.open;
  switch (token.name) {
    case Name::kOptgroup:
      if (open.current_is(Name::kOption) && open.size() > 1 &&
          open.is(open[open.size() - 2], Name::kOptgroup)) {
        state.build.open.pop();
      }
      close(state, Name::kOptgroup);
      break;
    case Name::kOption:
      close(state, Name::kOption);
      break;
    case Name::kSelect:
      if (is_in_select_scope(state)) end_select(state);
      break;
    case Name::kTemplate:
      return in_head(state, token);
    default:
      break;
  }
  return Next::kDone;
}

bool ends_select_in_table(Name name) {
  switch (name) {
    case Name::kCaption:
    case Name::kTable:
    case Name::kTbody:
    case Name::kTfoot:
    case Name::kThead:
    case Name::kTr:
    case Name::kTd:
    case Name::kTh:
      return true;
    default:
      return false;
  }
}

// The mode in which a template's content goes on; its first tag decides.
Mode template_mode_for(Name name) {
  switch (name) {
    case Name::kCaption:
    case Name::kColgroup:
    case Name::kTbody:
    case Name::kTfoot:
    case Name::kThead:
      return Mode::kInTable;
    case Name::kCol:
      return Mode::kInColumnGroup;
    case Name::kTr:
      return Mode::kInTableBody;
    case Name::kTd:
    case Name::kTh:
      return Mode::kInRow;
    default:
      return Mode::kInBody;
  }
}

Next template_start_tag(State& state, const Token& token) {
  switch (token.name) {
    case Name::kBase:
    case Name::kBasefont:
    case Name::kBgsound:
    case Name::kLink:
    case Name::kMeta:
    case Name::kNoframes:
    case Name::kScript:
    case Name::kStyle:
    case Name::kTemplate:
    case Name::kTitle:
      return in_head(state, token);
    default:
      break;
  }
  state.mode = template_mode_for(token.name);
  if (!state.template_modes.empty()) state.template_modes.back() = state.mode;
  return Next::kAgain;
}

Next end_open_template(State& state) {
  if (!state.build.open.contains(Name::kTemplate)) {
    state.stopped = true;
    return Next::kDone;
  }
  state.build.open.pop_until(Name::kTemplate);
  state.build.formatting.clear_to_marker();
  if (!state.template_modes.empty()) state.template_modes.pop_back();
  state.reset_mode();
  return Next::kAgain;
}

Next stop(State& state) {
  state.stopped = true;
  return Next::kDone;
}

Next back_to_body(State& state) {
  state.mode = Mode::kInBody;
  return Next::kAgain;
}

}  // namespace

Next in_select(State& state, const Token& token) {
  switch (token.type) {
    case Type::kBlank:
    case Type::kText:
      state.build.insert_text(token.text);
      return Next::kDone;
    case Type::kComment:
      state.build.insert_comment(token.text);
      return Next::kDone;
    case Type::kStart:
      return select_start_tag(state, token);
    case Type::kEnd:
      return select_end_tag(state, token);
    case Type::kEof:
      return in_body(state, token);
    default:
      return Next::kDone;
  }
}

Next in_select_in_table(State& state, const Token& token) {
  const bool starts = token.type == Type::kStart;
  if ((starts || token.type == Type::kEnd) && ends_select_in_table(token.name)) {
    if (!starts && !state.build.open.has_in_scope(token.name, Scope::kTable)) return Next::kDone;
    if (state.build.open.contains(Name::kSelect)) end_select(state);
    // Where nested too deep, the select is not open, and the mode would stay.
    if (state.mode == Mode::kInSelectInTable) state.mode = Mode::kInBody;
    return Next::kAgain;
  }
  return in_select(state, token);
}

Next in_template(State& state, const Token& token) {
  switch (token.type) {
    case Type::kStart:
      return template_start_tag(state, token);
    case Type::kEnd:
      return token.name == Name::kTemplate ? in_head(state, token) : Next::kDone;
    case Type::kEof:
      return end_open_template(state);
    default:
      return in_body(state, token);
  }
}

Next after_body(State& state, const Token& token) {
  switch (token.type) {
    case Type::kBlank:
      return in_body(state, token);
    case Type::kComment:
      state.build.tree.insert_comment(token.text, {state.build.open[0], kDocument});
      return Next::kDone;
    case Type::kDoctype:
      return Next::kDone;
    case Type::kEof:
      return stop(state);
    default:
      break;
  }
  if (token.starts(Name::kHtml)) return in_body(state, token);
  if (!token.ends(Name::kHtml)) return back_to_body(state);
  if (!state.is_fragment()) state.mode = Mode::kAfterAfterBody;
  return Next::kDone;
}

Next in_frameset(State& state, const Token& token) {
  switch (token.type) {
    case Type::kBlank:
      state.build.insert_text(token.text);
      return Next::kDone;
    case Type::kComment:
      state.build.insert_comment(token.text);
      return Next::kDone;
    case Type::kEof:
      return stop(state);
    default:
      break;
  }
  if (token.starts(Name::kHtml)) return in_body(state, token);
  if (token.starts(Name::kNoframes)) return in_head(state, token);
  if (token.starts(Name::kFrameset)) {
    state.build.insert(token.name, *token.tag);
  } else if (token.starts(Name::kFrame)) {
    state.build.insert_void(token.name, *token.tag);
  } else if (token.ends(Name::kFrameset) && state.build.open.size() > 1) {
    state.build.open.pop();
    if (!state.is_fragment() && !state.build.open.current_is(Name::kFrameset)) {
      state.mode = Mode::kAfterFrameset;
    }
  }
  return Next::kDone;
}

Next after_frameset(State& state, const Token& token) {
  switch (token.type) {
    case Type::kBlank:
      state.build.insert_text(token.text);
      return Next::kDone;
    case Type::kComment:
      state.build.insert_comment(token.text);
      return Next::kDone;
    case Type::kEof:
      return stop(state);
    default:
      break;
  }
  if (token.starts(Name::kHtml)) return in_body(state, token);
  if (token.starts(Name::kNoframes)) return in_head(state, token);
  if (token.ends(Name::kHtml)) state.mode = Mode::kAfterAfterFrameset;
  return Next::kDone;
}

Next after_after_body(State& state, const Token& token) {
  switch (token.type) {
    case Type::kComment:
      state.build.tree.insert_comment(token.text, {});
      return Next::kDone;
    case Type::kDoctype:
    case Type::kBlank:
      return in_body(state, token);
    case Type::kEof:
      return stop(state);
    default:
      return token.starts(Name::kHtml) ? in_body(state, token) : back_to_body(state);
  }
}

Next after_after_frameset(State& state, const Token& token) {
  switch (token.type) {
    case Type::kComment:
      state.build.tree.insert_comment(token.text, {});
      return Next::kDone;
    case Type::kDoctype:
    case Type::kBlank:
      return in_body(state, token);
    case Type::kEof:
      return stop(state);
    default:
      break;
  }
  if (token.starts(Name::kHtml)) return in_body(state, token);
  return token.starts(Name::kNoframes) ? in_head(state, token) : Next::kDone;
}

}  // namespace sluice::html::parser
