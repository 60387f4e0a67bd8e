// SPDX-License-Identifier: Apache-2.0
//
// Outlook's message files ([MS-OXMSG]): properties, recipients and attachments in the storages of a
// compound file.
#pragma once

#include <sluice/compound_file.hpp>
#include <string>

#include "msg/properties.hpp"

namespace sluice::msg {

// Reads the message of a file, which must outlive it. Throws Failure(kMalformed) if it holds none.
Item read_outlook_file(CompoundFile& file);

}  // namespace sluice::msg
