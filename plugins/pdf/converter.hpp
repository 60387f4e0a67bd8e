// SPDX-License-Identifier: Apache-2.0
//
// The converter `pdf`: pages to a story, the story to blocks, blocks to Markdown. What can be read
// of a broken file is kept; what cannot is said.
#pragma once

#include <sluice/plugin.hpp>

#include "layout/trace.hpp"

namespace sluice::pdf {

class PdfConverter : public Converter {
 public:
  // `rules`: for those who want to see or change by which rules pages are read.
  explicit PdfConverter(RuleSettings rules = {}) : rules_(rules) {}
  void convert(Job& job) override;
  Canary canary() const override;

 private:
  RuleSettings rules_;
};

}  // namespace sluice::pdf
