// SPDX-License-Identifier: Apache-2.0
#include "ppt/converter.hpp"

SLUICE_PLUGIN("ppt", "1.0.0", {"ppt", sluice::make_converter<sluice::ppt::PptConverter>})
