// SPDX-License-Identifier: Apache-2.0
//
// Bookmarks, and the headings under which readers of Markdown find them.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <sluice/xml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "docx/numbering.hpp"
#include "docx/settings.hpp"
#include "docx/styles.hpp"

namespace sluice::docx {

class Bookmarks {
 public:
  // Walks the main story once. `numbering` counts from the start, and is used up.
  Bookmarks(XmlNode story, const Styles& styles, Numbering numbering, const Settings& settings);

  // The fragment of the heading that holds a bookmark, or of the last one before it. Empty if there
  // is no such bookmark or heading.
  std::string_view fragment_of(std::string_view bookmark) const;

 private:
  std::vector<std::string> fragments_;                         // of all headings
  std::map<std::string, std::size_t, std::less<>> bookmarks_;  // to the heading's place there
};

}  // namespace sluice::docx
