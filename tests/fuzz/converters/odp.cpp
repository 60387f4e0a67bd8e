#include "fuzz_converter.h"
#include "odf/slides.hpp"

SLUICE_FUZZ_CONVERTER(
    sluice::odf::SlidesConverter, "file.odp", "application/vnd.oasis.opendocument.presentation",
    {R"({"notes":true,"footers":false,"embedded_documents":true,"hidden_slides":false,"comments":false})",
     R"({"notes":true,"footers":false,"embedded_documents":true,"hidden_slides":true,"comments":true})"})
