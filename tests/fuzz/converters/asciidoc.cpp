#include "fuzz_converter.h"
#include "markup/converters.hpp"

SLUICE_FUZZ_CONVERTER(sluice::markup::AsciidocConverter, "a.adoc", "text/x-asciidoc", {"{}"})
