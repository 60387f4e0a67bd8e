#include "fb2/converter.hpp"
#include "fuzz_converter.h"

SLUICE_FUZZ_CONVERTER(sluice::fb2::Fb2Converter, "a.fb2", "application/x-fictionbook+xml",
                      {R"({"cover":true})", R"({"cover":false})"})
