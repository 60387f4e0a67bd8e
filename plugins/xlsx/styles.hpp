// SPDX-License-Identifier: Apache-2.0
//
// The number format of each cell style (ECMA-376, part 1, 18.8.10 and 18.8.30).
#pragma once

#include <cstdint>
#include <map>
#include <sluice/number_format.hpp>
#include <sluice/opc.hpp>
#include <string>
#include <vector>

namespace sluice::xlsx {

// Number formats by their number, and the number of the format of each cell style.
struct CellFormats {
  std::map<std::uint32_t, std::string> codes;
  std::vector<std::uint32_t> format_of_style;
  // The number formats of differential formats, which conditional formats name, by their place in
  // the list.
  std::map<std::uint32_t, NumberFormat> differential;

  // By its number: the code of the file, or a builtin one.
  NumberFormat format_of(std::uint32_t id) const {
    const auto code = codes.find(id);
    return code == codes.end() ? NumberFormat::builtin(id) : NumberFormat(code->second);
  }
};

class Styles {
 public:
  // General for every style.
  Styles();
  // From the part `styles`; what it does not say, or cannot be read, is General.
  Styles(const OpcPackage& package, const std::string& part);
  explicit Styles(const CellFormats& formats);

  // The format of cells with the attribute s=`style`.
  const NumberFormat& format(std::uint32_t style) const {
    return formats_[style < by_style_.size() ? by_style_[style] : 0];
  }

  // Whether that format shows whole numbers digit by digit ("General", "0"), so that a number of
  // more digits than Excel counts with can be shown as it is stored: it is an identifier.
  bool shows_digits(std::uint32_t style) const {
    return shows_digits_[style < by_style_.size() ? by_style_[style] : 0];
  }

  // That of a differential format (18.8.14); nullptr if it has none.
  const NumberFormat* differential(std::uint32_t index) const {
    const auto found = differential_.find(index);
    return found == differential_.end() ? nullptr : &found->second;
  }
  bool has_differential() const { return !differential_.empty(); }

 private:
  std::map<std::uint32_t, NumberFormat> differential_;
  std::vector<NumberFormat> formats_;  // the first is General
  std::vector<bool> shows_digits_;     // by format
  std::vector<std::uint32_t> by_style_;
};

}  // namespace sluice::xlsx
