// SPDX-License-Identifier: Apache-2.0
//
// Markdown to Markdown: nothing but line ends, encoding, front matter and image destinations
// changes.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::markdown_plugin {

class MarkdownConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::markdown_plugin
