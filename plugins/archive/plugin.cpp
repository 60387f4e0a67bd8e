// SPDX-License-Identifier: Apache-2.0
#include "archive/converter.hpp"

SLUICE_PLUGIN("archive", "1.0.0",
              {"archive", sluice::make_converter<sluice::archive::ArchiveConverter>})
