// SPDX-License-Identifier: Apache-2.0
//
// Spreadsheets: .ods, .ots, .fods.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::odf {

class SheetsConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
};

}  // namespace sluice::odf
