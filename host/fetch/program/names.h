// Names to addresses, by the C library.
#pragma once

#include <string>

#include "fetch/messages.h"

namespace sluice::fetch_program {

// To be called while libraries can still be loaded without limits.
void prepare_names();
fetch::Addresses addresses_of(const std::string& host);

}  // namespace sluice::fetch_program
