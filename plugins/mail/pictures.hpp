// SPDX-License-Identifier: Apache-2.0
//
// The pictures that a message holds for its HTML: by Content-ID (RFC 2392), by Content-Location
// (RFC 2557), or by file name. Each becomes one asset.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <sluice/images.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>

#include "mail/mime/message.hpp"

namespace sluice::mail {

// Makes an asset of bytes, if they are a picture of a known kind.
std::optional<sluice_asset> add_picture(Job& job, const std::string& bytes, std::string_view name);

class Pictures {
 public:
  // Both must outlive it.
  Pictures(Job& job, const Message& message);

  // The asset for an image's address as it stands in the HTML of the part `page`. Nothing if the
  // message does not hold it.
  std::optional<sluice_asset> take(std::string_view address, PartId page);
  // The asset of a part; nothing if it is no picture.
  std::optional<sluice_asset> take(PartId part);
  // Whether a part was made an asset.
  bool is_taken(PartId part) const;
  // Addresses of pictures that should be in the message, and are not.
  std::size_t missing() const { return missing_.size(); }

 private:
  std::optional<PartId> find(std::string_view address, PartId page) const;

  Job& job_;
  const Message& message_;
  ImageCollector data_uris_;
  std::map<std::string, PartId, std::less<>> by_id_;
  std::map<std::string, PartId, std::less<>> by_location_;
  std::map<std::string, PartId, std::less<>> by_name_;
  std::map<PartId, std::optional<sluice_asset>> assets_;
  std::set<std::string, std::less<>> missing_;
};

}  // namespace sluice::mail
