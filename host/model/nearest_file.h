// Which of several files of a name is meant where only the name is said.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// Places in `files` of those that `path` may mean, the nearest to the file `from` first: the one
// that shares the most folders with it, then the one with the fewest folders, then the first by its
// path. `files`: paths that begin at the same place as `from`, and have the right name. `path`: a
// name, or the end of a path, in any case of letters.
std::vector<std::size_t> nearest_files(std::string_view from, std::string_view path,
                                       const std::vector<std::string_view>& files);

}  // namespace sluice
