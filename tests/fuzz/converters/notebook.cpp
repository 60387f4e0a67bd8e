#include "fuzz_converter.h"
#include "notebook/converter.hpp"

SLUICE_FUZZ_CONVERTER(sluice::notebook::NotebookConverter, "n.ipynb", "application/x-ipynb+json",
                      {R"({"outputs":true})", R"({"outputs":false})"})
