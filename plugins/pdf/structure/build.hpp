// SPDX-License-Identifier: Apache-2.0
//
// Lines to blocks: where paragraphs begin and end, what is an item, code or a footnote, and what
// goes on over columns and pages.
#pragma once

#include <vector>

#include "../document.hpp"
#include "blocks.hpp"

namespace sluice::pdf {

struct StructureOptions {
  bool keep_running_lines = false;  // headers, footers, page numbers
};

std::vector<Block> build_blocks(const Story& story, const std::vector<Face>& faces,
                                const std::vector<OutlineEntry>& outline,
                                const StructureOptions& options);

}  // namespace sluice::pdf
