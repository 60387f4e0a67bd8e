// SPDX-License-Identifier: Apache-2.0
//
// A piece of HTML within another document: what a cell of a notebook shows, a message, an embedded
// part.
#pragma once

#include <functional>
#include <optional>
#include <sluice/left_out.hpp>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>

namespace sluice::html {

// Writes what `html` (UTF-8) shows. Images are those of `take_image`; without it, those that
// `data:` URIs hold. What it hides is added to `hidden` (see hidden_text.hpp). False if it shows
// nothing: then nothing is written. Does not call out.finish().
bool write_fragment(
    std::string html, Job& job, MarkdownWriter& out, LeftOut& hidden,
    const std::function<std::optional<sluice_asset>(std::string_view address)>& take_image = {});

}  // namespace sluice::html
