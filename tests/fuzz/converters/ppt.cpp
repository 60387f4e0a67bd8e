#include "fuzz_converter.h"
#include "ppt/converter.hpp"

SLUICE_FUZZ_CONVERTER(
    sluice::ppt::PptConverter, "file.ppt", "application/vnd.ms-powerpoint",
    {R"({"comments":false,"footers":false,"embedded_documents":true,"hidden_slides":false,"notes":true,"password":""})",
     R"({"comments":true,"footers":true,"embedded_documents":true,"hidden_slides":true,"notes":true,"password":"x"})"})
