// SPDX-License-Identifier: Apache-2.0
//
// Workbooks behind a password ([MS-XLS] 2.2.10): RC4 and the XOR of Excel 95.
#pragma once

#include <string>
#include <string_view>

namespace sluice::xls {

// Decrypts the records of a workbook's stream in place, if it has a record FilePass. Throws
// Failure: kEncrypted, kUnsupported, kMalformed.
void decrypt_workbook(std::string& stream, std::string_view password);

}  // namespace sluice::xls
