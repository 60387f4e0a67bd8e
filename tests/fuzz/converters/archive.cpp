#include "archive/converter.hpp"

#include "fuzz_converter.h"

SLUICE_FUZZ_CONVERTER(sluice::archive::ArchiveConverter, "file.zip", "application/octet-stream",
                      {R"({"packages":false,"hidden":false,"name_charset":"auto","password":""})",
                       R"({"packages":true,"hidden":true,"name_charset":"cp437","password":"secret"})"})
