// The folder that bundles are written to. A bundle appears in it by one rename, whole; runs that
// are killed leave nothing but parts, which the next run deletes. Any number of runs may write to
// one folder at a time.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "model/bundle.h"
#include "platform/files.h"
#include "staging/staging.h"
#include "travel/facts.h"

namespace sluice::travel {

class BundleFolder {
 public:
  // Makes the folder if it is not there. Deletes the parts of runs that have died. Throws Error.
  BundleFolder(platform::Files& files, const std::string& path);

  // Where lanes stage what write() moves into a bundle.
  StagingProvider& staging() { return staging_; }

  // Writes the bundle for that place of the list; the one that its path key had before goes. The
  // staged files are moved into it. Returns its name. Thread-safe.
  std::string write(Facts& facts, std::uint64_t place);
  // The bundle that the path key has is right as it is: gives it that place. Returns its name.
  std::string keep(const std::string& path_key, std::uint64_t place);

  // The name of the bundle of that path key when this was opened, or empty. Thread-safe.
  std::string name_before(const std::string& path_key) const;
  const platform::Dir& dir() const { return dir_; }
  // All that was written survives a power cut, as far as the file system can say so.
  void sync();
  // Deletes the parts; lanes must have ended.
  void close() { staging_.close(); }

 private:
  void move_files(const Bundle& bundle, std::size_t part, const platform::Dir& to);
  void move_file(const platform::Dir& from, const std::string& name, const platform::Dir& to,
                 const std::string& new_name);

  platform::Files& files_;
  platform::Dir dir_;
  platform::Dir parts_;
  LazyStaging staging_;
  std::unordered_map<std::string, std::uint64_t> before_;  // places by the hash of the path key
  std::atomic<std::uint64_t> made_ = 0;
};

}  // namespace sluice::travel
