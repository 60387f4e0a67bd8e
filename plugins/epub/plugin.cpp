// SPDX-License-Identifier: Apache-2.0
#include "epub/converter.hpp"

SLUICE_PLUGIN("epub", "1.0.0", {"epub", sluice::make_converter<sluice::epub::EpubConverter>})
