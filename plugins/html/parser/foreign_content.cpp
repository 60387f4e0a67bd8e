// SPDX-License-Identifier: Apache-2.0
//
// What stands in SVG and MathML (HTML 13.2.6.5). Names keep their lower case there (the standard
// writes `foreignObject`): who reads the tree looks for lower case.
#include "modes.hpp"
#include "tag_reader.hpp"

namespace sluice::html::parser {
namespace {

using Type = Token::Type;

// HTML that nobody means to stand in a drawing or a formula: it ends them.
bool ends_foreign_content(const Token& token) {
  switch (token.name) {
    case Name::kB:
    case Name::kBig:
    case Name::kBlockquote:
    case Name::kBody:
    case Name::kBr:
    case Name::kCenter:
    case Name::kCode:
    case Name::kDd:
    case Name::kDiv:
    case Name::kDl:
    case Name::kDt:
    case Name::kEm:
    case Name::kEmbed:
    case Name::kHead:
    case Name::kHr:
    case Name::kI:
    case Name::kImg:
    case Name::kLi:
    case Name::kListing:
    case Name::kMenu:
    case Name::kMeta:
    case Name::kNobr:
    case Name::kOl:
    case Name::kP:
    case Name::kPre:
    case Name::kRuby:
    case Name::kS:
    case Name::kSmall:
    case Name::kSpan:
    case Name::kStrong:
    case Name::kStrike:
    case Name::kSub:
    case Name::kSup:
    case Name::kTable:
    case Name::kTt:
    case Name::kU:
    case Name::kUl:
    case Name::kVar:
      return true;
    case Name::kFont:
      return token.tag->has("color") || token.tag->has("face") || token.tag->has("size");
    default:
      return is_heading_name(token.name);
  }
}

Next leave_foreign_content(State& state, const Token& token) {
  Construction& build = state.build;
  while (build.open.size() > 1) {
    const TreeId current = build.open.current();
    if (build.tree[current].space == Space::kHtml || build.is_text_integration_point(current) ||
        build.is_html_integration_point(current)) {
      break;
    }
    build.open.pop();
  }
  return process_by(state.mode, state, token);
}

Next foreign_end_tag(State& state, const Token& token) {
  OpenElements& open = state.build.open;
  for (std::size_t i = open.size() - 1; i > 0; --i) {
    const TreeNode& node = state.build.tree[open[i]];
    if (node.space == Space::kHtml) return process_by(state.mode, state, token);
    if (node.name != token.name) continue;
    while (open.size() > i) open.pop();
    return Next::kDone;
  }
  return Next::kDone;
}

}  // namespace

Next in_foreign_content(State& state, const Token& token) {
  switch (token.type) {
    case Type::kNul:
      state.build.insert_text(kReplacement);
      return Next::kDone;
    case Type::kText:
      state.frameset_ok = false;
      [[fallthrough]];
    case Type::kBlank:
      state.build.insert_text(token.text);
      return Next::kDone;
    case Type::kComment:
      state.build.insert_comment(token.text);
      return Next::kDone;
    case Type::kStart:
      if (ends_foreign_content(token)) return leave_foreign_content(state, token);
      state.build.insert(state.build.tree[state.adjusted_current()].space, token.name, *token.tag);
      if (token.tag->self_closing()) state.build.open.pop();
      return Next::kDone;
    case Type::kEnd:
      if (token.name == Name::kBr || token.name == Name::kP) {
        return leave_foreign_content(state, token);
      }
      return foreign_end_tag(state, token);
    default:
      return Next::kDone;
  }
}

}  // namespace sluice::html::parser
