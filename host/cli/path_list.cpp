#include "cli/path_list.h"

#include "cli/config.h"
#include "platform/error.h"

namespace sluice::cli {

ListFile::ListFile(const std::string& name, char separator, Io& io)
    : name_(name), separator_(separator), stream_(name == "-" ? io.in : file_) {
  if (name == "-") return;
  file_.open(absolute_path(io, name), std::ios::binary);
  if (!file_) {
    throw Error("read the list", name, "it cannot be opened", "check the path", ExitCode::kUsage);
  }
}

bool ListFile::next(std::string& entry) {
  while (std::getline(stream_, entry, separator_)) {
    ++number_;
    if (!entry.empty()) return true;
  }
  if (stream_.bad()) {
    throw Error("read the list", name_, "it cannot be read to its end",
                "check that it is a file, and its disk", ExitCode::kUsage);
  }
  return false;
}

std::vector<std::string> all_paths(std::vector<std::string> paths,
                                   const std::optional<std::string>& files_from, bool nul_separated,
                                   Io& io) {
  if (!files_from) return paths;
  ListFile list(*files_from, nul_separated ? '\0' : '\n', io);
  std::string path;
  while (list.next(path)) paths.push_back(path);
  return paths;
}

}  // namespace sluice::cli
