// SPDX-License-Identifier: Apache-2.0
#include "tree_builder.hpp"

#include <algorithm>
#include <array>

#include "../source.hpp"
#include "modes.hpp"
#include "tag_reader.hpp"

namespace sluice::html::parser {
namespace {

using ModeFunction = Next (*)(State&, const Token&);

// In the order of Mode.
constexpr std::array<ModeFunction, 23> kModes = {initial,
                                                 before_html,
                                                 before_head,
                                                 in_head,
                                                 in_head_noscript,
                                                 after_head,
                                                 in_body,
                                                 text,
                                                 in_table,
                                                 in_table_text,
                                                 in_caption,
                                                 in_column_group,
                                                 in_table_body,
                                                 in_row,
                                                 in_cell,
                                                 in_select,
                                                 in_select_in_table,
                                                 in_template,
                                                 after_body,
                                                 in_frameset,
                                                 after_frameset,
                                                 after_after_body,
                                                 after_after_frameset};

TextKind text_kind_in(Name context) {
  switch (context) {
    case Name::kTitle:
    case Name::kTextarea:
      return TextKind::kRcdata;
    case Name::kStyle:
    case Name::kXmp:
    case Name::kIframe:
    case Name::kNoembed:
    case Name::kNoframes:
      return TextKind::kRawtext;
    case Name::kScript:
      return TextKind::kScript;
    case Name::kPlaintext:
      return TextKind::kPlaintext;
    default:
      return TextKind::kData;
  }
}

// How far the text is all blank, or all not.
std::size_t run_length(std::string_view text) {
  const bool blank = is_html_blank(text.front());
  const auto differs = [blank](char c) { return is_html_blank(c) != blank || c == '\0'; };
  return static_cast<std::size_t>(std::find_if(text.begin(), text.end(), differs) - text.begin());
}

}  // namespace

Next process_by(Mode mode, State& state, const Token& token) {
  return kModes[static_cast<std::size_t>(mode)](state, token);
}

TreeId State::adjusted_current() const {
  return is_fragment() && build.open.size() == 1 ? context : build.open.current();
}

void State::read_text(const Token& token, TextKind kind) {
  build.insert(token.name, *token.tag);
  tokenizer->switch_to(kind, token.tag->name());
  original_mode = mode;
  mode = Mode::kText;
}

namespace {

// The mode of one element of the stack; kText if it asks for none.
Mode mode_for(const State& state, TreeId id, bool last) {
  const TreeNode& node = state.build.tree[id];
  if (node.space != Space::kHtml) return last ? Mode::kInBody : Mode::kText;
  switch (node.name) {
    case Name::kTd:
    case Name::kTh:
      return last ? Mode::kInBody : Mode::kInCell;
    case Name::kTr:
      return Mode::kInRow;
    case Name::kTbody:
    case Name::kThead:
    case Name::kTfoot:
      return Mode::kInTableBody;
    case Name::kCaption:
      return Mode::kInCaption;
    case Name::kColgroup:
      return Mode::kInColumnGroup;
    case Name::kTable:
      return Mode::kInTable;
    case Name::kTemplate:
      return state.template_modes.empty() ? Mode::kInBody : state.template_modes.back();
    case Name::kHead:
      return last ? Mode::kInBody : Mode::kInHead;
    case Name::kBody:
      return Mode::kInBody;
    case Name::kFrameset:
      return Mode::kInFrameset;
    case Name::kHtml:
      return state.build.head == kDocument ? Mode::kBeforeHead : Mode::kAfterHead;
    default:
      return last ? Mode::kInBody : Mode::kText;
  }
}

Mode mode_for_select(const OpenElements& open, std::size_t select) {
  for (std::size_t i = select; i-- > 0;) {
    if (open.is(open[i], Name::kTemplate)) break;
    if (open.is(open[i], Name::kTable)) return Mode::kInSelectInTable;
  }
  return Mode::kInSelect;
}

}  // namespace

void State::reset_mode() {
  const OpenElements& open = build.open;
  for (std::size_t i = open.size(); i-- > 0;) {
    const bool last = i == 0;
    const TreeId id = last && is_fragment() ? context : open[i];
    if (open.is(id, Name::kSelect)) {
      mode = last ? Mode::kInSelect : mode_for_select(open, i);
      return;
    }
    mode = mode_for(*this, id, last);
    if (mode != Mode::kText) return;
  }
  mode = Mode::kInBody;
}

void TreeBuilder::parse(std::string_view text) {
  Tokenizer tokenizer(text, *this);
  state_.tokenizer = &tokenizer;
  tokenizer.run();
}

void TreeBuilder::parse_fragment(std::string_view text, Space space, std::string_view context) {
  Tokenizer tokenizer(text, *this);
  state_.tokenizer = &tokenizer;
  const Name name = tree_.names().number_of(context);
  state_.context = tree_.new_element(space, name, TagToken());
  if (space == Space::kHtml) tokenizer.switch_to(text_kind_in(name), context);
  state_.build.insert(Name::kHtml);
  if (state_.build.open.is(state_.context, Name::kTemplate)) {
    state_.template_modes.push_back(Mode::kInTemplate);
  }
  state_.reset_mode();
  if (state_.build.open.is(state_.context, Name::kForm)) state_.build.form = state_.context;
  tokenizer.run();
}

void TreeBuilder::start_tag(const TagToken& tag) {
  state_.skip_line_feed = false;
  process({Token::Type::kStart, tree_.names().number_of(tag.name()), &tag});
}

void TreeBuilder::end_tag(const TagToken& tag) {
  state_.skip_line_feed = false;
  process({Token::Type::kEnd, tree_.names().number_of(tag.name()), &tag});
}

void TreeBuilder::comment(std::string_view text) {
  state_.skip_line_feed = false;
  process({Token::Type::kComment, Name::kNone, nullptr, text});
}

void TreeBuilder::doctype(const Doctype& doctype) {
  state_.skip_line_feed = false;
  process({Token::Type::kDoctype, Name::kNone, nullptr, {}, &doctype});
}

void TreeBuilder::end_of_file() {
  process({Token::Type::kEof});
}

bool TreeBuilder::takes_any_text() const {
  switch (state_.mode) {
    case Mode::kText:
    case Mode::kInBody:
    case Mode::kInCell:
    case Mode::kInCaption:
    case Mode::kInSelect:
      return !state_.build.open.empty();
    default:
      return false;
  }
}

// Scripts are not read, but formulas in TeX that a script of the page would draw.
bool TreeBuilder::is_dropped_text() const {
  if (tree_.keep() == Keep::kEverything || state_.mode != Mode::kText) return false;
  const TreeId current = state_.build.open.current();
  return tree_[current].name == Name::kScript &&
         !is_tex_type(tree_.attribute(current, Attr::kType));
}

void TreeBuilder::characters(std::string_view text) {
  if (std::exchange(state_.skip_line_feed, false) && text.front() == '\n') text.remove_prefix(1);
  if (is_dropped_text()) return;
  while (!text.empty()) {
    if (text.front() == '\0') {
      process({Token::Type::kNul, Name::kNone, nullptr, text.substr(0, 1)});
      text.remove_prefix(1);
      continue;
    }
    const std::size_t first = run_length(text);
    const bool blank = is_html_blank(text.front());
    const bool all = takes_any_text();
    const std::size_t size = all ? std::min(text.find('\0'), text.size()) : first;
    const bool only_blank = blank && first == size;
    process({only_blank ? Token::Type::kBlank : Token::Type::kText, Name::kNone, nullptr,
             text.substr(0, size)});
    text.remove_prefix(size);
  }
}

bool TreeBuilder::allows_cdata() const {
  const TreeId current = state_.adjusted_current();
  return current != kDocument && tree_[current].space != Space::kHtml;
}

// 13.2.6, "tree construction dispatcher".
bool TreeBuilder::belongs_to_html(const Token& token) const {
  const TreeId current = state_.adjusted_current();
  if (current == kDocument || tree_[current].space == Space::kHtml) return true;
  const bool is_text = token.type == Token::Type::kText || token.type == Token::Type::kBlank ||
                       token.type == Token::Type::kNul;
  const bool is_start = token.type == Token::Type::kStart;
  if (token.type == Token::Type::kEof) return true;
  if (state_.build.is_text_integration_point(current)) {
    if (is_start) return token.name != Name::kMglyph && token.name != Name::kMalignmark;
    if (is_text) return true;
  }
  const TreeNode& node = tree_[current];
  if (node.space == Space::kMathml && node.name == Name::kAnnotationXml &&
      token.starts(Name::kSvg)) {
    return true;
  }
  return state_.build.is_html_integration_point(current) && (is_start || is_text);
}

void TreeBuilder::process(Token token) {
  Next next = Next::kAgain;
  while (next == Next::kAgain && !state_.stopped) {
    next = belongs_to_html(token) ? process_by(state_.mode, state_, token)
                                  : in_foreign_content(state_, token);
  }
}

}  // namespace sluice::html::parser
