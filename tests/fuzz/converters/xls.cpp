#include "fuzz_converter.h"
#include "xls/converter.hpp"

SLUICE_FUZZ_CONVERTER(
    sluice::xls::XlsConverter, "file.xls", "application/vnd.ms-excel",
    {R"({"embedded_documents":true,"hidden_sheets":false,"hidden_cells":false,"dates":"shown",
         "merged":"first","header":"first-row","comments":false,"drawings":true,"password":""})",
     R"({"embedded_documents":true,"hidden_sheets":true,"hidden_cells":true,"dates":"iso",
         "merged":"fill","header":"none","comments":true,"drawings":true,"password":"x"})"})
