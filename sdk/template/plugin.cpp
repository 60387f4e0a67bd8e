// What the host calls. The ids and the version must be those of plugin.toml.
#include "shout.hpp"

SLUICE_PLUGIN("shout", "1.0.0", {"shout", sluice::make_converter<Shout>})
