// SPDX-License-Identifier: Apache-2.0
#include "data/converter.hpp"

using namespace sluice::data;

SLUICE_PLUGIN("data", "1.0.0", {"json", sluice::make_converter<JsonConverter>},
              {"xml", sluice::make_converter<XmlConverter>},
              {"yaml", sluice::make_converter<YamlConverter>},
              {"toml", sluice::make_converter<TomlConverter>})
