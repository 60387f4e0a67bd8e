// SPDX-License-Identifier: Apache-2.0
#include "web_archive.hpp"

#include <sluice/plugin.hpp>
#include <sluice/url.hpp>

namespace sluice::html {
namespace {

// Pages with many adverts have some forty frames, three deep. A list may claim any number, since an
// archive can be its own frame.
constexpr std::size_t kMaxFrames = 500;
constexpr unsigned kMaxFrameDepth = 16;
// The largest pages have some 2,000 files. Frames may share a list of files, so this bounds them
// all.
constexpr std::size_t kMaxResources = 100'000;

WebResource resource_of(const PropertyList& list, PropertyList::Id id) {
  return {list.bytes_of(id, "WebResourceURL"), list.bytes_of(id, "WebResourceMIMEType"),
          list.bytes_of(id, "WebResourceTextEncodingName"), list.bytes_of(id, "WebResourceData")};
}

void add_resources(const PropertyList& list, PropertyList::Id archive, WebArchive& out) {
  const auto resources = list.find(archive, "WebSubresources");
  if (!resources) return;
  for (std::size_t i = 0; i < list.size(*resources); ++i) {
    if (++out.resources_seen > kMaxResources) {
      out.is_cut = true;
      return;
    }
    const WebResource resource = resource_of(list, list.at(*resources, i));
    if (!resource.url.empty()) out.resources.emplace(plain_url(resource.url), resource);
  }
}

void add_frames(const PropertyList& list, PropertyList::Id archive, unsigned depth,
                WebArchive& out) {
  const auto frames = list.find(archive, "WebSubframeArchives");
  if (!frames) return;
  for (std::size_t i = 0; i < list.size(*frames); ++i) {
    if (depth >= kMaxFrameDepth || out.frames.size() >= kMaxFrames) {
      out.is_cut = true;
      return;
    }
    const PropertyList::Id frame = list.at(*frames, i);
    const auto page = list.find(frame, "WebMainResource");
    if (!page) continue;
    out.frames.push_back(resource_of(list, *page));
    add_resources(list, frame, out);
    add_frames(list, frame, depth + 1, out);
  }
}

}  // namespace

std::string plain_url(std::string_view url) {
  return percent_decode(url.substr(0, url.find('#')));
}

WebArchive read_web_archive(const PropertyList& list) {
  const auto page = list.find(list.root(), "WebMainResource");
  if (!page) throw Failure(Outcome::kUnsupported, "the property list is no web archive");
  WebArchive archive;
  archive.page = resource_of(list, *page);
  add_resources(list, list.root(), archive);
  add_frames(list, list.root(), 0, archive);
  return archive;
}

}  // namespace sluice::html
