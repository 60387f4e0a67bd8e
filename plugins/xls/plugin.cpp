// SPDX-License-Identifier: Apache-2.0
#include "xls/converter.hpp"

SLUICE_PLUGIN("xls", "1.0.0", {"xls", sluice::make_converter<sluice::xls::XlsConverter>})
