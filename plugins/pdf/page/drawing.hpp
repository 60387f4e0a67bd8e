// SPDX-License-Identifier: Apache-2.0
//
// A page as it looks: a grey picture, drawn by poppler, for recognition.
#pragma once

#include <string>

class PDFDoc;

namespace sluice::pdf {

// A PGM whose comment has its resolution ("# 300 dpi"), of at most `dpi`; less if the page is
// larger than paper is. Empty if the page cannot be drawn.
std::string draw_page(PDFDoc& document, int number, int dpi);

}  // namespace sluice::pdf
