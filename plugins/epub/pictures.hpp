// SPDX-License-Identifier: Apache-2.0
//
// The pictures of a book as assets, each file of the container once.
#pragma once

#include <map>
#include <optional>
#include <sluice/images.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>

namespace sluice {
class Zip;
}

namespace sluice::epub {

class Pictures {
 public:
  // Both must outlive it.
  Pictures(Job& job, const Zip& container) : job_(job), container_(container), inline_(job) {}

  // The asset of an address as it stands in the file `base`: of a file of the container, or of a
  // data URI. Nothing if it leads out of the book, or to no image; warns of the latter.
  std::optional<sluice_asset> asset_of(std::string_view base, std::string_view address);
  // The asset of a file of the container.
  std::optional<sluice_asset> asset_of_file(const std::string& path);
  // How many could not be had.
  unsigned missing() const { return missing_; }

 private:
  std::optional<sluice_asset> read(const std::string& path);

  Job& job_;
  const Zip& container_;
  ImageCollector inline_;
  std::map<std::string, std::optional<sluice_asset>> taken_;
  unsigned missing_ = 0;
};

}  // namespace sluice::epub
