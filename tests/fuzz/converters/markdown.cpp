#include "fuzz_converter.h"
#include "markdown/converter.hpp"

SLUICE_FUZZ_CONVERTER(sluice::markdown_plugin::MarkdownConverter, "note.md", "text/markdown",
                      {R"({"images":true,"front_matter":"metadata"})",
                       R"({"images":true,"front_matter":"keep"})",
                       R"({"images":false,"front_matter":"metadata"})"})
