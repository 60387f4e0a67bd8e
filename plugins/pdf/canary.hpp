// SPDX-License-Identifier: Apache-2.0
//
// The document that proves in a worker that poppler finds its data: Latin text needs the system's
// converters (gconv), and Japanese text in a font that is not embedded needs poppler-data. Without
// them poppler gives no text, or the wrong one, and no error.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::pdf {

// The views are good for the life of the process.
Canary canary_document();

}  // namespace sluice::pdf
