// SPDX-License-Identifier: Apache-2.0
#include "legacy/converter.hpp"

SLUICE_PLUGIN("legacy", "1.0.0",
              {"legacy", sluice::make_converter<sluice::legacy::LegacyConverter>})
