// SPDX-License-Identifier: Apache-2.0
#include "msg/converter.hpp"

SLUICE_PLUGIN("msg", "1.0.0", {"msg", sluice::make_converter<sluice::msg::MsgConverter>},
              {"tnef", sluice::make_converter<sluice::msg::TnefConverter>})
