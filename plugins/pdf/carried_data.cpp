// SPDX-License-Identifier: Apache-2.0
#include "carried_data.hpp"

#include <dlfcn.h>

#include <filesystem>
#include <system_error>

namespace sluice::pdf {

// What this is linked into is <prefix>/lib/sluice/plugins/<plugin>/<plugin>.so.
std::string carried_data(std::string_view name) {
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&carried_data), &info) == 0 ||
      info.dli_fname == nullptr) {
    return {};
  }
  std::filesystem::path prefix = info.dli_fname;
  for (int above = 0; above < 5; ++above) prefix = prefix.parent_path();
  const std::filesystem::path folder = prefix / "share" / name;
  std::error_code error;
  return std::filesystem::is_directory(folder, error) ? folder.string() : std::string();
}

}  // namespace sluice::pdf
