// SPDX-License-Identifier: Apache-2.0
//
// A part's content: its bytes, its text as UTF-8, its page.
#pragma once

#include <cstdint>
#include <string>

#include "mail/body/html_page.hpp"
#include "mail/body/plain_text.hpp"
#include "mail/mime/message.hpp"

namespace sluice::mail {

struct DecodedBody {
  std::string bytes;
  std::uint64_t damaged = 0;  // places
};
DecodedBody decoded_body(const Part& part);

struct PartText {
  std::string utf8;
  std::uint64_t damaged = 0;  // places in the transfer encoding, and characters
};
// In the charset that it declares, if it can be; an HTML part may declare it in itself.
PartText text_of(const Part& part);

Flow flow_of(const Part& part);

}  // namespace sluice::mail
