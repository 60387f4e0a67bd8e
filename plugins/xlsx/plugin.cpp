// SPDX-License-Identifier: Apache-2.0
#include "xlsx/converter.hpp"

SLUICE_PLUGIN("xlsx", "1.0.0", {"xlsx", sluice::make_converter<sluice::xlsx::XlsxConverter>})
