// SPDX-License-Identifier: Apache-2.0
#include "odf/images.hpp"

#include <sluice/base64.hpp>
#include <sluice/url.hpp>
#include <sluice/utf8.hpp>

#include "odf/elements.hpp"

namespace sluice::odf {
namespace {

constexpr unsigned kMaxWarnings = 20;

std::span<const std::uint8_t> as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

void Images::warn(std::string_view code, const std::string& message) {
  if (warned_++ < kMaxWarnings) job_.warn(code, valid_utf8(message));
}

std::optional<sluice_asset> Images::keep(std::string_view bytes, std::string_view name) {
  const auto unpacked = unpacked_metafile(bytes);
  if (unpacked) bytes = *unpacked;
  const std::string_view type = sniff_image(as_bytes(bytes));
  if (type.empty()) return std::nullopt;
  const std::string_view file = name.substr(name.find_last_of('/') + 1);
  std::string stem = valid_utf8(file.substr(0, file.rfind('.')));
  if (stem.empty()) stem = "image" + std::to_string(++unnamed_);
  return pictures_.add(stem + "." + std::string(extension_for(type)), type, as_bytes(bytes));
}

std::optional<sluice_asset> Images::asset_of(std::string_view reference) {
  const auto known = known_.find(reference);
  if (known != known_.end()) return known->second;
  const auto bytes = document_.read(reference);
  const auto asset = bytes ? keep(*bytes, reference) : std::nullopt;
  known_.emplace(reference, asset);
  return asset;
}

Images::Picture Images::picture_of(XmlNode image) {
  if (const XmlNode data = image.child("office:binary-data")) {
    const auto bytes = decode_base64(xml_text(data));
    if (!bytes) {
      warn("not-an-image", "a picture within the document is damaged");
      return {};
    }
    return {keep({reinterpret_cast<const char*>(bytes->data()), bytes->size()}, {}), {}};
  }
  std::string_view reference = value_of(image, "xlink:href");
  if (reference.empty() || reference == "#") return {};
  if (document_.has(reference)) {
    const auto asset = asset_of(reference);
    if (!asset) warn("not-an-image", std::string(reference) + " is no image of a known kind");
    return {asset, {}};
  }
  if (is_web_address(reference)) return {std::nullopt, std::string(reference)};
  // A package counts as a folder: `../` leads beside it (part 2, 3.7).
  const bool leads_out = reference.starts_with("../");
  if (leads_out) reference.remove_prefix(3);
  if (leads_out || !document_.is_package()) {
    if (const auto asset = beside_.collect(reference)) return {asset, {}};
    return {};
  }
  warn("missing-image", "the picture " + std::string(reference) + " is not in the document");
  return {};
}

}  // namespace sluice::odf
