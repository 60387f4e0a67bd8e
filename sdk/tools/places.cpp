#include "tools/places.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "platform/error.h"
#include "platform/process.h"

namespace sluice::tool {
namespace {

namespace fs = std::filesystem;

bool is_program(const fs::path& path) {
  return fs::is_regular_file(path) && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

std::string template_folder() {
  const fs::path prefix = fs::path(platform::executable_path()).parent_path().parent_path();
  const fs::path folder = prefix / "share/sluice/template";
  if (!fs::is_directory(folder)) {
    throw Error("read the templates in", folder.string(), "there is no such folder",
                "install the SDK again (the component sdk)");
  }
  return folder.string();
}

std::string sluice_program() {
  const fs::path beside = fs::path(platform::executable_path()).parent_path() / "sluice";
  if (is_program(beside)) return beside.string();
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path program = fs::path(folder) / "sluice";
    if (!folder.empty() && is_program(program)) return fs::absolute(program).string();
  }
  return {};
}

}  // namespace sluice::tool
