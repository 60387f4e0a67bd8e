// SPDX-License-Identifier: Apache-2.0
#include "fb2/converter.hpp"

SLUICE_PLUGIN("fb2", "1.0.0", {"fb2", sluice::make_converter<sluice::fb2::Fb2Converter>})
