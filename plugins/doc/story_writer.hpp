// SPDX-License-Identifier: Apache-2.0
//
// A story (the body, a note, a text box) as blocks of WordprocessingML.
#pragma once

#include <cstdint>
#include <set>
#include <sluice/code_page.hpp>
#include <string>
#include <vector>

#include "doc/anchors.hpp"
#include "doc/looks.hpp"
#include "doc/objects.hpp"
#include "doc/pictures.hpp"
#include "doc/pieces.hpp"
#include "doc/properties.hpp"
#include "doc/styles.hpp"

namespace sluice::doc {

// What the stories of one document share. All must outlive the writers.
struct Document {
  Job& job;
  const Streams& streams;
  const Pieces& pieces;
  const Anchors& anchors;
  const StyleSheet& styles;
  const std::vector<std::string>& fonts;
  const std::vector<std::string>& authors;  // of changes, escaped
  const CodePage& code_page;
  PropertyRuns& characters;
  PropertyRuns& paragraphs;
  Pictures& pictures;
  const Objects& objects;
  std::set<std::uint32_t> boxes = {};  // whose text is written, by number
};

// Appends the blocks to `out`. Of a text box within a text box only the text of the outer one.
// Throws Failure(kCancelled).
void write_story(Document& document, const StoryRange& range, std::string& out,
                 bool with_boxes = true);

}  // namespace sluice::doc
