// SPDX-License-Identifier: Apache-2.0
#include "ocr/converter.hpp"

SLUICE_PLUGIN("ocr", "1.0.0", {"ocr", sluice::make_converter<sluice::ocr::OcrConverter>})
