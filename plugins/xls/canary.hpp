// SPDX-License-Identifier: Apache-2.0
//
// A sheet of Excel 5 with one cell, in a code page that needs ICU's tables.
#pragma once

#include <string_view>

namespace sluice::xls {

using std::string_view_literals::operator""sv;

inline constexpr auto kCanary =
    "\x09\x08\x08\x00\x00\x05\x10\x00\x00\x00\x00\x00"  // the sheet begins
    "\x42\x00\x02\x00\xE3\x04"                          // code page 1251
    "\x04\x02\x11\x00\x00\x00\x00\x00\x00\x00\x09\x00"  // a text in A1
    "\xCA\xE0\xED\xE0\xF0\xE5\xE9\xEA\xE0"
    "\x0A\x00\x00\x00"sv;

inline constexpr std::string_view kCanaryMarkdown =
    "## canary\n\n\u041A\u0430\u043D\u0430\u0440\u0435\u0439\u043A\u0430\n";

}  // namespace sluice::xls
