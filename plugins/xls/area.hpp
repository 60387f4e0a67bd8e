// SPDX-License-Identifier: Apache-2.0
//
// A rectangle of cells, as records have it ([MS-XLS] 2.5.209, Ref8U).
#pragma once

#include "xlsx/reference.hpp"

namespace sluice::xls {

// The next 8 bytes of a record (FieldReader), or of one and those that continue it (Fields).
template <typename Reader>
xlsx::Area read_area(Reader& fields) {
  xlsx::Area area;
  area.first.row = fields.u16() + 1U;
  area.last.row = fields.u16() + 1U;
  area.first.column = fields.u16() + 1U;
  area.last.column = fields.u16() + 1U;
  return area;
}

}  // namespace sluice::xls
