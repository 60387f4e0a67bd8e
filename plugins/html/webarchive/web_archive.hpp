// SPDX-License-Identifier: Apache-2.0
//
// A web archive as Safari and macOS save it: a property list with the page, the files that it
// shows, and an archive for each of its frames (WebKit's LegacyWebArchive).
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "property_list.hpp"

namespace sluice::html {

struct WebResource {
  std::string_view url;
  std::string_view media_type;
  std::string_view charset;
  std::string_view bytes;

  std::span<const std::uint8_t> raw() const {
    return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
  }
};

// What an archive holds; views of its property list.
struct WebArchive {
  WebResource page;
  std::map<std::string, WebResource> resources;  // by plain_url; those of the frames, too
  std::vector<WebResource> frames;               // their pages, in order, at any depth
  std::size_t resources_seen = 0;                // with those that several frames share
  bool is_cut = false;                           // it holds more than is read
};

// A URL as two are compared: browsers percent-encode what pages write as it is. Archives name files
// as the browser asked for them, without a fragment.
std::string plain_url(std::string_view url);

// Throws Failure(kUnsupported) if the list is no web archive.
WebArchive read_web_archive(const PropertyList& list);

}  // namespace sluice::html
