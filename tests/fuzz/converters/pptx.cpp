#include "fuzz_converter.h"
#include "pptx/converter.hpp"

SLUICE_FUZZ_CONVERTER(
    sluice::pptx::PptxConverter, "file.pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    {R"({"notes":true,"footers":false,"embedded_documents":true,"hidden_slides":false,"comments":false,"password":""})",
     R"({"notes":true,"footers":true,"embedded_documents":true,"hidden_slides":true,"comments":true,"password":""})"})
