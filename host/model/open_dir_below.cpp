#include "model/open_dir_below.h"

#include <string>
#include <utility>

#include "model/layout.h"

namespace sluice {

std::optional<platform::Dir> open_dir_below(platform::Files& files, const platform::Dir& root,
                                            std::string_view path) {
  platform::Dir current;
  const platform::Dir* at = &root;
  while (!path.empty()) {
    auto next = files.open_dir(*at, std::string(layout::take_part(path)));
    if (!next) return std::nullopt;
    current = std::move(*next);
    at = &current;
  }
  return current;
}

}  // namespace sluice
