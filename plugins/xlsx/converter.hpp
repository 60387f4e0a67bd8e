// SPDX-License-Identifier: Apache-2.0
//
// A workbook as Markdown: a heading for each sheet, its tables under it.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::xlsx {

class XlsxConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::xlsx
