// SPDX-License-Identifier: Apache-2.0
//
// Footnotes, endnotes and comments below the text that refers to them.
#pragma once

#include <sluice/markdown_writer.hpp>

#include "docx/document.hpp"

namespace sluice::docx {

// Writes those that were referred to and not yet written; they may refer to others.
void write_notes(Document& document, MarkdownWriter& out);

}  // namespace sluice::docx
