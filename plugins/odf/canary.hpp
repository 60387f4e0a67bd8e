// SPDX-License-Identifier: Apache-2.0
//
// A document of a single file, in an encoding that needs ICU's tables.
#pragma once

#include <string_view>

namespace sluice::odf {

inline constexpr char kCanaryDocument[] =
    "<?xml version=\"1.0\" encoding=\"windows-1252\"?>"
    "<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
    "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>"
    "<text:h text:outline-level=\"1\">Canary</text:h><text:p>caf\xE9 \x80</text:p>"
    "</office:text></office:body></office:document>";
inline constexpr std::string_view kCanary(kCanaryDocument, sizeof kCanaryDocument - 1);
inline constexpr std::string_view kCanaryMarkdown = "# Canary\n\ncaf\xC3\xA9 \xE2\x82\xAC\n";

}  // namespace sluice::odf
