// SPDX-License-Identifier: Apache-2.0
#include "pictures.hpp"

#include <cstdint>
#include <sluice/images.hpp>
#include <span>
#include <string_view>

namespace sluice::docx {
namespace {

constexpr std::size_t kWarnings = 20;

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view file_name(std::string_view part) {
  return part.substr(part.rfind('/') + 1);
}

std::string file_stem(std::string_view part) {
  const std::string_view name = file_name(part);
  return std::string(name.substr(0, name.rfind('.')));
}

}  // namespace

std::optional<sluice_asset> Pictures::take(const std::string& part) {
  const auto found = taken_.find(part);
  if (found != taken_.end()) {
    if (!found->second) ++missing_;
    return found->second;
  }
  return taken_.emplace(part, read(part)).first->second;
}

std::optional<sluice_asset> Pictures::read(const std::string& part) {
  const ZipEntry* entry = package_.zip().find(part);
  if (entry == nullptr) {
    warn_missing("the image " + part + " is not in the file");
    return std::nullopt;
  }
  std::string bytes;
  try {
    bytes = package_.zip().read(*entry);
  } catch (const Failure& failure) {
    const bool damaged =
        failure.outcome() == Outcome::kMalformed || failure.outcome() == Outcome::kUnsupported;
    if (!damaged) throw;
    warn_missing("the image " + part + " cannot be read: " + failure.what());
    return std::nullopt;
  }
  const std::string_view type = sniff_image(bytes_of(bytes));
  if (!type.empty()) {
    const std::string name = file_stem(part) + "." + std::string(extension_for(type));
    return job_.add_asset(name, type, bytes_of(bytes));
  }
  const std::string declared = package_.content_type(part);
  if (declared.starts_with("image/") && !bytes.empty()) {
    return job_.add_asset(file_name(part), declared, bytes_of(bytes));
  }
  warn_missing(part + " is not an image");
  return std::nullopt;
}

void Pictures::warn_missing(const std::string& what) {
  ++missing_;
  if (missing_ <= kWarnings) job_.warn("missing-image", what);
}

}  // namespace sluice::docx
