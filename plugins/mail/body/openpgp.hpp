// SPDX-License-Identifier: Apache-2.0
//
// OpenPGP within the text of a message (RFC 4880, sections 6.2 and 7).
#pragma once

#include <string>
#include <string_view>

namespace sluice::mail {

struct OpenedText {
  std::string text;           // without armour; what was signed, readable
  bool is_signed = false;     // and nobody verified it
  bool is_encrypted = false;  // a part of it was: it is left out
};

OpenedText open_armour(std::string_view text);

}  // namespace sluice::mail
