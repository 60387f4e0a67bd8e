// SPDX-License-Identifier: Apache-2.0
//
// The insertion modes (HTML 13.2.6.4), a function each, and the rules for foreign content
// (13.2.6.5). They are in head_modes.cpp, body_start_tags.cpp, body_end_tags.cpp, table_modes.cpp,
// late_modes.cpp and foreign_content.cpp.
#pragma once

#include "tree_builder.hpp"

namespace sluice::html::parser {

enum class Next : std::uint8_t {
  kDone,
  kAgain,  // the token is for the mode that is set now
};

Next process_by(Mode mode, State& state, const Token& token);

Next initial(State& state, const Token& token);
Next before_html(State& state, const Token& token);
Next before_head(State& state, const Token& token);
Next in_head(State& state, const Token& token);
Next in_head_noscript(State& state, const Token& token);
Next after_head(State& state, const Token& token);
Next in_body(State& state, const Token& token);
Next body_start_tag(State& state, const Token& token);
Next body_end_tag(State& state, const Token& token);
Next text(State& state, const Token& token);
Next in_table(State& state, const Token& token);
Next in_table_text(State& state, const Token& token);
Next in_caption(State& state, const Token& token);
Next in_column_group(State& state, const Token& token);
Next in_table_body(State& state, const Token& token);
Next in_row(State& state, const Token& token);
Next in_cell(State& state, const Token& token);
Next in_select(State& state, const Token& token);
Next in_select_in_table(State& state, const Token& token);
Next in_template(State& state, const Token& token);
Next after_body(State& state, const Token& token);
Next in_frameset(State& state, const Token& token);
Next after_frameset(State& state, const Token& token);
Next after_after_body(State& state, const Token& token);
Next after_after_frameset(State& state, const Token& token);
Next in_foreign_content(State& state, const Token& token);

// Whether a document type asks for the ways of old browsers (13.2.6.4.1).
bool asks_for_quirks(const Doctype& doctype);

}  // namespace sluice::html::parser
