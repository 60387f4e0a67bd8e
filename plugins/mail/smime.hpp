// SPDX-License-Identifier: Apache-2.0
//
// S/MIME (RFC 8551): what a signed message holds, which stands within the signature (RFC 5652,
// section 5), and whether one is encrypted. Nothing is verified or decrypted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::mail {

enum class CmsKind : std::uint8_t { kUnknown, kSigned, kEncrypted };

struct Cms {
  CmsKind kind = CmsKind::kUnknown;
  std::string content;  // of a signed one: a part of a message
};

// `der`: a ContentInfo in DER or BER.
Cms read_cms(std::string_view der);

}  // namespace sluice::mail
