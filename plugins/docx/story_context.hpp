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

// A rehearsal tells what will be written, and changes nothing of the document.
enum class Purpose : std::uint8_t { kWrite, kRehearse };

struct StoryContext {
  StoryContext(Document& of, const OpcRelationships& links, MarkdownWriter& writer, Purpose why)
      : document(of), relationships(links), out(writer), is_rehearsal(why == Purpose::kRehearse) {
    flows.emplace_back(writer);
  }

  Flow& flow() { return flows.back(); }

  Document& document;
  const OpcRelationships& relationships;
  MarkdownWriter& out;
  const bool is_rehearsal;
  std::vector<Flow> flows;  // the story's, and one for each open cell
};

}  // namespace sluice::docx
