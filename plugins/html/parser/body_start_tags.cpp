// SPDX-License-Identifier: Apache-2.0
//
// Start tags in the body (HTML 13.2.6.4.7).
#include <sluice/url.hpp>

#include "modes.hpp"

namespace sluice::html::parser {
namespace {

// A block whose start closes a paragraph and does nothing else.
bool is_plain_block(Name name) {
  switch (name) {
    case Name::kAddress:
    case Name::kArticle:
    case Name::kAside:
    case Name::kBlockquote:
    case Name::kCenter:
    case Name::kDetails:
    case Name::kDialog:
    case Name::kDir:
    case Name::kDiv:
    case Name::kDl:
    case Name::kFieldset:
    case Name::kFigcaption:
    case Name::kFigure:
    case Name::kFooter:
    case Name::kHeader:
    case Name::kHgroup:
    case Name::kMain:
    case Name::kMenu:
    case Name::kNav:
    case Name::kOl:
    case Name::kP:
    case Name::kSearch:
    case Name::kSection:
    case Name::kSummary:
    case Name::kUl:
      return true;
    default:
      return false;
  }
}

void insert_block(State& state, const Token& token) {
  state.build.close_p_in_button_scope();
  state.build.insert(token.name, *token.tag);
}

void insert_inline(State& state, const Token& token) {
  state.build.reconstruct_formatting();
  state.build.insert(token.name, *token.tag);
}

void insert_inline_void(State& state, const Token& token) {
  insert_inline(state, token);
  state.build.open.pop();
  state.frameset_ok = false;
}

void insert_formatting(State& state, const Token& token) {
  state.build.reconstruct_formatting();
  const TreeId id = state.build.insert(token.name, *token.tag);
  state.build.formatting.push(id, token.name, *token.tag);
}

Next start_html(State& state, const Token& token) {
  const Construction& build = state.build;
  if (!build.open.contains(Name::kTemplate) && !build.open.empty()) {
    state.build.tree.add_missing_attributes(build.open[0], *token.tag);
  }
  return Next::kDone;
}

bool has_open_body(const State& state) {
  const OpenElements& open = state.build.open;
  return open.size() > 1 && open.is(open[1], Name::kBody);
}

Next start_body(State& state, const Token& token) {
  if (!has_open_body(state) || state.build.open.contains(Name::kTemplate)) return Next::kDone;
  state.frameset_ok = false;
  state.build.tree.add_missing_attributes(state.build.open[1], *token.tag);
  return Next::kDone;
}

Next start_frameset(State& state, const Token& token) {
  if (!has_open_body(state) || !state.frameset_ok) return Next::kDone;
  state.build.tree.remove(state.build.open[1]);
  while (state.build.open.size() > 1) state.build.open.pop();
  state.build.insert(token.name, *token.tag);
  state.mode = Mode::kInFrameset;
  return Next::kDone;
}

Next start_heading(State& state, const Token& token) {
  state.build.close_p_in_button_scope();
  const TreeNode& current = state.build.tree[state.build.open.current()];
  if (current.space == Space::kHtml && is_heading_name(current.name)) state.build.open.pop();
  state.build.insert(token.name, *token.tag);
  return Next::kDone;
}

Next start_form(State& state, const Token& token) {
  const bool in_template = state.build.open.contains(Name::kTemplate);
  if (state.build.form != kDocument && !in_template) return Next::kDone;
  state.build.close_p_in_button_scope();
  const TreeId form = state.build.insert(token.name, *token.tag);
  if (!in_template) state.build.form = form;
  return Next::kDone;
}

// li; dd and dt, each of which ends both.
Next start_item(State& state, const Token& token) {
  state.frameset_ok = false;
  OpenElements& open = state.build.open;
  for (std::size_t i = open.size(); i-- > 0;) {
    const TreeNode& node = state.build.tree[open[i]];
    const bool html = node.space == Space::kHtml;
    const bool ended = token.name == Name::kLi ? node.name == Name::kLi
                                               : node.name == Name::kDd || node.name == Name::kDt;
    if (html && ended) {
      const Name ends = node.name;
      open.generate_implied_end_tags(ends);
      open.pop_until(ends);
      break;
    }
    const bool passed =
        html && (node.name == Name::kAddress || node.name == Name::kDiv || node.name == Name::kP);
    if (!passed && is_special(node.space, node.name)) break;
  }
  insert_block(state, token);
  return Next::kDone;
}

Next start_button(State& state, const Token& token) {
  if (state.build.open.has_in_scope(Name::kButton)) {
    state.build.open.generate_implied_end_tags();
    state.build.open.pop_until(Name::kButton);
  }
  insert_inline(state, token);
  state.frameset_ok = false;
  return Next::kDone;
}

Next start_link(State& state, const Token& token) {
  ActiveFormatting& formatting = state.build.formatting;
  const std::size_t open_link = formatting.last(Name::kA);
  if (open_link < formatting.size()) {
    const TreeId link = formatting[open_link].element;
    state.build.end_formatting(Name::kA);
    formatting.remove(link);
    state.build.open.remove(link);
  }
  insert_formatting(state, token);
  return Next::kDone;
}

Next start_nobr(State& state, const Token& token) {
  state.build.reconstruct_formatting();
  if (state.build.open.has_in_scope(Name::kNobr)) state.build.end_formatting(Name::kNobr);
  insert_formatting(state, token);
  return Next::kDone;
}

Next start_table(State& state, const Token& token) {
  if (!state.quirks) state.build.close_p_in_button_scope();
  state.build.insert(token.name, *token.tag);
  state.frameset_ok = false;
  state.mode = Mode::kInTable;
  return Next::kDone;
}

Next start_input(State& state, const Token& token) {
  insert_inline(state, token);
  state.build.open.pop();
  const bool hidden = equal_ignoring_ascii_case(token.tag->value_of("type"), "hidden");
  if (!hidden) state.frameset_ok = false;
  return Next::kDone;
}

Next start_image(State& state, Token token) {
  token.name = Name::kImg;
  insert_inline_void(state, token);
  return Next::kDone;
}

Next start_textarea(State& state, const Token& token) {
  state.read_text(token, TextKind::kRcdata);
  state.skip_line_feed = true;
  state.frameset_ok = false;
  return Next::kDone;
}

Next start_select(State& state, const Token& token) {
  insert_inline(state, token);
  state.frameset_ok = false;
  switch (state.mode) {
    case Mode::kInTable:
    case Mode::kInCaption:
    case Mode::kInTableBody:
    case Mode::kInRow:
    case Mode::kInCell:
      state.mode = Mode::kInSelectInTable;
      break;
    default:
      state.mode = Mode::kInSelect;
  }
  return Next::kDone;
}

Next start_option(State& state, const Token& token) {
  if (state.build.open.current_is(Name::kOption)) state.build.open.pop();
  insert_inline(state, token);
  return Next::kDone;
}

Next start_ruby_part(State& state, const Token& token) {
  const bool keeps_rtc = token.name == Name::kRp || token.name == Name::kRt;
  if (state.build.open.has_in_scope(Name::kRuby)) {
    state.build.open.generate_implied_end_tags(keeps_rtc ? Name::kRtc : Name::kNone);
  }
  state.build.insert(token.name, *token.tag);
  return Next::kDone;
}

Next start_foreign(State& state, const Token& token) {
  state.build.reconstruct_formatting();
  const Space space = token.name == Name::kSvg ? Space::kSvg : Space::kMathml;
  state.build.insert(space, token.name, *token.tag);
  if (token.tag->self_closing()) state.build.open.pop();
  return Next::kDone;
}

Next start_raw_text(State& state, const Token& token) {
  if (token.name == Name::kXmp) {
    state.build.close_p_in_button_scope();
    state.build.reconstruct_formatting();
  }
  if (token.name != Name::kNoembed) state.frameset_ok = false;
  state.read_text(token, TextKind::kRawtext);
  return Next::kDone;
}

Next start_plaintext(State& state, const Token& token) {
  insert_block(state, token);
  state.tokenizer->switch_to(TextKind::kPlaintext, {});
  return Next::kDone;
}

// pre and listing.
Next start_pre(State& state, const Token& token) {
  insert_block(state, token);
  state.skip_line_feed = true;
  state.frameset_ok = false;
  return Next::kDone;
}

Next start_rule(State& state, const Token& token) {
  state.build.close_p_in_button_scope();
  state.build.insert_void(token.name, *token.tag);
  state.frameset_ok = false;
  return Next::kDone;
}

// applet, marquee and object: what is formatted outside of them is not within.
Next start_marked(State& state, const Token& token) {
  insert_inline(state, token);
  state.build.formatting.push_marker();
  state.frameset_ok = false;
  return Next::kDone;
}

}  // namespace

Next body_start_tag(State& state, const Token& token) {
  if (is_plain_block(token.name)) {
    insert_block(state, token);
    return Next::kDone;
  }
  if (is_heading_name(token.name)) return start_heading(state, token);
  switch (token.name) {
    case Name::kHtml:
      return start_html(state, token);
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
    case Name::kBody:
      return start_body(state, token);
    case Name::kFrameset:
      return start_frameset(state, token);
    case Name::kPre:
    case Name::kListing:
      return start_pre(state, token);
    case Name::kForm:
      return start_form(state, token);
    case Name::kLi:
    case Name::kDd:
    case Name::kDt:
      return start_item(state, token);
    case Name::kPlaintext:
      return start_plaintext(state, token);
    case Name::kButton:
      return start_button(state, token);
    case Name::kA:
      return start_link(state, token);
    case Name::kB:
    case Name::kBig:
    case Name::kCode:
    case Name::kEm:
    case Name::kFont:
    case Name::kI:
    case Name::kS:
    case Name::kSmall:
    case Name::kStrike:
    case Name::kStrong:
    case Name::kTt:
    case Name::kU:
      insert_formatting(state, token);
      return Next::kDone;
    case Name::kNobr:
      return start_nobr(state, token);
    case Name::kApplet:
    case Name::kMarquee:
    case Name::kObject:
      return start_marked(state, token);
    case Name::kTable:
      return start_table(state, token);
    case Name::kArea:
    case Name::kBr:
    case Name::kEmbed:
    case Name::kImg:
    case Name::kKeygen:
    case Name::kWbr:
      insert_inline_void(state, token);
      return Next::kDone;
    case Name::kInput:
      return start_input(state, token);
    case Name::kParam:
    case Name::kSource:
    case Name::kTrack:
      state.build.insert_void(token.name, *token.tag);
      return Next::kDone;
    case Name::kHr:
      return start_rule(state, token);
    case Name::kImage:
      return start_image(state, token);
    case Name::kTextarea:
      return start_textarea(state, token);
    case Name::kXmp:
    case Name::kIframe:
    case Name::kNoembed:
      return start_raw_text(state, token);
    case Name::kSelect:
      return start_select(state, token);
    case Name::kOptgroup:
    case Name::kOption:
      return start_option(state, token);
    case Name::kRb:
    case Name::kRtc:
    case Name::kRp:
    case Name::kRt:
      return start_ruby_part(state, token);
    case Name::kMath:
    case Name::kSvg:
      return start_foreign(state, token);
    case Name::kCaption:
    case Name::kCol:
    case Name::kColgroup:
    case Name::kFrame:
    case Name::kHead:
    case Name::kTbody:
    case Name::kTd:
    case Name::kTfoot:
    case Name::kTh:
    case Name::kThead:
    case Name::kTr:
      return Next::kDone;
    default:
      insert_inline(state, token);
      return Next::kDone;
  }
}

}  // namespace sluice::html::parser
