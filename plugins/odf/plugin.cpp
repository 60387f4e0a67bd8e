// SPDX-License-Identifier: Apache-2.0
#include "odf/sheets.hpp"
#include "odf/slides.hpp"
#include "odf/text_document.hpp"

SLUICE_PLUGIN("odf", "1.0.0", {"odt", sluice::make_converter<sluice::odf::TextConverter>},
              {"ods", sluice::make_converter<sluice::odf::SheetsConverter>},
              {"odp", sluice::make_converter<sluice::odf::SlidesConverter>})
