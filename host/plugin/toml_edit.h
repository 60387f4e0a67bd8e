// Changing one list in a TOML file of a user, and leaving every other byte as it is.
#pragma once

#include <string>
#include <vector>

namespace sluice::plugin {

// `text` with `key = values` in [table], which is added if it is missing. `file` is its name for
// messages. Throws Error (kUsage) where the file does not parse, or is written in a way that this
// cannot change (an inline table, say).
std::string with_toml_list(const std::string& text, const std::string& file,
                           const std::string& table, const std::string& key,
                           const std::vector<std::string>& values);

}  // namespace sluice::plugin
