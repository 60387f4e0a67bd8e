#include "fuzz_converter.h"
#include "rtf/converter.hpp"

SLUICE_FUZZ_CONVERTER(sluice::rtf::RtfConverter, "letter.rtf", "application/rtf",
                      {R"({"tracked_changes":"accept","comments":false,"hidden_text":false,
         "embedded_documents":true,"headers_footers":false,"merged_cells":"empty"})",
                       R"({"tracked_changes":"all","comments":true,"hidden_text":true,
          "embedded_documents":true,"headers_footers":true,"merged_cells":"repeat"})"})
