// SPDX-License-Identifier: Apache-2.0
//
// Values of Content-Type and Content-Disposition: a word, and parameters (RFC 2045, section 5.1;
// RFC 2231 for long and encoded ones), as real programs write them.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace sluice::mail {

struct Parameterized {
  std::string value;                              // in lower case, "text/plain"
  std::map<std::string, std::string> parameters;  // by name in lower case; UTF-8

  std::string parameter(const std::string& name) const {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string() : found->second;
  }
};

Parameterized parse_parameters(std::string_view value);

}  // namespace sluice::mail
