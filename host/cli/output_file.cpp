#include "cli/output_file.h"

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "cli/user_folders.h"
#include "cli/workspace.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

namespace fs = std::filesystem;

void write_to_device(const fs::path& path, const std::string& given, const std::string& text) {
  errno = 0;
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (out) return;
  throw SystemError("write", given,
                    std::error_code(errno != 0 ? errno : EIO, std::generic_category()));
}

}  // namespace

void write_output_file(platform::Files& files, const Io& io, const std::string& path,
                       const std::string& text) {
  const fs::path target = absolute_path(io, path);
  std::error_code error;
  const fs::file_status status = fs::status(target, error);
  if (fs::is_directory(status)) {
    throw Error("write", path, "it is a directory", "name a file in it");
  }
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    write_to_device(target, path, text);
    return;
  }
  if (!fs::is_directory(target.parent_path(), error)) {
    throw Error("write", path, "its folder does not exist", "make the folder first");
  }
  replace_user_file(files, target.string(), text);
}

}  // namespace sluice::cli
