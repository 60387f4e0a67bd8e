#include "csv/converter.hpp"
#include "fuzz_converter.h"

SLUICE_FUZZ_CONVERTER(sluice::csv::CsvConverter, "table.csv", "text/csv",
                      {R"({"delimiter":"auto","charset":"auto","max_rows":3})", R"({"delimiter":"semicolon","charset":"windows-1250","max_rows":0})",
                       R"({"delimiter":"tab","charset":"auto","max_rows":0})"})
