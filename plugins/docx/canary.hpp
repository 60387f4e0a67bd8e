// SPDX-License-Identifier: Apache-2.0
//
// The document that the converter proves itself with: one paragraph in windows-1252, so that
// archive, XML and character sets are all needed to read it.
#pragma once

#include <string_view>

namespace sluice::docx {

// The bytes of a small DOCX, and the Markdown that must come of it.
std::string_view canary_document();
inline constexpr std::string_view kCanaryMarkdown = "**canary** caf\xC3\xA9\n";

}  // namespace sluice::docx
