// SPDX-License-Identifier: Apache-2.0
//
// Markdown that goes into the body as it is: the text of a file, or of a notebook's cell.
#pragma once

#include <functional>
#include <optional>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>

#include "markdown/destinations.hpp"

namespace sluice::markdown_plugin {

// CRLF and CR become LF, in place.
void normalize_line_ends(std::string& text);

// The asset for an image's destination, or nothing where the destination stays.
using TakeImage = std::function<std::optional<sluice_asset>(std::string_view destination)>;

// The destination that stands in the place of one within the text ("#name"), or nothing where that
// stays.
using FindPlace = std::function<std::optional<std::string>(std::string_view destination)>;

// Writes `text` (UTF-8, LF) as it is, but for the destinations of images that `take_image` has an
// asset for, destinations that would run a script, which lead nowhere then, links to other
// files, which the host follows, and links to places that `find_place` has another one for.
// `found`: of the same text.
void write_body(Job& job, std::string_view text, const Findings& found, const TakeImage& take_image,
                const FindPlace& find_place = {});

// A fence of backticks that no line of `text` can close.
std::string fence_for(std::string_view text);

}  // namespace sluice::markdown_plugin
