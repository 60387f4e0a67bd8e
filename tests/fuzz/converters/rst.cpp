#include "fuzz_converter.h"
#include "markup/converters.hpp"

SLUICE_FUZZ_CONVERTER(sluice::markup::RstConverter, "a.rst", "text/x-rst", {"{}"})
