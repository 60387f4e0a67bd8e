// SPDX-License-Identifier: Apache-2.0
//
// Hashes of passwords ([MS-OFFCRYPTO]): what the encryptions of old and new Office documents have
// in common.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct nettle_hash;

namespace sluice::detail {

// Four bytes, the lowest first.
std::string little(std::uint32_t value);
// UTF-16LE.
std::string utf16(std::string_view utf8);

class Hash {
 public:
  // A name of [MS-OFFCRYPTO]: "SHA1", "SHA-1", "SHA512". Throws Failure(kUnsupported) for one that
  // is not known.
  explicit Hash(const std::string& name);
  std::string of(std::string_view first, std::string_view second = {}) const;
  // The hash of the password, `spins` times hashed with a counter before it.
  std::string spun(std::string_view salt, std::string_view password, std::uint32_t spins) const;

 private:
  // Hashes both into `out`, which has room for the hash, and may hold what is hashed.
  void put(std::string_view first, std::string_view second, char* out) const;

  const nettle_hash* kind_;
  mutable std::vector<std::max_align_t> state_;  // made once: a password takes 100,000 hashes
};

}  // namespace sluice::detail
