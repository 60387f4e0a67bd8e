// SPDX-License-Identifier: Apache-2.0
#include "ole/password_hash.hpp"

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

[[noreturn]] void fail_library() {
  throw Failure(Outcome::kInternal, "OpenSSL refused a hash or a cipher");
}

Hash::Hash(const std::string& name)
    : kind_(EVP_MD_fetch(nullptr, name.c_str(), nullptr)), context_(EVP_MD_CTX_new()) {
  if (!kind_ || !context_) {
    throw Failure(Outcome::kUnsupported, "the document is encrypted with the hash " + name);
  }
}

void Hash::put(std::string_view first, std::string_view second, unsigned char* out) const {
  const bool done = EVP_DigestInit_ex2(context_.get(), kind_.get(), nullptr) == 1 &&
                    EVP_DigestUpdate(context_.get(), first.data(), first.size()) == 1 &&
                    EVP_DigestUpdate(context_.get(), second.data(), second.size()) == 1 &&
                    EVP_DigestFinal_ex(context_.get(), out, nullptr) == 1;
  if (!done) fail_library();
}

std::string Hash::of(std::string_view first, std::string_view second) const {
  std::string out(static_cast<std::size_t>(EVP_MD_get_size(kind_.get())), '\0');
  put(first, second, reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

std::string Hash::spun(std::string_view salt, std::string_view password,
                       std::uint32_t spins) const {
  std::string hash = of(salt, utf16(password));
  auto* const out = reinterpret_cast<unsigned char*>(hash.data());
  for (std::uint32_t i = 0; i < spins; ++i) put(little(i), hash, out);
  return hash;
}

}  // namespace sluice::detail
