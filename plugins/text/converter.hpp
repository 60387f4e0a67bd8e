// SPDX-License-Identifier: Apache-2.0
//
// Plain text to Markdown, block by block, in memory that does not grow with the text.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::text {

class TextConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::text
