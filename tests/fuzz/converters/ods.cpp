#include "fuzz_converter.h"
#include "odf/sheets.hpp"

SLUICE_FUZZ_CONVERTER(
    sluice::odf::SheetsConverter, "file.fods",
    "application/vnd.oasis.opendocument.spreadsheet-flat-xml",
    {R"({"embedded_documents":true,"hidden_sheets":false,"hidden_cells":false,"formulas":"values","dates":"shown",
         "merged":"first","header":"first-row","comments":false,"drawings":true})",
     R"({"embedded_documents":true,"hidden_sheets":true,"hidden_cells":true,"formulas":"both","dates":"iso",
         "merged":"fill","header":"none","comments":true,"drawings":true})"})
