// SPDX-License-Identifier: Apache-2.0
//
// The fragments under which readers of Markdown find headings.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace sluice {

// A heading's anchor as GitHub and other readers of Markdown make it from its text, before they
// number those that are alike: lower case, blanks as `-`, punctuation left out (github-slugger).
// "1.2 The gates" is "12-the-gates". `text`: UTF-8, as it is shown, without Markdown's marks.
std::string heading_anchor(std::string_view text);

// The anchors of a document's headings, each one's own. Not thread-safe.
class HeadingAnchors {
 public:
  // The anchor of the next heading: all have to be added, in the order of the Markdown.
  std::string add(std::string_view text);

 private:
  std::unordered_map<std::string, unsigned> seen_;
};

}  // namespace sluice
