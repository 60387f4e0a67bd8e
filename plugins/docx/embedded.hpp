// SPDX-License-Identifier: Apache-2.0
//
// Documents within the document (w:altChunk; ECMA-376, part 1, 17.17.2): generators of reports put
// whole bodies there, which Word converts when it opens the file.
#pragma once

#include <sluice/xml.hpp>

#include "docx/story_context.hpp"

namespace sluice::docx {

// Writes the content of the part that `chunk` refers to: HTML (also inside of MHT), plain text, or
// a Word document. Another kind, or one that cannot be read, is left out with a warning. REQUIRES:
// the flow is closed.
void write_embedded(StoryContext& context, XmlNode chunk);

}  // namespace sluice::docx
