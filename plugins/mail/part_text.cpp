// SPDX-License-Identifier: Apache-2.0
#include "mail/part_text.hpp"

#include <sluice/ascii.hpp>
#include <sluice/charset.hpp>
#include <span>

#include "html/source.hpp"
#include "mail/alternatives.hpp"

namespace sluice::mail {
namespace {

// A charset of 7 bits, which looks like ASCII.
bool is_utf7(std::string_view charset) {
  return equal_ignoring_ascii_case(charset, "utf-7") ||
         equal_ignoring_ascii_case(charset, "unicode-1-1-utf-7");
}

std::string from_utf7(std::span<const std::uint8_t> bytes) {
  std::string out;
  TextDecoder decoder("utf-7", [&out](std::string_view piece) { out += piece; });
  decoder.feed(bytes);
  decoder.finish();
  return out;
}

}  // namespace

DecodedBody decoded_body(const Part& part) {
  DecodedBody body;
  body.damaged =
      decode(part.transfer(), part.body, [&body](std::string_view piece) { body.bytes += piece; });
  return body;
}

PartText text_of(const Part& part) {
  const DecodedBody body = decoded_body(part);
  const std::span<const std::uint8_t> bytes(
      reinterpret_cast<const std::uint8_t*>(body.bytes.data()), body.bytes.size());
  const bool is_html = is_html_form(part);
  std::string charset = part.type.parameter("charset");
  if (charset.empty() && is_html) charset = html::declared_charset(bytes);
  PartText text;
  text.damaged = body.damaged;
  if (is_utf7(charset) && is_known_charset("utf-7")) {
    text.utf8 = from_utf7(bytes);
    return text;
  }
  DecodedText decoded =
      decode_text(bytes, charset, is_html ? SingleNul::kDropped : SingleNul::kBroken);
  text.utf8 = std::move(decoded.utf8);
  text.damaged += decoded.replaced;
  return text;
}

Flow flow_of(const Part& part) {
  Flow flow;
  flow.is_flowed = equal_ignoring_ascii_case(part.type.parameter("format"), "flowed");
  flow.drops_blank = equal_ignoring_ascii_case(part.type.parameter("delsp"), "yes");
  return flow;
}

}  // namespace sluice::mail
