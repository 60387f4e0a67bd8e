// SPDX-License-Identifier: Apache-2.0
//
// Text in headers: encoded words (RFC 2047), and bytes that should have been.
#pragma once

#include <string>
#include <string_view>

namespace sluice::mail {

// The value of a field as UTF-8, on one line. Words in one charset that stand side by side are
// decoded together, since programs cut characters in two between them. Bytes outside of words are
// in the encoding that they look like.
std::string decode_words(std::string_view value);

// `bytes` in a charset as UTF-8; without a usable name, in the charset that they look like.
std::string to_utf8(std::string_view bytes, std::string_view charset);

}  // namespace sluice::mail
