// SPDX-License-Identifier: Apache-2.0
//
// Objects within a document: formulas as TeX, charts as the table of their numbers.
#pragma once

#include <optional>
#include <sluice/chart.hpp>
#include <sluice/embedded_objects.hpp>
#include <sluice/xml.hpp>
#include <string>
#include <string_view>

#include "odf/document.hpp"

namespace sluice::odf {

struct Object {
  std::string formula;         // TeX; empty: no formula
  std::optional<Chart> chart;  // without rows, if it has none
  std::string media_type;      // of a document of another kind
};

// What a draw:object is; nothing of these, if it cannot be read.
Object object_of(XmlNode object, const Document& document);

// The same of an object in the package, by its reference.
Object object_at(std::string_view reference, const Document& document);

// Hands over what a page holds: a document of OpenDocument (`media_type`), or a file of another
// program (empty). `called`: the name that the page gives it; may be empty. In a single file, only
// files of other programs can be taken.
std::optional<TakenObject> take_object(EmbeddedObjects& objects, const Document& document,
                                       XmlNode object, std::string_view media_type,
                                       std::string_view called);
// The same of one in the package, by its reference.
std::optional<TakenObject> take_object(EmbeddedObjects& objects, const Document& document,
                                       std::string_view reference, std::string_view media_type,
                                       std::string_view called);

// The TeX of MathML in a tree, or of a document's text that has one.
std::string tex_of_math(XmlNode math);

// The table of a chart:chart (ODF 1.3, part 3, 11).
Chart chart_of(XmlNode chart);

}  // namespace sluice::odf
