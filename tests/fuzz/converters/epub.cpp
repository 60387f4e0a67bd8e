#include "epub/converter.hpp"
#include "fuzz_converter.h"

SLUICE_FUZZ_CONVERTER(sluice::epub::EpubConverter, "book.epub", "application/epub+zip",
                      {R"({"contents_page":true})", R"({"contents_page":false})"})
