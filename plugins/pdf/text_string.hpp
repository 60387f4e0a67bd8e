// SPDX-License-Identifier: Apache-2.0
//
// Text strings of a document's dictionaries: PDFDocEncoding, UTF-16 or UTF-8, told apart by their
// first bytes (ISO 32000-2, 7.9.2.2).
#pragma once

#include <string>

namespace sluice::pdf {

// As UTF-8, without control characters, blanks at the edges, and language escapes.
std::string text_string(const std::string& raw);
// An array of code points as UTF-8, in the same way.
std::string from_code_points(const unsigned* characters, int length);

}  // namespace sluice::pdf
