// SPDX-License-Identifier: Apache-2.0
//
// Objects within a document: formulas as TeX, charts as the table of their numbers.
#pragma once

#include <optional>
#include <sluice/chart.hpp>
#include <sluice/xml.hpp>
#include <string>
#include <string_view>

#include "odf/document.hpp"

namespace sluice::odf {

struct Object {
  std::string formula;         // TeX; empty: no formula
  std::optional<Chart> chart;  // without rows, if it has none
};

// What a draw:object is; neither, if it is a document of another kind, or cannot be read.
Object object_of(XmlNode object, const Document& document);

// The same of an object in the package, by its reference.
Object object_at(std::string_view reference, const Document& document);

// The TeX of MathML in a tree, or of a document's text that has one.
std::string tex_of_math(XmlNode math);

// The table of a chart:chart (ODF 1.3, part 3, 11).
Chart chart_of(XmlNode chart);

}  // namespace sluice::odf
