// SPDX-License-Identifier: Apache-2.0
#include "csv/converter.hpp"

SLUICE_PLUGIN("csv", "1.0.0", {"csv", sluice::make_converter<sluice::csv::CsvConverter>})
