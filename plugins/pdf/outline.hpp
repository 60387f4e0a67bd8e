// SPDX-License-Identifier: Apache-2.0
//
// The sidecar `outline` of long documents: headings with their levels and pages, for tools that
// look passages up by chapter.
#pragma once

#include <string>
#include <vector>

#include "document.hpp"
#include "structure/blocks.hpp"

namespace sluice::pdf {

// JSON: {"v":1,"from":"bookmarks"|"headings","pages":N,"headings":[{"level","title","page"}...]}.
// The document's bookmarks if it has any, else the headings that were found.
std::string outline_json(const std::vector<OutlineEntry>& bookmarks, const Story& story,
                         const std::vector<Block>& blocks, int pages);

}  // namespace sluice::pdf
