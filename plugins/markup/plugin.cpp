// SPDX-License-Identifier: Apache-2.0
#include "markup/converters.hpp"

SLUICE_PLUGIN("markup", "1.0.0", {"rst", sluice::make_converter<sluice::markup::RstConverter>},
              {"org", sluice::make_converter<sluice::markup::OrgConverter>},
              {"tex", sluice::make_converter<sluice::markup::TexConverter>},
              {"asciidoc", sluice::make_converter<sluice::markup::AsciidocConverter>})
