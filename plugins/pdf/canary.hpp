// SPDX-License-Identifier: Apache-2.0
//
// The document that proves in a worker that poppler finds its data: Japanese text in a font that is
// not embedded needs poppler-data, without which poppler gives no text, or the wrong one, and no
// error. Beside it Latin text, which needs none of it.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::pdf {

// The views are good for the life of the process.
Canary canary_document();

}  // namespace sluice::pdf
