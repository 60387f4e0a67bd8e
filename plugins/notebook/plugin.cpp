// SPDX-License-Identifier: Apache-2.0
#include "notebook/converter.hpp"

SLUICE_PLUGIN("notebook", "1.0.0",
              {"notebook", sluice::make_converter<sluice::notebook::NotebookConverter>})
