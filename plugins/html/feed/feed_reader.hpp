// SPDX-License-Identifier: Apache-2.0
//
// What a feed says, whatever its format.
#pragma once

#include <cstdint>
#include <sluice/xml.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::html {

enum class FeedText : std::uint8_t { kPlain, kHtml };

struct FeedEntry {
  std::string title;
  std::string link;
  std::string date;  // as written
  std::string author;
  std::string content;
  FeedText kind = FeedText::kHtml;
  std::vector<std::string> enclosures;  // addresses of what comes with it
};

struct Feed {
  std::string title;
  std::string link;
  std::string description;
  std::string author;
  std::string language;
  std::string date;
  std::vector<FeedEntry> entries;
};

// The namespaces under which read_feed sees a part: Atom and RSS without a prefix.
std::span<const XmlNamespace> feed_namespaces();

// False if the part is no feed.
bool read_feed(XmlNode root, Feed& feed);

}  // namespace sluice::html
