#include "fuzz_converter.h"
#include "markup/converters.hpp"

SLUICE_FUZZ_CONVERTER(sluice::markup::OrgConverter, "a.org", "text/x-org", {"{}"})
