// SPDX-License-Identifier: Apache-2.0
//
// Writing the XML of a package's parts.
#pragma once

#include <string>
#include <string_view>

namespace sluice::office_xml {

// Appends text as character data, or as an attribute's value. Characters that XML does not have are
// dropped.
void append_escaped(std::string& out, std::string_view text);

// Appends ` name="value"`.
void append_attribute(std::string& out, std::string_view name, std::string_view value);

}  // namespace sluice::office_xml
