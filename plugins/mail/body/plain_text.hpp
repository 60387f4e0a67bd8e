// SPDX-License-Identifier: Apache-2.0
//
// The plain text of a message as Markdown: paragraphs that programs wrapped, quotes by their marks
// (`>`), lists, a signature.
#pragma once

#include <sluice/markdown_writer.hpp>
#include <string_view>

namespace sluice::mail {

// RFC 3676: whether blanks at line ends join lines, and whether these blanks are dropped.
struct Flow {
  bool is_flowed = false;
  bool drops_blank = false;  // DelSp
};

// `text` is UTF-8 with any line ends.
void write_plain_text(std::string_view text, Flow flow, MarkdownWriter& out);

}  // namespace sluice::mail
