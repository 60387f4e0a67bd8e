// SPDX-License-Identifier: Apache-2.0
//
// Pictures that are the value of a cell ([MS-XLSX] 2.3.6, rich values): older programs see #VALUE!
// there.
#pragma once

#include <cstdint>
#include <sluice/opc.hpp>
#include <string>
#include <vector>

namespace sluice::xlsx {

struct CellImage {
  std::string part;  // empty: the cell's value is no picture
  std::string text;  // alternative text
};

class CellImages {
 public:
  // Has none.
  CellImages() = default;
  // Those of the workbook; parts that are missing or broken give none.
  explicit CellImages(const OpcPackage& package);

  // The picture of cells with the attribute vm=`value_metadata` (from 1).
  const CellImage& at(std::uint32_t value_metadata) const {
    static const CellImage kNone;
    return value_metadata == 0 || value_metadata > images_.size() ? kNone
                                                                  : images_[value_metadata - 1];
  }

 private:
  std::vector<CellImage> images_;
};

}  // namespace sluice::xlsx
