// Where the files of a bundle are read from: its folder, or a part of a tar file. Nothing in there
// is trusted: a file is opened beneath the bundle, and is a plain one with a single name.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "platform/files.h"
#include "travel/facts.h"

namespace sluice::travel {

// The bytes of one file: a part of an open one.
struct FileBytes {
  std::shared_ptr<const platform::File> file;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

class BundleFiles {
 public:
  virtual ~BundleFiles() = default;
  // `name` as bundle_names.h makes it, or of an asset, "0.assets/a.png". Throws Refused.
  virtual FileBytes open(const std::string& name) = 0;
  // All that there is, in any order. Throws Refused for what no bundle holds: folders in folders,
  // links, devices.
  virtual std::vector<std::string> names() = 0;
};

// Of the folder of that name. `files` outlives it. Throws Refused if it is no folder, or cannot be
// opened.
std::unique_ptr<BundleFiles> files_in_folder(platform::Files& files, const platform::Dir& at,
                                             const std::string& name);

// The facts of a bundle, each value checked by itself. Throws Refused.
Facts read_facts(platform::Files& files, BundleFiles& from);

}  // namespace sluice::travel
