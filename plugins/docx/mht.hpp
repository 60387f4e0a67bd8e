// SPDX-License-Identifier: Apache-2.0
//
// The page of a web archive (RFC 2557): its first part that is HTML.
#pragma once

#include <string>
#include <string_view>

namespace sluice::docx {

struct MhtPage {
  std::string html;     // as bytes; empty if there is none
  std::string charset;  // that its header names, or empty
};

MhtPage read_mht(std::string_view message);

}  // namespace sluice::docx
