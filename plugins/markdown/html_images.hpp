// SPDX-License-Identifier: Apache-2.0
//
// Finds the images and links of a piece of raw HTML inside Markdown, and what would run a script.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace sluice::markdown_plugin {

// A stretch of a text.
struct Range {
  std::size_t offset = 0;
  std::size_t size = 0;
};

// Values of attributes, without their quotes, in order. Comments, scripts and style sheets are
// passed over (HTML Living Standard, section 13.1). Linear.
struct HtmlValues {
  std::vector<Range> image_sources;  // src of <img>
  std::vector<Range> links;          // href of <a>
  std::vector<Range> scripts;        // of any attribute of any tag: destinations that run a script
};
HtmlValues find_values(std::string_view html);

}  // namespace sluice::markdown_plugin
