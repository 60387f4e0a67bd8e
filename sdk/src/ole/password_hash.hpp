// SPDX-License-Identifier: Apache-2.0
//
// Hashes of passwords ([MS-OFFCRYPTO]): what the encryptions of old and new Office documents have
// in common.
#pragma once

#include <openssl/evp.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sluice::detail {

// Four bytes, the lowest first.
std::string little(std::uint32_t value);
// UTF-16LE.
std::string utf16(std::string_view utf8);

[[noreturn]] void fail_library();

class Hash {
 public:
  // A name that OpenSSL knows. Throws Failure(kUnsupported) for another.
  explicit Hash(const std::string& name);
  std::string of(std::string_view first, std::string_view second = {}) const;
  // The hash of the password, `spins` times hashed with a counter before it.
  std::string spun(std::string_view salt, std::string_view password, std::uint32_t spins) const;

 private:
  struct Free {
    void operator()(EVP_MD* kind) const { EVP_MD_free(kind); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  // Hashes both into `out`, which has room for the hash, and may hold what is hashed.
  void put(std::string_view first, std::string_view second, unsigned char* out) const;

  // Fetched: a kind that is only found by its name is looked up again for each hash, of which a
  // password takes 100,000.
  std::unique_ptr<EVP_MD, Free> kind_;
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

}  // namespace sluice::detail
