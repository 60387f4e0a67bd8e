// SPDX-License-Identifier: Apache-2.0
#include "odf/probe.hpp"

#include <string>

namespace sluice::odf {

bool can_be_opendocument(const Probe& input) {
  const std::string_view head(reinterpret_cast<const char*>(input.head.data()), input.head.size());
  return head.starts_with("PK") ||
         head.find("urn:oasis:names:tc:opendocument:xmlns:office") != std::string_view::npos;
}

void refuse_body(std::string_view found) {
  throw Failure(Outcome::kUnsupported, found.empty() ? std::string("the document has no body")
                                                     : "the document holds " + std::string(found) +
                                                           ", not what its type says");
}

}  // namespace sluice::odf
