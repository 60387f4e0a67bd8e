// SPDX-License-Identifier: Apache-2.0
//
// A CSV file as one GFM table, in memory that does not grow with it.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::csv {

class CsvConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::csv
