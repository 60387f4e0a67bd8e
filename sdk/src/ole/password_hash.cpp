// SPDX-License-Identifier: Apache-2.0
#include "ole/password_hash.hpp"

#include <nettle/nettle-meta.h>

#include <sluice/ascii.hpp>
#include <sluice/plugin.hpp>
#include <sluice/utf8.hpp>

namespace sluice::detail {

std::string little(std::uint32_t value) {
  std::string out;
  for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 0xFF);
  return out;
}

std::string utf16(std::string_view utf8) {
  std::string out;
  const auto add = [&out](char32_t unit) {
    out += static_cast<char>(unit & 0xFF);
    out += static_cast<char>(unit >> 8 & 0xFF);
  };
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t code = next_char(utf8, at);
    if (code < 0x10000) {
      add(code);
    } else {
      add(0xD800 + ((code - 0x10000) >> 10));
      add(0xDC00 + ((code - 0x10000) & 0x3FF));
    }
  }
  return out;
}

namespace {

const nettle_hash& hash_named(const std::string& name) {
  std::string plain = ascii_lower(name);
  std::erase(plain, '-');
  const nettle_hash* found = nettle_lookup_hash(plain.c_str());
  if (found == nullptr) {
    throw Failure(Outcome::kUnsupported, "the document is encrypted with the hash " + name);
  }
  return *found;
}

const std::uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

Hash::Hash(const std::string& name)
    : kind_(&hash_named(name)), state_(kind_->context_size / sizeof(std::max_align_t) + 1) {}

void Hash::put(std::string_view first, std::string_view second, char* out) const {
  kind_->init(state_.data());
  kind_->update(state_.data(), first.size(), bytes_of(first));
  kind_->update(state_.data(), second.size(), bytes_of(second));
  kind_->digest(state_.data(), kind_->digest_size, reinterpret_cast<std::uint8_t*>(out));
}

std::string Hash::of(std::string_view first, std::string_view second) const {
  std::string out(kind_->digest_size, '\0');
  put(first, second, out.data());
  return out;
}

std::string Hash::spun(std::string_view salt, std::string_view password,
                       std::uint32_t spins) const {
  std::string hash = of(salt, utf16(password));
  for (std::uint32_t i = 0; i < spins; ++i) put(little(i), hash, hash.data());
  return hash;
}

}  // namespace sluice::detail
