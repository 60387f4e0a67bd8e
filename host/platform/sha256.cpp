// The low-level calls of OpenSSL, whose SHA-256 is the same. Those it recommends look for providers
// and read a configuration file first: a millisecond for each process, a tenth of what it takes to
// convert a small document.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "platform/sha256.h"

#include <openssl/sha.h>

#include "platform/error.h"

namespace sluice::platform {

struct Sha256::Context {
  SHA256_CTX state{};

  void begin() {
    if (SHA256_Init(&state) != 1) {
      throw Error("compute", "a SHA-256", "the cryptography library refused it",
                  "check the configuration of OpenSSL (openssl.cnf)");
    }
  }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  context_->begin();
}
Sha256::~Sha256() = default;

void Sha256::update(std::span<const std::byte> bytes) {
  SHA256_Update(&context_->state, bytes.data(), bytes.size());
}

Sha256Digest Sha256::finish() {
  Sha256Digest digest{};
  SHA256_Final(digest.data(), &context_->state);
  context_->begin();
  return digest;
}

Sha256Digest sha256(std::string_view bytes) {
  thread_local Sha256 hash;
  hash.update(bytes);
  return hash.finish();
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex(bytes.size() * 2, '0');
  char* to = hex.data();
  for (const std::uint8_t byte : bytes) {
    *to++ = kDigits[byte >> 4];
    *to++ = kDigits[byte & 15];
  }
  return hex;
}

std::optional<Sha256Digest> digest_from_hex(std::string_view hex) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  Sha256Digest digest{};
  if (hex.size() != digest.size() * 2) return std::nullopt;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    const int high = digit(hex[2 * i]);
    const int low = digit(hex[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    digest[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return digest;
}

}  // namespace sluice::platform
