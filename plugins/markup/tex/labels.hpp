// SPDX-License-Identifier: Apache-2.0
//
// What a TeX source counts and refers to: sections, captions, formulas, theorems.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "markup/tex/scan.hpp"

namespace sluice::markup::tex {

// TeX as text without marks, for titles and names. `keeps_signs`: dashes and quotes as they are
// typed.
std::string plain_text(std::string_view tex, bool keeps_signs = false);

struct Place {
  std::string number;     // "2.1"; may be empty
  std::string anchor;     // of a heading, with its #; empty for others
  std::string_view kind;  // "Section", "Figure"
  std::string title;      // of a heading
};

struct Theorem {
  std::string title;
  std::string counter;  // empty: not counted
};

// Found in one walk before anything is written: a source refers to what comes later.
struct Labels {
  std::map<std::string, Place, std::less<>> places;
  // What stands at these places (of backslashes: \caption, \begin), if it is counted.
  std::map<std::size_t, Place> counted;
  std::map<std::string, Theorem, std::less<>> theorems;  // that the source defines itself
  bool has_parts = false;
  bool has_chapters = false;
  bool has_slides = false;
  bool has_sections = false;
  bool has_subsections = false;

  // The level of a heading in Markdown, from heading_depth.
  int level_of(int depth) const;
  // What is counted at a place and referred to from elsewhere: its number is worth showing.
  const Place* referred_at(std::size_t place) const;

  std::set<std::string, std::less<>> referred;  // labels
  std::set<std::string> referred_places;        // by kind and number
};
// `say`: what the title between two places of the text will say in the Markdown.
using Say = std::function<std::string(std::size_t begin, std::size_t end)>;
Labels find_labels(const GroupedText& source, const Say& say);

}  // namespace sluice::markup::tex
