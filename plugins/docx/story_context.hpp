// SPDX-License-Identifier: Apache-2.0
//
// What the writers of one story share: the document, the relationships of the story's part, the
// Markdown writer, and the flows of blocks that are open.
#pragma once

#include <sluice/markdown_writer.hpp>
#include <sluice/opc.hpp>
#include <vector>

#include "docx/document.hpp"
#include "docx/flow.hpp"

namespace sluice::docx {

struct StoryContext {
  StoryContext(Document& of, const OpcRelationships& links, MarkdownWriter& writer)
      : document(of), relationships(links), out(writer) {
    flows.emplace_back(writer);
  }

  Flow& flow() { return flows.back(); }

  Document& document;
  const OpcRelationships& relationships;
  MarkdownWriter& out;
  std::vector<Flow> flows;  // the story's, and one for each open cell
};

}  // namespace sluice::docx
