// The published paths that the registry has, to tell the files of documents from those of somebody
// else.
#pragma once

#include <algorithm>
#include <functional>
#include <string_view>
#include <vector>

namespace sluice::owner {

// Keeps a hash of each: the paths of 100,000 documents would take 20 MB. A file of somebody else
// whose hash is by chance (2^-46 among as many) that of a path on record is not noticed.
class PublishedPaths {
 public:
  void add(std::string_view path) {
    is_sorted_ = false;
    hashes_.push_back(std::hash<std::string_view>()(path));
  }

  bool contains(std::string_view path) {
    if (!is_sorted_) std::sort(hashes_.begin(), hashes_.end());
    is_sorted_ = true;
    return std::binary_search(hashes_.begin(), hashes_.end(), std::hash<std::string_view>()(path));
  }

 private:
  std::vector<std::size_t> hashes_;
  bool is_sorted_ = true;
};

}  // namespace sluice::owner
