// SPDX-License-Identifier: Apache-2.0
//
// The converter `html`: bytes to text, text to tree, tree to Markdown. Never loses the document: a
// page that shows nothing by its own rules is converted with all that it hides.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::html {

class HtmlConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::html
