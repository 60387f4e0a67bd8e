// What the paths of a command line lead to, looked up before anything is read. One that leads
// nowhere is a problem of its own, and the others go on.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/source.h"
#include "platform/files.h"
#include "scan/ignore.h"

namespace sluice::scan {

// Where the KB is, so that its own files are kept out. A directory is identified by device and
// inode.
class KbPlace {
 public:
  // `kb_path`: the KB's root; nothing if there is no KB.
  KbPlace(platform::Files& files, const std::optional<std::string>& kb_path);

  bool exists() const { return !path_.empty(); }
  // Absolute, without symlinks.
  const std::string& path() const { return path_; }
  // .sluice, wiki or raw.
  bool is_own(const platform::FileIdentity& directory) const;
  bool is_root(const platform::FileIdentity& directory) const;
  // Whether a path without symlinks is one of those directories or below one.
  bool owns(std::string_view path) const;
  // The path of a directory without symlinks below the KB, with a `/` behind; "" for the KB itself;
  // nothing outside.
  std::optional<std::string> prefix_of(const std::string& directory) const;

 private:
  struct Place {
    std::uint64_t device;
    std::uint64_t inode;
  };
  std::string path_;
  std::vector<std::string> own_paths_;
  std::vector<Place> own_;
  Place root_{};
};

struct GivenPath {
  std::string given;  // as written, without a trailing slash
  std::string path;   // absolute, without symlinks; or a URL, as url.h writes it
  PathKind kind = PathKind::kFile;
  bool handed_out = false;  // a file, or a directory whose walk has begun
  bool is_web = false;
  // Why nothing can be read there; then `path` is a guess.
  std::shared_ptr<const SourceProblem> problem = nullptr;
};

class GivenPaths {
 public:
  // A path that does not exist, cannot be read, is no file or directory, or is the KB's own gets a
  // problem.
  GivenPaths(platform::Files& files, const KbPlace& kb, const std::vector<std::string>& paths);

  std::size_t size() const { return paths_.size(); }
  GivenPath& operator[](std::size_t index) { return paths_[index]; }
  const GivenPath& operator[](std::size_t index) const { return paths_[index]; }
  // The first given path that leads there; nothing if none does.
  std::optional<std::size_t> find(const std::string& path) const;

 private:
  GivenPath look_up(platform::Files& files, const KbPlace& kb, const std::string& given);
  GivenPath looked_up(platform::Files& files, const KbPlace& kb, const std::string& given);
  std::string path_of_file(platform::Files& files, const std::string& given);

  std::vector<GivenPath> paths_;
  std::unordered_map<std::string_view, std::size_t> by_path_;  // views into paths_
  platform::Dir working_dir_;
  // The directory of the last file, for long lists of files.
  std::string last_parent_;
  std::string last_parent_path_;
};

// `directory` and `name` with one `/` between.
std::string joined_path(std::string_view directory, std::string_view name);
// What a path leads to, absolute and without symlinks. Throws SystemError.
std::string without_symlinks(const std::string& path);

}  // namespace sluice::scan
