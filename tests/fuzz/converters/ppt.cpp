#include "fuzz_converter.h"
#include "ppt/converter.hpp"

SLUICE_FUZZ_CONVERTER(sluice::ppt::PptConverter, "file.ppt", "application/vnd.ms-powerpoint",
                      {R"({"hidden_slides":false,"notes":true,"password":""})",
                       R"({"hidden_slides":true,"notes":true,"password":"x"})"})
