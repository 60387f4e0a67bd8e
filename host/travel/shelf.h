// All bundles of the folders and tar files that a user names, in the order of the list.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/files.h"
#include "travel/bundle_files.h"

namespace sluice::travel {

class Shelf {
 public:
  // Each path leads to a folder of bundles, a bundle or a tar file of either. Throws Error for one
  // that leads to none of these. Nothing of a bundle is read yet.
  Shelf(platform::Files& files, const std::vector<std::string>& paths);
  ~Shelf();

  struct Entry {
    std::string name;       // of the bundle
    std::size_t place = 0;  // which of the paths it is from
  };
  // By name; of equal ones, in the order of the paths.
  const std::vector<Entry>& entries() const { return entries_; }
  // For messages: "out/000000000042-1f0c9ab2d4e6f801".
  std::string shown(const Entry& entry) const;
  // Throws Refused.
  std::unique_ptr<BundleFiles> open(const Entry& entry) const;
  // Those of `entry`, which is open as `from`. Throws Refused, also if they are of another path
  // than the bundle's name.
  Facts facts(const Entry& entry, BundleFiles& from) const;
  // The bundle of a path key; the first of several.
  std::optional<Entry> find(const std::string& path_key) const;
  // What stands in the folders beside the bundles, for a warning.
  const std::vector<std::string>& strangers() const { return strangers_; }

 private:
  class Place;
  class FolderPlace;
  class TarPlace;
  void add(const std::string& path);
  void add_tar(const std::string& path);

  platform::Files& files_;
  std::vector<std::unique_ptr<Place>> places_;
  std::vector<Entry> entries_;
  std::vector<std::string> strangers_;
};

}  // namespace sluice::travel
