// SPDX-License-Identifier: Apache-2.0
//
// Bookmarks in headings, and the fragment under which readers of Markdown find a heading.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "numbering.hpp"
#include "settings.hpp"
#include "styles.hpp"

namespace sluice::docx {

// The fragment that GitHub and its like make of a heading's text ("1.2 The gates" is
// "12-the-gates"), before a number tells equal ones apart.
std::string heading_fragment(std::string_view text);

class Bookmarks {
 public:
  // Walks the main story once. `numbering` counts from the start, and is used up.
  Bookmarks(pugi::xml_node story, const Styles& styles, Numbering numbering,
            const Settings& settings);

  // The fragment of the heading that holds a bookmark, or empty.
  std::string_view fragment_of(std::string_view bookmark) const;

 private:
  std::map<std::string, std::string, std::less<>> fragments_;
};

}  // namespace sluice::docx
