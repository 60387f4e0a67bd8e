// SPDX-License-Identifier: Apache-2.0
//
// An entry of a document's own outline (bookmarks).
#pragma once

#include <string>

namespace sluice::pdf {

struct OutlineEntry {
  std::string title;
  int level = 1;  // from 1
  int page = 0;   // from 1; 0: not known
};

}  // namespace sluice::pdf
