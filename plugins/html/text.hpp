// SPDX-License-Identifier: Apache-2.0
//
// Characters of HTML text that mean something else than they say.
#pragma once

#include <string>
#include <string_view>

#include "dom.hpp"

namespace sluice::html {

// `text` with no-break spaces as spaces, soft hyphens and byte order marks left out, and the C1
// controls that pages mean as windows-1252 (as browsers do, HTML 13.2.5.80). Returns `text` itself
// where nothing changes, else a view of `buffer`.
std::string_view plain(std::string_view text, std::string& buffer);

// The text of a `<pre>` as it is laid out: line ends kept, `<br>` and block elements begin lines.
std::string preformatted(const Dom& dom, NodeId pre);
// The language that a code block's classes name (`language-c`, `lang-c`, `brush: c`,
// `highlight-source-c`), on it, its `<code>` or the elements around; empty if none does.
std::string_view code_language(const Dom& dom, NodeId pre);
// Whether a `<pre>` holds line numbers only.
bool is_gutter(const Dom& dom, NodeId pre);

}  // namespace sluice::html
