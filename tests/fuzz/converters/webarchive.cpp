#include "fuzz_converter.h"
#include "html/webarchive/converter.hpp"

SLUICE_FUZZ_CONVERTER(sluice::html::WebArchiveConverter, "a.webarchive", "application/x-webarchive",
                      {R"({"main_content":"auto","unwrap_redirects":false})",
                       R"({"main_content":"never","unwrap_redirects":true})"})
