// SPDX-License-Identifier: Apache-2.0
//
// The headings of a Markdown text, as links to them see them.
#pragma once

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/heading_anchor.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::test {

// Where the tag that begins at `at` ends. npos if what stands there is text.
inline std::size_t tag_end(std::string_view markdown, std::size_t at) {
  const std::size_t name = at + (markdown.substr(at, 2) == "</" ? 2 : 1);
  if (name >= markdown.size() || !is_ascii_letter(static_cast<unsigned char>(markdown[name])))
    return std::string_view::npos;
  return markdown.find('>', at);
}

// What readers of Markdown see of a heading's line.
inline std::string shown(std::string_view markdown) {
  std::string out;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    if (markdown[i] == '\\' && i + 1 < markdown.size()) {
      out += markdown[++i];
    } else if (markdown[i] == '<' && tag_end(markdown, i) != markdown.npos) {
      i = tag_end(markdown, i);
    } else if (markdown.substr(i, 2) == "](") {
      i = std::min(markdown.find(')', i), markdown.size());
    } else if (markdown.substr(i, 2) == "![") {
      out += '\x01';  // a picture
      i = std::min(markdown.find(')', i), markdown.size());
    } else if (std::string_view("*~`[").find(markdown[i]) == std::string_view::npos) {
      out += markdown[i];
    }
  }
  return out;
}

// The anchors of a document's headings, and the fragments that its links lead to.
struct Anchors {
  explicit Anchors(const std::string& markdown) {
    HeadingAnchors headings;
    for (std::size_t at = 0; at < markdown.size();) {
      const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
      const std::string line = markdown.substr(at, end - at);
      const std::size_t level = line.find_first_not_of('#');
      if (level != std::string::npos && level > 0 && line[level] == ' ')
        there.push_back(headings.add(shown(line.substr(level + 1))));
      for (std::size_t link = line.find("](#"); link != std::string::npos;
           link = line.find("](#", link + 1)) {
        asked.push_back(line.substr(link + 3, line.find(')', link) - link - 3));
      }
      at = end + 1;
    }
  }
  std::vector<std::string> there;
  std::vector<std::string> asked;
};

}  // namespace sluice::test
