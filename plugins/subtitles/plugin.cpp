// SPDX-License-Identifier: Apache-2.0
#include "subtitles/converter.hpp"

SLUICE_PLUGIN("subtitles", "1.0.0",
              {"subtitles", sluice::make_converter<sluice::subtitles::SubtitlesConverter>})
