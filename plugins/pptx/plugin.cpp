// SPDX-License-Identifier: Apache-2.0
#include "pptx/converter.hpp"

SLUICE_PLUGIN("pptx", "1.0.0", {"pptx", sluice::make_converter<sluice::pptx::PptxConverter>})
