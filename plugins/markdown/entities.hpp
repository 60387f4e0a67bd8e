// SPDX-License-Identifier: Apache-2.0
//
// Character references and backslash escapes in link destinations (CommonMark 0.30, sections 2.4
// and 2.5).
#pragma once

#include <string>
#include <string_view>

namespace sluice::markdown_plugin {

// Replaces character references: numeric ones, and the names of ASCII and Latin-1 characters.
// Others stay as they are, as an unknown name does.
std::string decode_entities(std::string_view text);

// A destination as it stands in Markdown, without escapes and references.
std::string unescape(std::string_view raw);

}  // namespace sluice::markdown_plugin
