// SPDX-License-Identifier: Apache-2.0
#include <sluice/plugin.hpp>

#include "converter.hpp"

SLUICE_PLUGIN("pdf", "1.0.0", {"pdf", sluice::make_converter<sluice::pdf::PdfConverter>})
