// The folder that an export writes to. No link in it is followed, each file appears by one rename,
// and nothing is written above it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/files.h"
#include "platform/sha256.h"

namespace sluice::openkb {

class Target {
 public:
  // Makes the folder unless it is there. Throws SystemError.
  Target(platform::Files& files, const std::string& path);

  const platform::Dir& dir() const { return dir_; }
  // The text of a file; empty if it is not there. Throws Error if it has more than `most` bytes.
  std::string read(std::string_view path, std::uint64_t most) const;
  bool has(std::string_view path) const;
  void put(std::string_view path, std::string_view text);
  // A copy of a file. False, with nothing there, if it is gone or has another hash.
  bool copy(const platform::Dir& from, const std::string& name, std::string_view path,
            const platform::Sha256Digest& sha256);
  // Makes a folder for files that are put there one by one, instead of what was there.
  void make_folder(std::string_view path);
  void remove(std::string_view path);
  // All that was put there is on the disk.
  void sync();

 private:
  struct Place {
    platform::Dir folder;
    std::string name;
  };
  // Makes the folders above a file.
  Place place_for(std::string_view path);
  std::optional<Place> place_of(std::string_view path) const;

  platform::Files& files_;
  platform::Dir dir_;
};

}  // namespace sluice::openkb
