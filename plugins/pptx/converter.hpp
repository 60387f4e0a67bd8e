// SPDX-License-Identifier: Apache-2.0
//
// A presentation as Markdown, slide by slide.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::pptx {

class PptxConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::pptx
