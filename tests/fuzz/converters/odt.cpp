#include "fuzz_converter.h"
#include "odf/text_document.hpp"

// Flat files: mutations reach the elements, not just an archive.
SLUICE_FUZZ_CONVERTER(
    sluice::odf::TextConverter, "file.fodt", "application/vnd.oasis.opendocument.text-flat-xml",
    {R"({"tracked_changes":"accept","comments":false,"hidden_text":false,
         "embedded_documents":true,"headers_footers":false,
         "page_markers":true,"merged_cells":"empty"})",
     R"({"tracked_changes":"all","comments":true,"hidden_text":true,"embedded_documents":true,"headers_footers":true,
         "page_markers":true,"merged_cells":"repeat"})",
     R"({"tracked_changes":"reject","comments":true,"hidden_text":false,
          "embedded_documents":true,"headers_footers":false,
         "page_markers":false,"merged_cells":"empty"})"})
