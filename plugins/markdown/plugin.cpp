// SPDX-License-Identifier: Apache-2.0
#include "markdown/converter.hpp"

SLUICE_PLUGIN("markdown", "1.0.0",
              {"markdown", sluice::make_converter<sluice::markdown_plugin::MarkdownConverter>})
