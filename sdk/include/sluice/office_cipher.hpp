// SPDX-License-Identifier: Apache-2.0
//
// The encryption of Office 97 to 2003 ([MS-OFFCRYPTO] 2.3.5, 2.3.6): RC4, with a key for each block
// of the document. (Packages of later versions are opened by OpcPackage.)
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

// The password of documents that need none to be read (2.4.2.4).
inline constexpr std::string_view kStandardPassword = "VelvetSweatshop";

class OfficeCipher {
 public:
  // `header`: the description of the encryption, from its version on. Tries `password` (UTF-8;
  // empty: none was given), then the standard one. Throws Failure: kEncrypted if neither fits,
  // kUnsupported for other ways of encryption, kMalformed.
  OfficeCipher(std::string_view header, std::string_view password);

  // The bytes that block `number` is XORed with, from its first byte on.
  class Stream {
   public:
    // Decrypts in place, and moves on.
    void decrypt(std::span<char> bytes);
    void skip(std::size_t bytes);

   private:
    friend class OfficeCipher;
    explicit Stream(std::string_view key);
    std::uint8_t next();
    std::array<std::uint8_t, 256> state_{};
    std::uint8_t i_ = 0;
    std::uint8_t j_ = 0;
  };
  Stream block(std::uint32_t number) const;

  // Decrypts `bytes`, which stand at `offset` in a stream that is encrypted in blocks of
  // `block_size` bytes each.
  void decrypt(std::span<char> bytes, std::uint64_t offset, std::size_t block_size) const;

 private:
  enum class Kind : std::uint8_t { kPlain, kCryptoApi };
  bool fits(std::string_view password);
  std::string key(std::uint32_t block) const;

  Kind kind_ = Kind::kPlain;
  std::size_t key_size_ = 5;  // bytes
  std::string salt_, verifier_, verifier_hash_;
  std::string base_;  // what the keys of all blocks are made from
};

// Throws Failure(kEncrypted), with what the user can do.
[[noreturn]] void fail_encrypted(std::string_view password);

}  // namespace sluice
