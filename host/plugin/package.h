// A plugin on its way in: a folder, or a tar file of one. Counts as hostile until everything in it
// has been checked; nothing of it is loaded here.
//
// The tar file is a plain one (ustar, uncompressed) of one folder <id>/ that holds plugin.toml, the
// library and the files that plugin.toml names, and nothing else.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "platform/files.h"
#include "plugin/manifest.h"

namespace sluice::plugin {

// Of all files of a package together. The largest plugin in use, with a model beside it, has some
// hundred MiB.
inline constexpr std::uint64_t kMaxPackageBytes = 1ULL << 30;

// The bytes of one file: a part of an open one.
struct PackagePart {
  std::string name;
  std::shared_ptr<const platform::File> file;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

class Package {
 public:
  // Opens a folder or a tar file by its absolute path, and checks everything but the hashes. Throws
  // Error.
  static Package open(platform::Files& files, const std::string& path);

  // Its `folder` is the package's path.
  const Manifest& manifest() const { return manifest_; }
  // Files of the folder that belong to nothing: they stay behind.
  const std::vector<std::string>& left_out() const { return left_out_; }

  // Copies the plugin's files into an empty folder, as files of this user alone, and flushes them.
  // Throws Error if one is not as long as it was.
  void unpack(platform::Files& files, const platform::Dir& to) const;

 private:
  Manifest manifest_;
  std::vector<PackagePart> parts_;  // plugin.toml first
  std::vector<std::string> left_out_;
};

// The files of a tar file's one folder, whose name goes to `folder`. Throws Error for anything that
// such a file need not have: links, devices, long names, other folders, files twice.
std::vector<PackagePart> read_tar(platform::Files& files,
                                  const std::shared_ptr<const platform::File>& tar,
                                  const std::string& path, std::string& folder);

}  // namespace sluice::plugin
