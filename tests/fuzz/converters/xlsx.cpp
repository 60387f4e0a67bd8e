#include "fuzz_converter.h"
#include "xlsx/converter.hpp"

SLUICE_FUZZ_CONVERTER(
    sluice::xlsx::XlsxConverter, "file.xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    {R"({"embedded_documents":true,"hidden_sheets":false,"hidden_cells":false,"formulas":"values","dates":"shown",
         "merged":"first","header":"first-row","comments":false,"drawings":true,"password":""})",
     R"({"embedded_documents":true,"hidden_sheets":true,"hidden_cells":true,"formulas":"both","dates":"iso",
         "merged":"fill","header":"none","comments":true,"drawings":true,"password":""})"})
