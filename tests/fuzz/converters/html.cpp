#include "fuzz_converter.h"
#include "html/converter.hpp"

SLUICE_FUZZ_CONVERTER(sluice::html::HtmlConverter, "page.html", "text/html",
                      {R"({"main_content":"auto","unwrap_redirects":true})", R"({"main_content":"always","unwrap_redirects":false})",
                       R"({"main_content":"never","unwrap_redirects":false})"})
