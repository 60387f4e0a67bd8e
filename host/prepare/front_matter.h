// The YAML block at the top of a Markdown file: only what is known, in a fixed order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "worker/wire.h"

namespace sluice::prepare {

// What the host itself knows of a document.
struct HostFacts {
  std::string source;  // path key
  std::string sha256;  // hex
  std::string media_type;
  std::string converter;  // id and version
};

// From "---" to "---" and a blank line: what the source's author wrote (wire::Result::front_matter)
// as it is, then the fields and facts. None of them has a name that the author's has: a field is
// left out, a fact gets the prefix `sluice_`. `metadata` is UTF-8; its order counts for unknown
// keys only.
std::string front_matter(std::string_view author, const std::vector<wire::Field>& metadata,
                         const HostFacts& facts);

// Notes the title and the number of pages in the bundle, if they are known.
void note_title(Bundle& bundle, const std::vector<wire::Field>& metadata);

// One value: plain where no YAML reader could take it for anything but this text, else in double
// quotes (YAML 1.2, sections 7.3.1 and 7.3.3; with the booleans of 1.1). Line breaks become spaces.
std::string yaml_scalar(std::string_view text);

}  // namespace sluice::prepare
