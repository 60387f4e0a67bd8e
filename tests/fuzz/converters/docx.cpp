#include "docx/converter.hpp"
#include "fuzz_converter.h"

SLUICE_FUZZ_CONVERTER(sluice::docx::DocxConverter, "file.docx",
                      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                      {R"({"tracked_changes":"accept","comments":false,"hidden_text":false,
                           
                                "embedded_documents":true,"headers_footers":false,
                                "page_markers":true,"merged_cells":"empty","password":""})",
                       R"({"tracked_changes":"all","comments":true,"hidden_text":true,
                           
                                "embedded_documents":true,"headers_footers":true,
                                "page_markers":false,"merged_cells":"repeat","password":""})",
                       R"({"tracked_changes":"reject","comments":true,"hidden_text":false,
                           
                                "embedded_documents":true,"headers_footers":true,
                                "page_markers":true,"merged_cells":"empty","password":""})"})
