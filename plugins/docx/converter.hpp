// SPDX-License-Identifier: Apache-2.0
//
// Word documents (DOCX, DOCM and their templates; ECMA-376, Transitional and Strict) to Markdown.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::docx {

class DocxConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::docx
