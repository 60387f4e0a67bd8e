// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>
#include <sluice/little_endian.hpp>
#include <sluice/office_cipher.hpp>
#include <sluice/plugin.hpp>
#include <utility>

#include "ole/password_hash.hpp"

namespace sluice {
namespace {

constexpr std::size_t kSaltSize = 16;
constexpr std::size_t kVerifierSize = 16;

[[noreturn]] void fail_cut_off() {
  throw Failure(Outcome::kMalformed, "the description of the encryption is cut off");
}

}  // namespace

[[noreturn]] void fail_encrypted(std::string_view password) {
  throw Failure(Outcome::kEncrypted,
                password.empty()
                    ? "the document is protected by a password"
                    : "the document is protected by another password than the given one");
}

OfficeCipher::OfficeCipher(std::string_view header, std::string_view password) {
  FieldReader fields(header);
  const std::uint16_t major = fields.u16();
  const std::uint16_t minor = fields.u16();
  if (major == 1 && minor == 1) {
    salt_ = fields.bytes(kSaltSize);
    verifier_ = fields.bytes(kVerifierSize);
    verifier_hash_ = fields.bytes(16);
  } else if (minor == 2 && major >= 2 && major <= 4) {
    kind_ = Kind::kCryptoApi;
    fields.skip(4);
    FieldReader description(fields.bytes(fields.u32()));
    description.skip(8);
    constexpr std::uint32_t kRc4 = 0x6801;
    if (description.u32() != kRc4) {
      throw Failure(Outcome::kUnsupported, "the document is encrypted in a way that is not known");
    }
    description.skip(4);
    key_size_ = std::clamp<std::size_t>(description.u32() / 8, 5, 16);
    if (!description.ok()) fail_cut_off();
    fields.skip(4);
    salt_ = fields.bytes(kSaltSize);
    verifier_ = fields.bytes(kVerifierSize);
    fields.skip(4);
    verifier_hash_ = fields.bytes(20);
  } else {
    throw Failure(Outcome::kUnsupported, "the document is encrypted in a way that is not known");
  }
  if (!fields.ok()) fail_cut_off();
  if (!password.empty() && fits(password)) return;
  if (!fits(kStandardPassword)) fail_encrypted(password);
}

// 2.3.6.4, 2.3.5.6
bool OfficeCipher::fits(std::string_view password) {
  const bool is_plain = kind_ == Kind::kPlain;
  const detail::Hash hash(is_plain ? "MD5" : "SHA1");
  if (is_plain) {
    const std::string start = hash.of(detail::utf16(password)).substr(0, 5);
    std::string mixed;
    for (int i = 0; i < 16; ++i) mixed += start + salt_;
    base_ = hash.of(mixed).substr(0, 5);
  } else {
    base_ = hash.of(salt_, detail::utf16(password));
  }
  std::string verifier = verifier_;
  std::string expected = verifier_hash_;
  Stream stream = block(0);
  stream.decrypt(verifier);
  stream.decrypt(expected);
  return hash.of(verifier) == expected;
}

// 2.3.6.2, 2.3.5.2
std::string OfficeCipher::key(std::uint32_t block) const {
  if (kind_ == Kind::kPlain) return detail::Hash("MD5").of(base_, detail::little(block));
  std::string key = detail::Hash("SHA1").of(base_, detail::little(block)).substr(0, key_size_);
  // A key of 40 bits is one of 128 with zeros.
  if (key.size() == 5) key.resize(16, '\0');
  return key;
}

OfficeCipher::Stream OfficeCipher::block(std::uint32_t number) const {
  return Stream(key(number));
}

void OfficeCipher::decrypt(std::span<char> bytes, std::uint64_t offset,
                           std::size_t block_size) const {
  while (!bytes.empty()) {
    Stream stream = block(static_cast<std::uint32_t>(offset / block_size));
    const auto begin = static_cast<std::size_t>(offset % block_size);
    stream.skip(begin);
    const std::size_t size = std::min(bytes.size(), block_size - begin);
    stream.decrypt(bytes.first(size));
    bytes = bytes.subspan(size);
    offset += size;
  }
}

// RC4. Its key is new for each block, and a block may be read from its middle.
OfficeCipher::Stream::Stream(std::string_view key) {
  std::iota(state_.begin(), state_.end(), std::uint8_t{0});
  std::uint8_t j = 0;
  for (std::size_t i = 0; i < state_.size(); ++i) {
    j = static_cast<std::uint8_t>(j + state_[i] + static_cast<std::uint8_t>(key[i % key.size()]));
    std::swap(state_[i], state_[j]);
  }
}

std::uint8_t OfficeCipher::Stream::next() {
  ++i_;
  j_ = static_cast<std::uint8_t>(j_ + state_[i_]);
  std::swap(state_[i_], state_[j_]);
  return state_[static_cast<std::uint8_t>(state_[i_] + state_[j_])];
}

void OfficeCipher::Stream::decrypt(std::span<char> bytes) {
  for (char& byte : bytes) byte = static_cast<char>(byte ^ next());
}

void OfficeCipher::Stream::skip(std::size_t bytes) {
  for (; bytes > 0; --bytes) next();
}

}  // namespace sluice
