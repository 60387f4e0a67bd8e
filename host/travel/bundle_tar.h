// The bundles of a tar file (ustar, GNU or pax, not compressed), read where they are: nothing is
// ever unpacked below a name that the file chose.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "platform/files.h"
#include "travel/bundle_files.h"

namespace sluice::travel {

class BundleTar {
 public:
  // Reads the headers of all entries. `only`: the one bundle that the file may hold; empty for any
  // number of them. Throws Error: it is no tar file, or a damaged one, or holds something else.
  BundleTar(platform::Files& files, std::shared_ptr<const platform::File> file,
            const std::string& path, std::string only = {});

  // By the names of bundles: by the names of their files, where each is. A file without a sound
  // name, or that is there twice, has no bytes: whoever opens it refuses the bundle.
  struct File {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    bool is_sound = true;
  };
  using Contents = std::map<std::string, File>;
  const std::map<std::string, Contents>& bundles() const { return bundles_; }

  // REQUIRES: it is one of bundles(). The result may outlive this.
  std::unique_ptr<BundleFiles> open(const std::string& bundle) const;

 private:
  void add(const std::string& bundle, const std::string& name, const File& file);

  std::shared_ptr<const platform::File> file_;
  const std::string only_;
  std::map<std::string, Contents> bundles_;
};

}  // namespace sluice::travel
