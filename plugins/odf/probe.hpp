// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.hpp>
#include <string_view>

namespace sluice::odf {

// Whether a source can be a document of these kinds: a ZIP, or XML whose root or whose media type
// is OpenDocument's.
bool can_be_opendocument(const Probe& input);

// Throws Failure(kUnsupported) if a document's body is another than this ("office:text").
[[noreturn]] void refuse_body(std::string_view found);

}  // namespace sluice::odf
