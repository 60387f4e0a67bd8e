// SPDX-License-Identifier: Apache-2.0
//
// Text and end tags in the body (HTML 13.2.6.4.7).
#include "modes.hpp"

namespace sluice::html::parser {
namespace {

using Type = Token::Type;

bool ends_block(Name name) {
  switch (name) {
    case Name::kAddress:
    case Name::kArticle:
    case Name::kAside:
    case Name::kBlockquote:
    case Name::kButton:
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
    case Name::kListing:
    case Name::kMain:
    case Name::kMenu:
    case Name::kNav:
    case Name::kOl:
    case Name::kPre:
    case Name::kSearch:
    case Name::kSection:
    case Name::kSummary:
    case Name::kUl:
      return true;
    default:
      return false;
  }
}

void end_if_in_scope(State& state, Name name, Scope scope = Scope::kDefault,
                     Name kept_open = Name::kNone) {
  if (!state.build.open.has_in_scope(name, scope)) return;
  state.build.open.generate_implied_end_tags(kept_open);
  state.build.open.pop_until(name);
}

void end_form(State& state) {
  Construction& build = state.build;
  if (build.open.contains(Name::kTemplate)) {
    end_if_in_scope(state, Name::kForm);
    return;
  }
  const TreeId form = std::exchange(build.form, kDocument);
  if (form == kDocument || !build.open.is_in_scope(form)) return;
  build.open.generate_implied_end_tags();
  build.open.remove(form);
}

void end_p(State& state) {
  if (!state.build.open.has_in_scope(Name::kP, Scope::kButton)) state.build.insert(Name::kP);
  state.build.close_p();
}

void end_heading(State& state) {
  if (!state.build.open.has_heading_in_scope()) return;
  state.build.open.generate_implied_end_tags();
  state.build.open.pop_until_one_of(
      {Name::kH1, Name::kH2, Name::kH3, Name::kH4, Name::kH5, Name::kH6});
}

Next end_body(State& state, Next next) {
  if (!state.build.open.has_in_scope(Name::kBody)) return Next::kDone;
  state.mode = Mode::kAfterBody;
  return next;
}

// `</br>` is read as `<br>`, without its attributes.
void end_br(State& state) {
  state.build.reconstruct_formatting();
  state.build.insert_void(Name::kBr, TagToken());
  state.frameset_ok = false;
}

}  // namespace

Next body_end_tag(State& state, const Token& token) {
  if (ends_block(token.name)) {
    end_if_in_scope(state, token.name);
    return Next::kDone;
  }
  if (is_heading_name(token.name)) {
    end_heading(state);
    return Next::kDone;
  }
  switch (token.name) {
    case Name::kTemplate:
      return in_head(state, token);
    case Name::kBody:
      return end_body(state, Next::kDone);
    case Name::kHtml:
      return end_body(state, Next::kAgain);
    case Name::kForm:
      end_form(state);
      break;
    case Name::kP:
      end_p(state);
      break;
    case Name::kLi:
      end_if_in_scope(state, token.name, Scope::kListItem, token.name);
      break;
    case Name::kDd:
    case Name::kDt:
      end_if_in_scope(state, token.name, Scope::kDefault, token.name);
      break;
    case Name::kA:
    case Name::kB:
    case Name::kBig:
    case Name::kCode:
    case Name::kEm:
    case Name::kFont:
    case Name::kI:
    case Name::kNobr:
    case Name::kS:
    case Name::kSmall:
    case Name::kStrike:
    case Name::kStrong:
    case Name::kTt:
    case Name::kU:
      state.build.end_formatting(token.name);
      break;
    case Name::kApplet:
    case Name::kMarquee:
    case Name::kObject:
      if (!state.build.open.has_in_scope(token.name)) break;
      end_if_in_scope(state, token.name);
      state.build.formatting.clear_to_marker();
      break;
    case Name::kBr:
      end_br(state);
      break;
    default:
      state.build.any_other_end_tag(token.name);
  }
  return Next::kDone;
}

Next in_body(State& state, const Token& token) {
  switch (token.type) {
    case Type::kNul:
    case Type::kDoctype:
      return Next::kDone;
    case Type::kText:
      state.frameset_ok = false;
      [[fallthrough]];
    case Type::kBlank:
      state.build.reconstruct_formatting();
      state.build.insert_text(token.text);
      return Next::kDone;
    case Type::kComment:
      state.build.insert_comment(token.text);
      return Next::kDone;
    case Type::kStart:
      return body_start_tag(state, token);
    case Type::kEnd:
      return body_end_tag(state, token);
    case Type::kEof:
      break;
  }
  if (!state.template_modes.empty()) return in_template(state, token);
  state.stopped = true;
  return Next::kDone;
}

}  // namespace sluice::html::parser
