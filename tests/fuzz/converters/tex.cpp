#include "fuzz_converter.h"
#include "markup/converters.hpp"

SLUICE_FUZZ_CONVERTER(sluice::markup::TexConverter, "a.tex", "text/x-tex", {"{}"})
