// SPDX-License-Identifier: Apache-2.0
#include <sluice/plugin.hpp>

#include "docx/converter.hpp"

SLUICE_PLUGIN("docx", "1.0.0", {"docx", sluice::make_converter<sluice::docx::DocxConverter>})
