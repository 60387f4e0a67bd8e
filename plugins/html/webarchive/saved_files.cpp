// SPDX-License-Identifier: Apache-2.0
#include "saved_files.hpp"

#include <sluice/blanks.hpp>
#include <sluice/data_uri.hpp>
#include <sluice/url.hpp>
#include <sluice/utf8.hpp>

#include "../links.hpp"

namespace sluice::html {

std::string name_in_url(std::string_view url) {
  const std::string path = percent_decode(url_path(url));
  return one_line(valid_utf8(path.substr(path.rfind('/') + 1)), 240);
}

std::optional<sluice_asset> SavedFiles::picture(const WebResource& resource) {
  const auto [found, is_new] = assets_.try_emplace(resource.url);
  if (!is_new) return found->second;
  const std::string_view type = sniff_image(resource.raw());
  if (type.empty()) return std::nullopt;
  std::string name = name_in_url(resource.url);
  if (name.empty()) name = "picture";
  if (name.find('.') == std::string::npos) name.append(".").append(extension_for(type));
  found->second = job_.add_asset(name, type, resource.raw());
  return found->second;
}

std::optional<sluice_asset> SavedFiles::picture(std::string_view base, std::string_view address) {
  if (is_data_uri(address)) return data_uris_.collect(address);
  std::string url = plain_url(resolve(base, address));
  const auto resource = archive_.resources.find(url);
  if (resource != archive_.resources.end()) {
    if (auto asset = picture(resource->second)) return asset;
  }
  missing_.insert(std::move(url));
  return std::nullopt;
}

}  // namespace sluice::html
