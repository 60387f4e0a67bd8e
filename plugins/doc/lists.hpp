// SPDX-License-Identifier: Apache-2.0
//
// The lists of a document ([MS-DOC] 2.9.147, 2.9.131) as a part of WordprocessingML.
#pragma once

#include <string>
#include <string_view>

namespace sluice::doc {

// `lists`: what stands in the table stream from Table::kLists on, to the stream's end: the levels
// stand behind the lists, and are not counted with them. `overrides`: Table::kListOverrides.
std::string numbering_xml(std::string_view lists, std::string_view overrides);

}  // namespace sluice::doc
