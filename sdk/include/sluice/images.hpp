// SPDX-License-Identifier: Apache-2.0
//
// Images that a document refers to: what a file really is, and how a link destination becomes an
// asset. Trusts neither names nor declared types.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <sluice/plugin.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace sluice {

// The media type of an image by its first bytes, or empty if it is none that is known: png, jpeg,
// gif, webp, bmp, tiff, ico, avif, heic, emf, wmf, svg ("image/svg+xml", also behind an XML
// declaration, comments and a doctype). Looks at no more than the first 4 KiB.
std::string_view sniff_image(std::span<const std::uint8_t> bytes);

// The usual extension for an image's media type, without the dot ("jpg"); empty for what is not an
// image type that sniff_image knows.
std::string_view extension_for(std::string_view media_type);

// Turns link destinations of one document into assets. Give it each destination as the document
// means it: entities and Markdown escapes resolved, percent-encoding still in place.
class ImageCollector {
 public:
  struct Limits {
    std::uint64_t data_uri_bytes = std::uint64_t{64} << 20;
    unsigned warnings = 20;  // about unusable images; then one last warning
  };

  // `job` must outlive the collector. The manifest needs `siblings = true`.
  explicit ImageCollector(Job& job) : ImageCollector(job, Limits()) {}
  ImageCollector(Job& job, Limits limits) : job_(job), limits_(limits) {}

  // The asset for a destination, or nothing where the link must stay as it is:
  //  - a data: URI that is an image is extracted;
  //  - a relative path is read beside the source (percent-decoded, without query and fragment, `\`
  //    read as `/`; if there is no such file, exactly as written) and used if it is an image;
  //  - URLs, absolute paths, fragments and what the host refuses to read are left alone.
  // The same destination, or the same bytes, give the same asset. Warns with the codes
  // missing-image and not-an-image, once per destination. Throws Failure (limit, cancelled, io).
  std::optional<sluice_asset> collect(std::string_view destination);

 private:
  std::optional<sluice_asset> extract(std::string_view data_uri);
  std::optional<sluice_asset> copy(std::string_view destination);
  std::optional<sluice_asset> keep(std::span<const std::uint8_t> bytes, std::string_view stem);
  void warn_once(std::string_view code, const std::string& message);

  // Size and two hashes: bytes that differ and agree in all of them do not happen by chance.
  struct Identity {
    std::uint64_t size;
    std::uint64_t first;
    std::uint64_t second;
    auto operator<=>(const Identity&) const = default;
  };
  static Identity identity_of(std::span<const std::uint8_t> bytes);

  Job& job_;
  Limits limits_;
  std::map<Identity, sluice_asset> assets_;
  std::map<std::string, std::optional<sluice_asset>, std::less<>> by_destination_;
  unsigned warned_ = 0;
  unsigned extracted_ = 0;
};

}  // namespace sluice
