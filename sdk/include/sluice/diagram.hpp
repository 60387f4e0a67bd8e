// SPDX-License-Identifier: Apache-2.0
//
// SmartArt (ECMA-376, part 1, 21.4): the text of its points, nested as they are.
#pragma once

#include <sluice/markdown_writer.hpp>
#include <sluice/xml.hpp>

namespace sluice {

// Whether a point of a data model has text.
bool has_diagram_text(XmlNode data_model);

// Writes the points of a data model as a list. Returns whether there were any with text.
bool write_diagram(MarkdownWriter& out, XmlNode data_model);

}  // namespace sluice
