// SPDX-License-Identifier: Apache-2.0
#include "rtf/converter.hpp"

SLUICE_PLUGIN("rtf", "1.0.0", {"rtf", sluice::make_converter<sluice::rtf::RtfConverter>})
