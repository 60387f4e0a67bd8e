// What the host calls. The ids and the version must be those of plugin.toml.
#include "converter.hpp"

SLUICE_PLUGIN("%NAME%", "1.0.0", {"%NAME%", sluice::make_converter<%CLASS%>})
