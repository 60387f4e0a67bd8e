// Opening a folder by a relative path, part by part: no symbolic link on the way is followed.
#pragma once

#include <optional>
#include <string_view>

#include "platform/files.h"

namespace sluice {

// Nothing if it is not there. REQUIRES: `path` is not empty.
std::optional<platform::Dir> open_dir_below(platform::Files& files, const platform::Dir& root,
                                            std::string_view path);

}  // namespace sluice
