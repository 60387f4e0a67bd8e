// SPDX-License-Identifier: Apache-2.0
//
// Forms whose fields share each other: poppler makes an object for each way that leads to a field,
// so that twenty lines of a file can ask for a thousand million of them.
#pragma once

class PDFDoc;

namespace sluice::pdf {

// Whether the form of a document has more fields than any real one, counted by the ways to them.
bool has_endless_form(PDFDoc& document);
// Takes the form out, before poppler has read it. Its fields keep the look that they have.
void drop_form(PDFDoc& document);

}  // namespace sluice::pdf
