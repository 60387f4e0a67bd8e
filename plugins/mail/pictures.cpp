// SPDX-License-Identifier: Apache-2.0
#include "mail/pictures.hpp"

#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/data_uri.hpp>
#include <sluice/url.hpp>
#include <sluice/utf8.hpp>

#include "html/links.hpp"
#include "mail/part_text.hpp"

namespace sluice::mail {

std::optional<sluice_asset> add_picture(Job& job, const std::string& bytes, std::string_view name) {
  const std::span<const std::uint8_t> raw(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                          bytes.size());
  const std::string_view type = sniff_image(raw);
  if (type.empty()) return std::nullopt;
  std::string suggested = name.empty() ? "picture" : one_line(valid_utf8(name), 240);
  if (suggested.find('.') == std::string::npos) suggested.append(".").append(extension_for(type));
  return job.add_asset(suggested, type, raw);
}

Pictures::Pictures(Job& job, const Message& message)
    : job_(job), message_(message), data_uris_(job) {
  for (PartId id = 0; id < message.size(); ++id) {
    const Part& part = message[id];
    if (part.is_kind("multipart/") || part.is_kind("text/")) continue;
    if (const std::string cid = part.content_id(); !cid.empty()) {
      by_id_.emplace(ascii_lower(cid), id);
    }
    if (const std::string place = part.content_location(); !place.empty()) {
      by_location_.emplace(place, id);
    }
    if (const std::string name = part.file_name(); !name.empty()) by_name_.emplace(name, id);
  }
}

std::optional<PartId> Pictures::find(std::string_view address, PartId page) const {
  address = trimmed(address);
  const std::string_view scheme = url_scheme(address);
  const auto in = [](const auto& map, const std::string& key) -> std::optional<PartId> {
    const auto found = map.find(key);
    return found == map.end() ? std::nullopt : std::optional(found->second);
  };
  if (equal_ignoring_ascii_case(scheme, "cid")) {
    const std::string id = percent_decode(address.substr(4));
    if (auto part = in(by_id_, ascii_lower(id))) return part;
    // What some programs write instead of the id.
    return in(by_name_, id);
  }
  if (auto part = in(by_location_, std::string(address))) return part;
  const std::string base = message_[page].content_location();
  if (auto part = in(by_location_, html::resolve(base, address))) return part;
  if (!scheme.empty()) return std::nullopt;
  const std::string path = percent_decode(url_path(address));
  return in(by_name_, path.substr(path.rfind('/') + 1));
}

std::optional<sluice_asset> Pictures::take(PartId part) {
  const auto [found, is_new] = assets_.try_emplace(part);
  if (is_new) {
    found->second =
        add_picture(job_, decoded_body(message_[part]).bytes, message_[part].file_name());
  }
  return found->second;
}

std::optional<sluice_asset> Pictures::take(std::string_view address, PartId page) {
  if (is_data_uri(address)) return data_uris_.collect(address);
  const auto part = find(address, page);
  if (part) {
    if (auto asset = take(*part)) return asset;
  }
  if (part || starts_with_ignoring_ascii_case(trimmed(address), "cid:")) {
    missing_.emplace(address);
  }
  return std::nullopt;
}

bool Pictures::is_taken(PartId part) const {
  const auto found = assets_.find(part);
  return found != assets_.end() && found->second.has_value();
}

}  // namespace sluice::mail
