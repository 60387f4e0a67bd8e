#include "fuzz_converter.h"
#include "legacy/converter.hpp"

SLUICE_FUZZ_CONVERTER(sluice::legacy::LegacyConverter, "file.wpd", "application/vnd.wordperfect",
                      {R"({"password":""})", R"({"password":"x"})"})
