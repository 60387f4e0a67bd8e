// SPDX-License-Identifier: Apache-2.0
//
// Content streams that inflate without end: poppler reads them to the last byte, blanks included,
// and asks nobody whether to go on.
#pragma once

class Page;

namespace sluice::pdf {

// Whether a page's content is larger than any real one when inflated, or is an image's. Only streams
// whose packed size allows it are looked into.
bool has_endless_content(Page& page);

}  // namespace sluice::pdf
