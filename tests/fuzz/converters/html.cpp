#include "fuzz_converter.h"
#include "html/converter.hpp"

SLUICE_FUZZ_CONVERTER(sluice::html::HtmlConverter, "page.html", "text/html",
                      {R"({"main_content":"auto"})", R"({"main_content":"always"})",
                       R"({"main_content":"never"})"})
