// SPDX-License-Identifier: Apache-2.0
//
// Objects of other programs that no place in the text shows.
#pragma once

#include <sluice/markdown_writer.hpp>

#include "docx/document.hpp"

namespace sluice::docx {

// Writes links to those of the text, its margins and its notes that are not written yet, each as a
// paragraph. Call it behind the text.
void write_objects(Document& document, MarkdownWriter& out);

}  // namespace sluice::docx
