// SPDX-License-Identifier: Apache-2.0
//
// A workbook of Excel 2 to 2003 as Markdown: a heading for each sheet, its tables under it.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::xls {

class XlsConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::xls
