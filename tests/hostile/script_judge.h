// Reads Markdown as a viewer does and says which destinations in it would run a script. Knows
// nothing of the SDK's own rule: it follows what browsers do (URL Standard, 4.4; HTML, 13.2.5).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::test {

struct Destinations {
  std::vector<std::string> all;      // of links, pictures and attributes in raw HTML, decoded
  std::vector<std::string> scripts;  // those of them that would run a script
};

Destinations destinations_of(std::string_view markdown);

// `text` with each character reference decoded, as a browser reads an attribute.
std::string without_references(std::string_view text);

}  // namespace sluice::test
