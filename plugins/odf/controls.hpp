// SPDX-License-Identifier: Apache-2.0
//
// What the controls of a form say (ODF 1.3, part 3, chapter 13). A document has its forms apart
// from the places where their controls are drawn, which name them.
#pragma once

#include <functional>
#include <map>
#include <sluice/xml.hpp>
#include <string>
#include <string_view>

namespace sluice::odf {

class Controls {
 public:
  using AttributeOf = std::function<std::string_view(const char* name)>;

  // The next element within office:forms, in the document's order.
  void add(std::string_view element, const AttributeOf& attribute);
  // All those below a node.
  void add_below(XmlNode node);

  // What the control with this id says: what was filled in, or its label, with a box for a choice
  // ("☒ Yes"). Empty if nothing, or if there is none.
  const std::string& text_of(std::string_view id) const;

 private:
  std::map<std::string, std::string, std::less<>> texts_;
  std::string* last_ = nullptr;  // which the options belong to that follow
};

}  // namespace sluice::odf
