#include "cli/path_list.h"

#include <fstream>

#include "cli/config.h"
#include "platform/error.h"

namespace sluice::cli {

std::vector<std::string> all_paths(std::vector<std::string> paths,
                                   const std::optional<std::string>& files_from,
                                   bool nul_separated, Io& io) {
  if (!files_from) return paths;
  std::ifstream file;
  if (*files_from != "-") {
    file.open(absolute_path(io, *files_from), std::ios::binary);
    if (!file) {
      throw Error("read the list", *files_from, "it cannot be opened", "check the path",
                  ExitCode::kUsage);
    }
  }
  std::istream& list = *files_from == "-" ? io.in : file;
  std::string line;
  while (std::getline(list, line, nul_separated ? '\0' : '\n')) {
    if (!line.empty()) paths.push_back(line);
  }
  return paths;
}

}  // namespace sluice::cli
