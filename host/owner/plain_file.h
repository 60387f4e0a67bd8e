// Files of .sluice/ and the log. In a knowledge base from somebody else, a link there would make
// Sluice write into a file somewhere else: each must be a plain file with this one name.
#pragma once

#include <string>

#include "platform/files.h"

namespace sluice::owner {

// Throws Error (kDamaged) if something else is there; nothing at all is fine.
void need_plain(platform::Files& files, const platform::Dir& at, const std::string& name);
// Opens it for writing, making it if need be. Throws the same.
platform::File open_plain(platform::Files& files, const platform::Dir& at, const std::string& name);

}  // namespace sluice::owner
