// SPDX-License-Identifier: Apache-2.0
//
// Pictures of a document: files of its package, bytes within the XML, files beside it.
#pragma once

#include <map>
#include <optional>
#include <sluice/images.hpp>
#include <sluice/metafile.hpp>
#include <sluice/plugin.hpp>
#include <sluice/xml.hpp>
#include <string>

#include "odf/document.hpp"

namespace sluice::odf {

class Images {
 public:
  // Both must outlive it.
  Images(Job& job, const Document& document)
      : job_(job), document_(document), beside_(job), pictures_(job) {}

  struct Picture {
    std::optional<sluice_asset> asset;
    std::string url;  // of a picture that is elsewhere
    explicit operator bool() const { return asset || !url.empty(); }
  };
  // The picture of a draw:image (or of anything that refers to one in the same way), or nothing,
  // with a warning.
  Picture picture_of(XmlNode image);
  // The asset of a file of the package, without a warning if it is none.
  std::optional<sluice_asset> asset_of(std::string_view reference);

 private:
  std::optional<sluice_asset> keep(std::string_view bytes, std::string_view name);
  void warn(std::string_view code, const std::string& message);

  Job& job_;
  const Document& document_;
  ImageCollector beside_;
  VisiblePictures pictures_;
  std::map<std::string, std::optional<sluice_asset>, std::less<>> known_;
  unsigned warned_ = 0;
  unsigned unnamed_ = 0;
};

}  // namespace sluice::odf
