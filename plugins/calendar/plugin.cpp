// SPDX-License-Identifier: Apache-2.0
#include "calendar/converter.hpp"

SLUICE_PLUGIN("calendar", "1.0.0",
              {"calendar", sluice::make_converter<sluice::calendar::CalendarConverter>},
              {"contacts", sluice::make_converter<sluice::calendar::ContactsConverter>})
