// SPDX-License-Identifier: Apache-2.0
#include "text/converter.hpp"

SLUICE_PLUGIN("text", "1.0.0", {"text", sluice::make_converter<sluice::text::TextConverter>})
