// SPDX-License-Identifier: Apache-2.0
//
// Where links within a document lead: to its headings, by the fragments under which readers of
// Markdown find them. Found in one walk before anything is written, which rehearses the headings;
// so are their numbers, which are part of their text.
#pragma once

#include <cstdint>
#include <map>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

#include "odf/numbers.hpp"
#include "odf/styles.hpp"

namespace sluice::odf {

struct Context;

class Anchors {
 public:
  Anchors() = default;
  // `rehearsal`: of its own, with the settings, styles and changes of the document.
  Anchors(XmlNode body, Context& rehearsal);

  // Tells the host to which heading each bookmark belongs: links from other documents lead there.
  void name_bookmarks(Job& job) const;

  // The number before the text of a heading, or empty.
  std::string number_of(XmlNode heading) const;
  // The fragment (without #) for a reference ("#1.2.The gates|outline", "#bookmark"), or empty if
  // it leads to no heading.
  std::string fragment_of(std::string_view reference) const;

 private:
  std::unordered_map<std::uintptr_t, std::string> numbers_;  // by the identity of the heading
  std::map<std::string, std::string, std::less<>> by_text_;
  std::map<std::string, std::string, std::less<>> by_bookmark_;
};

}  // namespace sluice::odf
