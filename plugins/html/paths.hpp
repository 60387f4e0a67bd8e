// SPDX-License-Identifier: Apache-2.0
//
// References within a document of several files, as a book is: relative URLs between the files of
// its container (EPUB 3.3, 4.2.5).
#pragma once

#include <string>
#include <string_view>

namespace sluice::html {

struct Place {
  std::string path;      // of a file in the container; empty if the reference leads out of it
  std::string fragment;  // percent-decoded, without `#`
};

// Where `reference`, as it stands in the file `base`, leads. Percent-encoding is decoded, `.` and
// `..` are resolved and stay within the container, `\` counts as `/`. A reference with a scheme or
// a host leads out; an empty path means `base` itself.
Place locate(std::string_view base, std::string_view reference);

}  // namespace sluice::html
