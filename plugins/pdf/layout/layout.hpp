// SPDX-License-Identifier: Apache-2.0
//
// One page into the story: tables that are ruled, then everything else in reading order, first in
// the direction that most of the page is written in, then in the others.
#pragma once

#include <vector>

#include "../story.hpp"
#include "trace.hpp"

namespace sluice::pdf {

struct LayoutOptions {
  bool tables = true;
  RuleSettings rules;
};

// Adds the page to the story. `page`'s words get their links.
void lay_out(PageContent& page, const std::vector<Face>& faces, const LayoutOptions& options,
             Story& story);

}  // namespace sluice::pdf
