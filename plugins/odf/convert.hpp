// SPDX-License-Identifier: Apache-2.0
//
// The three converters on a document that is read already: also for formats that are lowered to
// OpenDocument. `options`: what the converter of that kind has in its manifest. `id`: the one that
// users set them by; empty if they cannot.
#pragma once

#include <sluice/options.hpp>
#include <sluice/plugin.hpp>

#include "odf/document.hpp"

namespace sluice::odf {

// Texts and formulas. Throws Failure.
void convert_text(Job& job, Document& document, const Options& options, std::string_view id);
void convert_sheets(Job& job, Document& document, const Options& options, std::string_view id);
// Presentations and drawings.
void convert_slides(Job& job, Document& document, const Options& options, std::string_view id);

}  // namespace sluice::odf
