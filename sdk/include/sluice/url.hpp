// SPDX-License-Identifier: Apache-2.0
//
// What a converter must know about link destinations (RFC 3986), which in real documents are often
// no valid URLs at all. Nothing here throws.
#pragma once

#include <optional>
#include <sluice/ascii.hpp>  // equal_ignoring_ascii_case, for schemes
#include <string>
#include <string_view>

namespace sluice {

// Replaces each %XX by its byte; a percent sign without two hexadecimal digits stays as it is. The
// result may hold any byte, NUL and broken UTF-8 included.
std::string percent_decode(std::string_view text);

// The scheme of an absolute URL ("https", "data", as written), or empty for a relative reference
// (RFC 3986 section 3.1). One letter and a colon is a Windows drive, which counts as a scheme: it
// is not relative either.
std::string_view url_scheme(std::string_view destination);

// Whether it is an address in the web: its scheme is http or https.
bool is_web_address(std::string_view destination);

// `destination` without its query and fragment.
std::string_view url_path(std::string_view destination);

// The file that a destination leads to, relative to the folder of what holds it, as
// Job::link_document takes it.
struct FileLink {
  std::string path;      // decoded, with `/`
  std::string fragment;  // decoded
};
// Nothing if it leads elsewhere: a URL, an absolute path, a place in the same file; or if it is no
// text once it is decoded.
std::optional<FileLink> file_link(std::string_view destination);

// Whether a destination runs a script where somebody follows it, instead of leading somewhere:
// javascript:, vbscript:, data: of anything but pictures and sound, and what wraps them
// (view-source:, feed:, jar:). Disguises count: browsers skip blanks and controls in front, and
// tabs and line ends anywhere (WHATWG URL, section 4.4), and ignore case; a reader of Markdown or
// HTML may still decode character references and backslashes. MarkdownWriter makes no link to such
// a one.
bool runs_script(std::string_view destination);

}  // namespace sluice
