// SPDX-License-Identifier: Apache-2.0
//
// A Word document of Word 6 to 2003 as Markdown.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::doc {

class DocConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
};

}  // namespace sluice::doc
