// SPDX-License-Identifier: Apache-2.0
#include "epub/pictures.hpp"

#include <sluice/data_uri.hpp>
#include <sluice/utf8.hpp>
#include <sluice/zip.hpp>

#include "html/paths.hpp"

namespace sluice::epub {
namespace {

constexpr unsigned kMaxWarnings = 20;

}  // namespace

std::optional<sluice_asset> Pictures::asset_of(std::string_view base, std::string_view address) {
  if (is_data_uri(address)) return inline_.collect(address);
  const html::Place place = html::locate(base, address);
  return place.path.empty() ? std::nullopt : asset_of_file(place.path);
}

std::optional<sluice_asset> Pictures::asset_of_file(const std::string& path) {
  const auto [found, added] = taken_.try_emplace(path);
  if (added) found->second = read(path);
  return found->second;
}

std::optional<sluice_asset> Pictures::read(const std::string& path) {
  std::string trouble = "is not in the book";
  if (const ZipEntry* const entry = container_.find(path)) {
    try {
      const std::string bytes = container_.read(*entry);
      const std::span<const std::uint8_t> raw(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                              bytes.size());
      const std::string_view type = sniff_image(raw);
      if (!type.empty()) {
        return job_.add_asset(valid_utf8(path.substr(path.rfind('/') + 1)), type, raw);
      }
      trouble = "is not an image";
    } catch (const Failure& failure) {
      if (failure.outcome() != Outcome::kMalformed && failure.outcome() != Outcome::kEncrypted &&
          failure.outcome() != Outcome::kUnsupported) {
        throw;
      }
      trouble = std::string("cannot be read: ") + failure.what();
    }
  }
  if (++missing_ <= kMaxWarnings) {
    job_.warn("missing-image", valid_utf8("the picture " + path + " " + trouble));
  }
  return std::nullopt;
}

}  // namespace sluice::epub
