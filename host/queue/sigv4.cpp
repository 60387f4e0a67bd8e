#include "queue/sigv4.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdint>
#include <span>

#include "platform/sha256.h"

namespace sluice::queue {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

std::string hmac(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), out.data(), &size);
  return {reinterpret_cast<const char*>(out.data()), size};
}

std::string hex_of(std::string_view bytes) {
  return platform::to_hex(
      std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

bool is_plain(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

std::string encoded(std::string_view text, bool keeps_slashes) {
  std::string out;
  for (const char c : text) {
    if (is_plain(c) || (keeps_slashes && c == '/')) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += "0123456789ABCDEF"[byte >> 4U];
      out += "0123456789ABCDEF"[byte & 0x0fU];
    }
  }
  return out;
}

std::string signed_names(const S3Request& request) {
  std::string names;
  for (const auto& [name, value] : request.headers) names += (names.empty() ? "" : ";") + name;
  return names;
}

std::string canonical_request(const S3Request& request) {
  std::string text = request.method + "\n" + request.path + "\n" + query_text(request.query) + "\n";
  for (const auto& [name, value] : request.headers) text += name + ":" + value + "\n";
  return text + "\n" + signed_names(request) + "\n" + request.headers.at("x-amz-content-sha256");
}

}  // namespace

std::string uri_path(std::string_view path) {
  return encoded(path, true);
}

std::string uri_text(std::string_view text) {
  return encoded(text, false);
}

std::string query_text(const std::map<std::string, std::string>& query) {
  std::string text;
  for (const auto& [name, value] : query) {
    text += (text.empty() ? "" : "&") + uri_text(name) + "=" + uri_text(value);
  }
  return text;
}

std::string authorization(const S3Request& request, const S3Keys& keys, std::string_view region,
                          std::string_view time) {
  const std::string day(time.substr(0, 8));
  const std::string scope = day + "/" + std::string(region) + "/s3/aws4_request";
  const std::string to_sign = std::string(kAlgorithm) + "\n" + std::string(time) + "\n" + scope +
                              "\n" + platform::to_hex(platform::sha256(canonical_request(request)));
  const std::string key =
      hmac(hmac(hmac(hmac("AWS4" + keys.secret, day), region), "s3"), "aws4_request");
  return std::string(kAlgorithm) + " Credential=" + keys.id + "/" + scope +
         ",SignedHeaders=" + signed_names(request) + ",Signature=" + hex_of(hmac(key, to_sign));
}

}  // namespace sluice::queue
