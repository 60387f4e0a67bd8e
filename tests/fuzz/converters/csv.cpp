#include "csv/converter.hpp"
#include "fuzz_converter.h"

SLUICE_FUZZ_CONVERTER(sluice::csv::CsvConverter, "table.csv", "text/csv",
                      {R"({"delimiter":"auto"})", R"({"delimiter":"semicolon"})",
                       R"({"delimiter":"tab"})"})
