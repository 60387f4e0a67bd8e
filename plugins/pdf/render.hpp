// SPDX-License-Identifier: Apache-2.0
//
// Blocks to Markdown.
#pragma once

#include <functional>
#include <sluice/markdown_writer.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <vector>

#include "structure/blocks.hpp"

namespace sluice::pdf {

struct RenderOptions {
  bool page_markers = true;
};

// Writes the body, and what `behind` writes behind it. Returns whether it has any text or image.
bool render(const Story& story, const std::vector<Face>& faces, const std::vector<Block>& blocks,
            const RenderOptions& options, Job& job,
            const std::function<void(MarkdownWriter&)>& behind = {});

// A heading's text, for the outline.
std::string plain_text(const Story& story, const Block& block);

}  // namespace sluice::pdf
