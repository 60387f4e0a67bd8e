// SPDX-License-Identifier: Apache-2.0
#include "doc/converter.hpp"

SLUICE_PLUGIN("doc", "1.0.0", {"doc", sluice::make_converter<sluice::doc::DocConverter>})
