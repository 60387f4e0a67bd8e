// SPDX-License-Identifier: Apache-2.0
//
// The converter `pdf`: pages to a story, the story to blocks, blocks to Markdown. What can be read
// of a broken file is kept; what cannot is said.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::pdf {

class PdfConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::pdf
