// SPDX-License-Identifier: Apache-2.0
//
// Pictures of text to Markdown: what tesseract reads on each page, arranged as the pages of a PDF
// are.
#pragma once

#include <sluice/plugin.hpp>

#include "engine.hpp"

namespace sluice::ocr {

class OcrConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
  Canary canary() const override;

 private:
  Engine engine_;  // loaded by the canary, so that all processes for documents share it
};

}  // namespace sluice::ocr
