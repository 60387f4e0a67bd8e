#include "worker/program/posix/system_data.h"

#include <filesystem>
#include <system_error>

#include "platform/process.h"

namespace sluice::program {
namespace {

// Debian's name of this architecture (wiki.debian.org/Multiarch/Tuples).
#if defined(__x86_64__)
constexpr const char* kTuple = "x86_64-linux-gnu";
#elif defined(__aarch64__)
constexpr const char* kTuple = "aarch64-linux-gnu";
#elif defined(__riscv)
constexpr const char* kTuple = "riscv64-linux-gnu";
#elif defined(__powerpc64__)
constexpr const char* kTuple = "powerpc64le-linux-gnu";
#else
constexpr const char* kTuple = "";
#endif

}  // namespace

Carried carried_folders() {
  // The program is <prefix>/libexec/sluice/sluice-worker.
  const auto prefix =
      std::filesystem::path(platform::executable_path()).parent_path().parent_path().parent_path();
  const auto libraries = prefix / "lib/sluice/libraries";
  std::error_code error;
  if (!std::filesystem::is_directory(libraries, error)) return {};
  return {{libraries.string()},
          {(prefix / "share/poppler").string(), (prefix / "share/tessdata").string()}};
}

std::vector<std::string> converting_paths(const std::vector<std::string>& own) {
  const std::string tuple = kTuple;
  std::vector<std::string> paths = {
      // encodings: of glibc, ICU, poppler (CJK)
      "/usr/lib/" + tuple + "/gconv", "/usr/lib/gconv", "/usr/lib64/gconv", "/usr/share/i18n",
      "/usr/share/icu", "/usr/share/poppler",
      // fonts
      "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/fontconfig", "/etc/fonts",
      "/var/cache/fontconfig", "/usr/share/ghostscript", "/usr/share/X11/fonts",
      // language and time
      "/usr/lib/locale", "/usr/share/locale", "/usr/share/zoneinfo", "/etc/localtime",
      // types, colours, text recognition, dictionaries
      "/usr/share/mime", "/usr/share/misc", "/usr/lib/file", "/usr/share/color",
      "/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/share/xml", "/etc/xml",
      // for what is loaded late
      "/etc/ld.so.cache", "/dev/null", "/dev/zero", "/dev/urandom"};
  paths.insert(paths.end(), own.begin(), own.end());
  return paths;
}

std::vector<std::string> loading_paths(const std::string& library,
                                       const std::vector<std::string>& own) {
  std::vector<std::string> paths = converting_paths(own);
  for (const char* folder : {"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"}) {
    paths.emplace_back(folder);
  }
  if (!library.empty()) paths.push_back(library);
  return paths;
}

}  // namespace sluice::program
