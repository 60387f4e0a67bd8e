#include "fuzz_converter.h"
#include "text/converter.hpp"

SLUICE_FUZZ_CONVERTER(sluice::text::TextConverter, "note.txt", "text/plain",
                      {R"({"layout":"auto","charset":"auto"})", R"({"layout":"paragraphs","charset":"auto"})",
                       R"({"layout":"preserve","charset":"auto"})"})
