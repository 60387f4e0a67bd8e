// SPDX-License-Identifier: Apache-2.0
//
// Office packages behind a password ([MS-OFFCRYPTO] 2.3): "standard" encryption of Office 2007 and
// "agile" encryption of later ones, both with AES.
#pragma once

#include <string>
#include <string_view>

namespace sluice::detail {

// Whether `bytes` are a compound file with a stream that holds an encrypted package.
bool is_encrypted_package(std::string_view bytes);

// The package, decrypted with `password` (UTF-8; empty: none was given) or with the one that Excel
// and PowerPoint use where a document is only protected against changes (2.3.6.2, 2.4.2.4). Throws
// Failure: kEncrypted if neither fits; kUnsupported for other ways of encryption; kMalformed;
// kLimit if the password is meant to take minutes to check.
std::string decrypted_package(std::string_view bytes, std::string_view password);

}  // namespace sluice::detail
