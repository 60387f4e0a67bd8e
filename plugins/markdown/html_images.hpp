// SPDX-License-Identifier: Apache-2.0
//
// Finds the images of a piece of raw HTML inside Markdown.
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

// The values of the src attributes of all <img> tags, without their quotes, in order. Comments,
// scripts and style sheets are passed over (HTML Living Standard, section 13.1). Linear.
std::vector<Range> find_image_sources(std::string_view html);

}  // namespace sluice::markdown_plugin
