// SPDX-License-Identifier: Apache-2.0
//
// Transfer encodings (RFC 2045, section 6; uuencode): from mail to bytes. Nothing here fails: what
// is damaged is skipped or kept, and counted.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace sluice::mail {

enum class Transfer : std::uint8_t { kIdentity, kQuotedPrintable, kBase64, kUuencode, kUnknown };

// By the value of Content-Transfer-Encoding, which may be misspelt ("base-64", "\"base64\"").
Transfer transfer_of(std::string_view value);

using ByteSink = std::function<void(std::string_view)>;

// Decodes `text` in pieces of at most 64 KiB. Returns the number of places that are damaged.
std::uint64_t decode(Transfer transfer, std::string_view text, const ByteSink& sink);
std::string decoded(Transfer transfer, std::string_view text);

std::string from_quoted_printable(std::string_view text);
std::string from_base64(std::string_view text);

}  // namespace sluice::mail
