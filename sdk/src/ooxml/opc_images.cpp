// SPDX-License-Identifier: Apache-2.0
#include <sluice/images.hpp>
#include <sluice/opc_images.hpp>
#include <utility>

namespace sluice {
namespace {

std::span<const std::uint8_t> as_bytes(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// "image3" of "ppt/media/image3.emf", with the extension that its bytes ask for.
std::string file_name(std::string_view part, std::string_view media_type) {
  part = part.substr(part.find_last_of("/\\") + 1);
  return std::string(part.substr(0, part.rfind('.'))) + "." +
         std::string(extension_for(media_type));
}

}  // namespace

void OpcImages::warn(std::string_view code, const std::string& message) {
  constexpr unsigned kMaxWarnings = 20;
  if (warned_++ < kMaxWarnings) job_.warn(code, message);
}

std::optional<sluice_asset> OpcImages::read(std::string_view part) {
  if (!package_.has(part)) {
    warn("missing-image", "the image " + std::string(part) + " is not in the file");
    return std::nullopt;
  }
  std::string bytes;
  try {
    bytes = package_.read(part);
  } catch (const Failure& failure) {
    if (failure.outcome() != Outcome::kMalformed && failure.outcome() != Outcome::kUnsupported) {
      throw;
    }
    warn("missing-image", failure.what());
    return std::nullopt;
  }
  if (auto unpacked = unpacked_metafile(bytes)) bytes = std::move(*unpacked);
  const std::string_view type = sniff_image(as_bytes(bytes));
  if (type.empty()) {
    warn("not-an-image", std::string(part) + " is no image of a known kind");
    return std::nullopt;
  }
  return pictures_.add(file_name(part, type), type, as_bytes(bytes));
}

std::optional<sluice_asset> OpcImages::asset(std::string_view part) {
  if (const auto known = by_part_.find(part); known != by_part_.end()) return known->second;
  const auto asset = read(part);
  by_part_.emplace(part, asset);
  return asset;
}

}  // namespace sluice
