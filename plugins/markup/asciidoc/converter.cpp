// SPDX-License-Identifier: Apache-2.0
#include "markup/asciidoc/reader.hpp"
#include "markup/converters.hpp"

namespace sluice::markup {

void AsciidocConverter::convert(Job& job) {
  const std::string source = read_source(job);
  Output to(job);
  asciidoc::Reader reader(to, source);
  reader.read();
  name_anchors(reader.places().anchors, job);
  to.finish();
}

Canary AsciidocConverter::canary() const {
  return {"= caf\u00E9\n\n* `one`\n** *two*\n", "canary.adoc", "text/x-asciidoc",
          "# caf\u00E9\n\n- `one`\n  - **two**\n"};
}

}  // namespace sluice::markup
