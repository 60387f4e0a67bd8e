// SPDX-License-Identifier: Apache-2.0
//
// What the two ways of encryption have in common: a key is made of the password by hashing many
// times, a verifier tells whether it is the right one, and AES does the rest.
#include "ooxml/office_crypto.hpp"

#include <nettle/aes.h>
#include <nettle/cbc.h>
#include <nettle/nettle-meta.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <sluice/base64.hpp>
#include <sluice/compound_file.hpp>
#include <sluice/little_endian.hpp>
#include <sluice/office_cipher.hpp>
#include <sluice/plugin.hpp>
#include <sluice/xml.hpp>

#include "ole/password_hash.hpp"

namespace sluice::detail {
namespace {

constexpr std::size_t kBlock = 16;  // of AES

enum class Chaining { kEcb, kCbc };

const nettle_cipher* aes_of(std::size_t key_size) {
  switch (key_size) {
    case AES128_KEY_SIZE:
      return &nettle_aes128;
    case AES192_KEY_SIZE:
      return &nettle_aes192;
    case AES256_KEY_SIZE:
      return &nettle_aes256;
    default:
      return nullptr;
  }
}

// Decrypts whole blocks; what is left at the end is dropped.
std::string decrypt(std::string_view bytes, const std::string& key, std::string vector,
                    Chaining chaining) {
  const nettle_cipher* const aes = aes_of(key.size());
  if (aes == nullptr || (chaining == Chaining::kCbc && vector.size() != kBlock)) {
    throw Failure(Outcome::kUnsupported, "the document is encrypted with a key of another size");
  }
  union {
    aes128_ctx short_key;
    aes192_ctx medium_key;
    aes256_ctx long_key;
  } state;
  aes->set_decrypt_key(&state, reinterpret_cast<const std::uint8_t*>(key.data()));
  std::string out(bytes.size() / kBlock * kBlock, '\0');
  const auto* const in = reinterpret_cast<const std::uint8_t*>(bytes.data());
  auto* const clear = reinterpret_cast<std::uint8_t*>(out.data());
  if (chaining == Chaining::kEcb) {
    aes->decrypt(&state, out.size(), clear, in);
  } else {
    cbc_decrypt(&state, aes->decrypt, kBlock, reinterpret_cast<std::uint8_t*>(vector.data()),
                out.size(), clear, in);
  }
  return out;
}

// A hash cut, or filled up with 0x36 (2.3.4.11), to `size` bytes.
std::string fitted(std::string hash, std::size_t size) {
  hash.resize(size, '\x36');
  return hash;
}

// The package of a stream: its size, and its blocks (2.3.4.4).
std::size_t size_of_package(std::string_view stream) {
  const std::uint64_t size =
      std::uint64_t{little_u32(stream, 4)} << 32 | std::uint64_t{little_u32(stream, 0)};
  if (stream.size() < 8 || size > stream.size() - 8) {
    throw Failure(Outcome::kMalformed, "the encrypted document is cut off");
  }
  return static_cast<std::size_t>(size);
}

// --- 2.3.4.5 to 2.3.4.9 ---

class StandardEncryption {
 public:
  explicit StandardEncryption(std::string_view info) {
    const std::size_t header = 12;
    const std::size_t verifier = header + little_u32(info, 8);
    constexpr std::uint32_t kAes128 = 0x660E;
    constexpr std::uint32_t kAes256 = 0x6610;
    const std::uint32_t algorithm = little_u32(info, header + 8);
    key_size_ = little_u32(info, header + 16) / 8;
    if (key_size_ == 0) key_size_ = 16;
    constexpr std::size_t kVerifierSize = 4 + 16 + 16 + 4 + 32;
    const bool is_aes = algorithm == 0 || (algorithm >= kAes128 && algorithm <= kAes256);
    if (verifier > info.size() || info.size() - verifier < kVerifierSize) {
      throw Failure(Outcome::kMalformed, "the description of the encryption is cut off");
    }
    if (!is_aes || (key_size_ != 16 && key_size_ != 24 && key_size_ != 32)) {
      throw Failure(Outcome::kUnsupported, "the document is encrypted with RC4, not with AES");
    }
    salt_ = info.substr(verifier + 4, 16);
    verifier_ = info.substr(verifier + 20, 16);
    verifier_hash_ = info.substr(verifier + 40, 32);
  }

  std::optional<std::string> key(std::string_view password) const {
    constexpr std::uint32_t kSpins = 50'000;
    const std::string hash = sha1_.of(sha1_.spun(salt_, password, kSpins), little(0));
    std::string inner(64, '\x36');
    std::string outer(64, '\x5C');
    for (std::size_t i = 0; i < hash.size(); ++i) {
      inner[i] = static_cast<char>(inner[i] ^ hash[i]);
      outer[i] = static_cast<char>(outer[i] ^ hash[i]);
    }
    const std::string key = (sha1_.of(inner) + sha1_.of(outer)).substr(0, key_size_);
    const std::string proof = sha1_.of(decrypt(verifier_, key, {}, Chaining::kEcb));
    const std::string expected = decrypt(verifier_hash_, key, {}, Chaining::kEcb);
    return expected.starts_with(proof) ? std::optional(key) : std::nullopt;
  }

  std::string package(std::string_view stream, const std::string& key) const {
    const std::size_t size = size_of_package(stream);
    stream.remove_prefix(8);
    std::string out = decrypt(stream, key, {}, Chaining::kEcb);
    out.resize(size);
    return out;
  }

 private:
  Hash sha1_{"SHA1"};
  std::size_t key_size_ = 16;
  std::string salt_, verifier_, verifier_hash_;
};

// --- 2.3.4.10 to 2.3.4.15 ---

constexpr std::string_view kVerifierInputKey("\xFE\xA7\xD2\x76\x3B\x4B\x9E\x79", 8);
constexpr std::string_view kVerifierHashKey("\xD7\xAA\x0F\x6D\x30\x61\x34\x4E", 8);
constexpr std::string_view kKeyValueKey("\x14\x6E\x0B\xE7\xAB\xAC\xD0\xD6", 8);

// One set of parameters: that of the package, or that of the password.
struct AgileParameters {
  explicit AgileParameters(const XmlNode& node)
      : hash(node.attribute("hashAlgorithm").value()),
        salt(bytes_of(node, "saltValue")),
        key_size(node.attribute("keyBits").as_uint() / 8) {
    const std::string_view cipher = node.attribute("cipherAlgorithm").value();
    const std::string_view chaining = node.attribute("cipherChaining").value();
    if (cipher != "AES" || chaining != "ChainingModeCBC") {
      throw Failure(Outcome::kUnsupported, "the document is encrypted with " + std::string(cipher) +
                                               " " + std::string(chaining) + ", not with AES-CBC");
    }
  }

  static std::string bytes_of(const XmlNode& node, const char* name) {
    const auto bytes = decode_base64(node.attribute(name).value());
    return bytes ? std::string(bytes->begin(), bytes->end()) : std::string();
  }
  std::string vector() const { return fitted(salt, kBlock); }
  std::string key(const std::string& hashed_password, std::string_view purpose) const {
    return fitted(hash.of(hashed_password, purpose), key_size);
  }

  Hash hash;
  std::string salt;
  std::size_t key_size;
};

class AgileEncryption {
 public:
  explicit AgileEncryption(std::string_view info)
      : xml_(parse_xml(std::string(info.substr(8)), "EncryptionInfo", kNamespaces)),
        data_(xml_.root().child("e:keyData")),
        password_(encrypted_key()) {
    spins_ = encrypted_key().attribute("spinCount").as_uint();
    // 2.3.4.10 allows 10 million; writers use 100,000.
    constexpr std::uint32_t kMaxSpins = 2'000'000;
    if (spins_ > kMaxSpins) {
      throw Failure(Outcome::kLimit, "checking the document's password would take minutes");
    }
  }

  std::optional<std::string> key(std::string_view password) const {
    const std::string hashed = password_.hash.spun(password_.salt, password, spins_);
    const auto value = [&](const char* name, std::string_view purpose) {
      return decrypt(AgileParameters::bytes_of(encrypted_key(), name),
                     password_.key(hashed, purpose), password_.vector(), Chaining::kCbc);
    };
    const std::string input = value("encryptedVerifierHashInput", kVerifierInputKey);
    const std::string proof = password_.hash.of(input.substr(0, password_.salt.size()));
    const std::string expected = value("encryptedVerifierHashValue", kVerifierHashKey);
    if (input.empty() || !expected.starts_with(proof)) return std::nullopt;
    return value("encryptedKeyValue", kKeyValueKey).substr(0, data_.key_size);
  }

  std::string package(std::string_view stream, const std::string& key) const {
    constexpr std::size_t kSegment = 4096;
    const std::size_t size = size_of_package(stream);
    stream.remove_prefix(8);
    std::string out;
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < stream.size(); at += kSegment) {
      const std::string vector = fitted(data_.hash.of(data_.salt, little(number++)), kBlock);
      out += decrypt(stream.substr(at, kSegment), key, vector, Chaining::kCbc);
    }
    out.resize(size);
    return out;
  }

 private:
  static constexpr std::array kNamespaces = {
      XmlNamespace{"e", "http://schemas.microsoft.com/office/2006/encryption"},
      XmlNamespace{"p", "http://schemas.microsoft.com/office/2006/keyEncryptor/password"}};

  XmlNode encrypted_key() const {
    for (const XmlNode one : xml_.root().child("e:keyEncryptors").children("e:keyEncryptor")) {
      if (const XmlNode found = one.child("p:encryptedKey")) return found;
    }
    throw Failure(Outcome::kEncrypted, "the document is encrypted for a certificate");
  }

  XmlPart xml_;
  AgileParameters data_;
  AgileParameters password_;
  std::uint32_t spins_ = 0;
};

template <class Encryption>
std::string decrypted(const Encryption& encryption, std::string_view stream,
                      std::string_view password) {
  for (const std::string_view one : {password, kStandardPassword}) {
    if (one.empty()) continue;
    if (const auto key = encryption.key(one)) return encryption.package(stream, *key);
  }
  fail_encrypted(password);
}

std::string whole_stream(CompoundFile& file, std::string_view name) {
  const CompoundFile::Entry* entry = file.find(name);
  if (entry == nullptr) return {};
  CompoundFile::Content content = file.read(*entry);
  if (!content.is_whole) {
    throw Failure(Outcome::kMalformed, "the encrypted document is cut off");
  }
  return std::move(content.bytes);
}

}  // namespace

bool is_encrypted_package(std::string_view bytes) {
  // The name of the stream, UTF-16, in the directory; 2.3.4.4.
  constexpr std::string_view kName("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
  return bytes.starts_with(kCompoundFileMark) && bytes.find(kName) != std::string_view::npos;
}

std::string decrypted_package(std::string_view bytes, std::string_view password) {
  CompoundFile file(bytes);
  const std::string info = whole_stream(file, "EncryptionInfo");
  const std::string stream = whole_stream(file, "EncryptedPackage");
  const std::uint32_t version = little_u32(info, 0);
  const std::uint32_t minor = version >> 16;
  constexpr std::uint32_t kAgile = 4 << 16 | 4;
  if (version == kAgile && info.size() > 8) {
    return decrypted(AgileEncryption(info), stream, password);
  }
  if (minor == 2 && info.size() > 12) return decrypted(StandardEncryption(info), stream, password);
  throw Failure(Outcome::kUnsupported, "the document is encrypted in a way that is not known");
}

}  // namespace sluice::detail
