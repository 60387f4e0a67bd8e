#include "fuzz_converter.h"
#include "subtitles/converter.hpp"

SLUICE_FUZZ_CONVERTER(sluice::subtitles::SubtitlesConverter, "film.srt", "application/x-subrip",
                      {R"({"times":true,"charset":"auto"})", R"({"times":false,"charset":"auto"})"})
