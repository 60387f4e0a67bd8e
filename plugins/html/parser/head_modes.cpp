// SPDX-License-Identifier: Apache-2.0
//
// From the beginning of a page to its body (HTML 13.2.6.4.1 to 13.2.6.4.6).
#include <algorithm>
#include <array>
#include <string>

#include "modes.hpp"
#include "tag_reader.hpp"

namespace sluice::html::parser {
namespace {

using Type = Token::Type;

// What the standard lists for quirks, shortened where all that begins so is in the list.
constexpr std::array<std::string_view, 21> kQuirkyPrefixes = {
    "+//silmaril//dtd html pro v0r11 19970101//",
    "-//as//dtd html 3.0 aswedit + extensions//",
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
    "-//ietf//dtd html",
    "-//metrius//dtd metrius presentational//",
    "-//microsoft//dtd internet explorer ",
    "-//netscape comm. corp.//dtd ",
    "-//o'reilly and associates//dtd html ",
    "-//sq//dtd html 2.0 hotmetal + extensions//",
    "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
    "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
    "-//spyglass//dtd html 2.0 extended//",
    "-//sun microsystems corp.//dtd hotjava ",
    "-//w3c//dtd html 3",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental ",
    "-//w3c//dtd w3 html//",
    "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//dtd mozilla html 2.0//",
    "-//webtechs//dtd mozilla html//"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), in_lower_case);
  return out;
}

// The end tags that may end the head as anything else does; all others are passed over there.
bool ends_head(Name name) {
  return name == Name::kBody || name == Name::kHtml || name == Name::kBr;
}

bool is_head_void(Name name) {
  return name == Name::kBase || name == Name::kBasefont || name == Name::kBgsound ||
         name == Name::kLink || name == Name::kMeta;
}

void begin_template(State& state, const Token& token) {
  state.build.insert(token.name, *token.tag);
  state.build.formatting.push_marker();
  state.frameset_ok = false;
  state.mode = Mode::kInTemplate;
  state.template_modes.push_back(Mode::kInTemplate);
}

void end_template(State& state) {
  if (!state.build.open.contains(Name::kTemplate)) return;
  state.build.open.generate_all_implied_end_tags();
  state.build.open.pop_until(Name::kTemplate);
  state.build.formatting.clear_to_marker();
  if (!state.template_modes.empty()) state.template_modes.pop_back();
  state.reset_mode();
}

Next leave_head(State& state) {
  state.build.open.pop();
  state.mode = Mode::kAfterHead;
  return Next::kAgain;
}

Next leave_noscript(State& state) {
  state.build.open.pop();
  state.mode = Mode::kInHead;
  return Next::kAgain;
}

Next imply_body(State& state) {
  state.build.insert(Name::kBody);
  state.mode = Mode::kInBody;
  return Next::kAgain;
}

Next head_start_tag(State& state, const Token& token) {
  if (is_head_void(token.name)) {
    state.build.insert_void(token.name, *token.tag);
    return Next::kDone;
  }
  switch (token.name) {
    case Name::kHtml:
      return in_body(state, token);
    case Name::kTitle:
      state.read_text(token, TextKind::kRcdata);
      return Next::kDone;
    case Name::kNoframes:
    case Name::kStyle:
      state.read_text(token, TextKind::kRawtext);
      return Next::kDone;
    case Name::kScript:
      state.read_text(token, TextKind::kScript);
      return Next::kDone;
    case Name::kNoscript:
      state.build.insert(token.name, *token.tag);
      state.mode = Mode::kInHeadNoscript;
      return Next::kDone;
    case Name::kTemplate:
      begin_template(state, token);
      return Next::kDone;
    case Name::kHead:
      return Next::kDone;
    default:
      return leave_head(state);
  }
}

}  // namespace

bool asks_for_quirks(const Doctype& doctype) {
  if (doctype.force_quirks || doctype.name != "html") return true;
  const std::string id = lower(doctype.public_id);
  if (lower(doctype.system_id) == "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd") {
    return true;
  }
  if (id == "-//w3o//dtd w3 html strict 3.0//en//" || id == "-/w3c/dtd html 4.0 transitional/en" ||
      id == "html") {
    return true;
  }
  if (!doctype.has_system_id && (id.starts_with("-//w3c//dtd html 4.01 frameset//") ||
                                 id.starts_with("-//w3c//dtd html 4.01 transitional//"))) {
    return true;
  }
  return std::any_of(kQuirkyPrefixes.begin(), kQuirkyPrefixes.end(),
                     [&](std::string_view prefix) { return id.starts_with(prefix); });
}

Next initial(State& state, const Token& token) {
  switch (token.type) {
    case Type::kBlank:
      return Next::kDone;
    case Type::kComment:
      state.build.tree.insert_comment(token.text, {});
      return Next::kDone;
    case Type::kDoctype:
      state.build.tree.insert_doctype(*token.doctype);
      state.quirks = asks_for_quirks(*token.doctype);
      state.mode = Mode::kBeforeHtml;
      return Next::kDone;
    default:
      state.quirks = true;
      state.mode = Mode::kBeforeHtml;
      return Next::kAgain;
  }
}

Next before_html(State& state, const Token& token) {
  switch (token.type) {
    case Type::kBlank:
    case Type::kDoctype:
      return Next::kDone;
    case Type::kComment:
      state.build.tree.insert_comment(token.text, {});
      return Next::kDone;
    case Type::kEnd:
      if (token.name != Name::kHead && !ends_head(token.name)) return Next::kDone;
      break;
    default:
      break;
  }
  state.mode = Mode::kBeforeHead;
  if (token.starts(Name::kHtml)) {
    state.build.insert(token.name, *token.tag);
    return Next::kDone;
  }
  state.build.insert(Name::kHtml);
  return Next::kAgain;
}

Next before_head(State& state, const Token& token) {
  switch (token.type) {
    case Type::kBlank:
    case Type::kDoctype:
      return Next::kDone;
    case Type::kComment:
      state.build.insert_comment(token.text);
      return Next::kDone;
    case Type::kStart:
      if (token.name == Name::kHtml) return in_body(state, token);
      break;
    case Type::kEnd:
      if (token.name != Name::kHead && !ends_head(token.name)) return Next::kDone;
      break;
    default:
      break;
  }
  state.mode = Mode::kInHead;
  if (token.starts(Name::kHead)) {
    state.build.head = state.build.insert(token.name, *token.tag);
    return Next::kDone;
  }
  state.build.head = state.build.insert(Name::kHead);
  return Next::kAgain;
}

Next in_head(State& state, const Token& token) {
  switch (token.type) {
    case Type::kBlank:
      state.build.insert_text(token.text);
      return Next::kDone;
    case Type::kComment:
      state.build.insert_comment(token.text);
      return Next::kDone;
    case Type::kDoctype:
      return Next::kDone;
    case Type::kStart:
      return head_start_tag(state, token);
    case Type::kEnd:
      if (ends_head(token.name)) return leave_head(state);
      if (token.name == Name::kTemplate) end_template(state);
      if (token.name == Name::kHead) leave_head(state);
      return Next::kDone;
    default:
      return leave_head(state);
  }
}

Next in_head_noscript(State& state, const Token& token) {
  switch (token.type) {
    case Type::kBlank:
    case Type::kComment:
      return in_head(state, token);
    case Type::kDoctype:
      return Next::kDone;
    case Type::kStart:
      if (token.name == Name::kHtml) return in_body(state, token);
      if (token.name == Name::kHead || token.name == Name::kNoscript) return Next::kDone;
      if (token.name == Name::kNoframes || token.name == Name::kStyle ||
          (is_head_void(token.name) && token.name != Name::kBase)) {
        return in_head(state, token);
      }
      return leave_noscript(state);
    case Type::kEnd:
      if (token.name == Name::kBr) return leave_noscript(state);
      if (token.name == Name::kNoscript) leave_noscript(state);
      return Next::kDone;
    default:
      return leave_noscript(state);
  }
}

Next after_head(State& state, const Token& token) {
  switch (token.type) {
    case Type::kBlank:
      state.build.insert_text(token.text);
      return Next::kDone;
    case Type::kComment:
      state.build.insert_comment(token.text);
      return Next::kDone;
    case Type::kDoctype:
      return Next::kDone;
    case Type::kEnd:
      if (token.name == Name::kTemplate) return in_head(state, token);
      return ends_head(token.name) ? imply_body(state) : Next::kDone;
    case Type::kStart:
      break;
    default:
      return imply_body(state);
  }
  switch (token.name) {
    case Name::kHtml:
      return in_body(state, token);
    case Name::kBody:
      state.build.insert(token.name, *token.tag);
      state.frameset_ok = false;
      state.mode = Mode::kInBody;
      return Next::kDone;
    case Name::kFrameset:
      state.build.insert(token.name, *token.tag);
      state.mode = Mode::kInFrameset;
      return Next::kDone;
    case Name::kHead:
      return Next::kDone;
    case Name::kNoframes:
    case Name::kScript:
    case Name::kStyle:
    case Name::kTemplate:
    case Name::kTitle:
      break;
    default:
      if (!is_head_void(token.name)) return imply_body(state);
  }
  // Late, but still the head's.
  const TreeId head = state.build.head;
  state.build.open.push(head);
  in_head(state, token);
  state.build.open.remove(head);
  return Next::kDone;
}

Next text(State& state, const Token& token) {
  switch (token.type) {
    case Type::kEof:
    case Type::kEnd:
      state.build.open.pop();
      state.mode = state.original_mode;
      return token.type == Type::kEof ? Next::kAgain : Next::kDone;
    default:
      state.build.insert_text(token.text);
      return Next::kDone;
  }
}

}  // namespace sluice::html::parser
