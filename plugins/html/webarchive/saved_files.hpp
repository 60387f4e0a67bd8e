// SPDX-License-Identifier: Apache-2.0
//
// The pictures of a web archive as assets, each once.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <sluice/images.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>

#include "web_archive.hpp"

namespace sluice::html {

// The last part of a URL's path, decoded; empty if it has none.
std::string name_in_url(std::string_view url);

class SavedFiles {
 public:
  // Both must outlive it.
  SavedFiles(Job& job, const WebArchive& archive) : job_(job), archive_(archive), data_uris_(job) {}

  // The asset for an image's address as it stands in a page whose base is `base`. Nothing if the
  // archive does not hold it, or what it holds is no picture.
  std::optional<sluice_asset> picture(std::string_view base, std::string_view address);
  std::optional<sluice_asset> picture(const WebResource& resource);
  // Pictures of the pages that the archive does not hold: they stay links.
  std::size_t missing() const { return missing_.size(); }

 private:
  Job& job_;
  const WebArchive& archive_;
  ImageCollector data_uris_;
  std::map<std::string_view, std::optional<sluice_asset>> assets_;  // by URL
  std::set<std::string> missing_;
};

}  // namespace sluice::html
