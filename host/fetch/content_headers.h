// What a server says of a body, taken apart. It may be wrong, or hostile.
#pragma once

#include <string>
#include <string_view>

namespace sluice::fetch {

struct ContentType {
  std::string media_type;  // "text/html", in lower case; empty if it is none
  std::string charset;
};
// Of a Content-Type field (RFC 9110, section 8.3).
ContentType content_type(std::string_view field);

// The last part of the path in a Content-Disposition field (RFC 6266) that asks to save the body as
// a file; else empty.
std::string proposed_file_name(std::string_view field);

}  // namespace sluice::fetch
