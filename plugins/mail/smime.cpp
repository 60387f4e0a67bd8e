// SPDX-License-Identifier: Apache-2.0
#include "mail/smime.hpp"

#include <cstddef>
#include <optional>

namespace sluice::mail {
namespace {

constexpr int kMaxNesting = 8;  // of octet strings made of octet strings

constexpr std::uint8_t kOctets = 0x04;
constexpr std::uint8_t kObjectId = 0x06;
constexpr std::uint8_t kConstructed = 0x20;
constexpr std::uint8_t kContext0 = 0xA0;
constexpr std::uint8_t kSequence = 0x30;

// The last byte of 1.2.840.113549.1.7.N (RFC 5652), and the one of 1.2.840.113549.1.9.16.1.23 (RFC
// 5083).
constexpr std::string_view kPkcs7("\x2A\x86\x48\x86\xF7\x0D\x01\x07", 8);
constexpr std::string_view kAuthEnveloped("\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x17", 11);
constexpr char kSignedData = 2;
constexpr char kEnvelopedData = 3;
constexpr char kEncryptedData = 6;

// An element of BER (X.690, section 8.1): a tag of one byte, a length, a content.
struct Element {
  std::uint8_t tag = 0;
  std::string_view content;
  bool is_open = false;  // no length: an end mark ends it
};

// Takes one element off `ber`. Of one without a length, the content is all that follows.
std::optional<Element> take(std::string_view& ber) {
  if (ber.size() < 2) return std::nullopt;
  Element element;
  element.tag = static_cast<std::uint8_t>(ber[0]);
  if ((element.tag & 0x1F) == 0x1F) return std::nullopt;
  const auto first = static_cast<std::uint8_t>(ber[1]);
  std::size_t at = 2;
  std::size_t size = first;
  if (first == 0x80) {
    element.is_open = true;
    element.content = ber.substr(2);
    ber = {};
    return element;
  }
  if (first > 0x80) {
    const std::size_t digits = first & 0x7F;
    if (digits > 8 || ber.size() < 2 + digits) return std::nullopt;
    size = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      size = size << 8 | static_cast<std::uint8_t>(ber[at++]);
    }
  }
  // A message that is cut off shows what is there.
  element.content = ber.substr(at, size);
  ber.remove_prefix(at + element.content.size());
  return element;
}

bool is_end_mark(const Element& element) {
  return element.tag == 0 && element.content.empty() && !element.is_open;
}

// Appends the bytes of an octet string and moves `ber` behind it; false at damage.
bool append_octets(std::string_view& ber, int depth, std::string& out) {
  if (depth > kMaxNesting) return false;
  const auto element = take(ber);
  if (!element) return false;
  if (element->tag == kOctets) {
    out += element->content;
    return true;
  }
  if (element->tag != (kOctets | kConstructed)) return false;
  std::string_view rest = element->content;
  while (!rest.empty()) {
    std::string_view peek = rest;
    const auto next = take(peek);
    if (!next) return false;
    if (is_end_mark(*next)) {
      rest = peek;
      break;
    }
    if (!append_octets(rest, depth + 1, out)) return false;
  }
  if (element->is_open) ber = rest;
  return true;
}

std::optional<std::string_view> content_of(std::string_view& ber, std::uint8_t tag) {
  const auto element = take(ber);
  if (!element || element->tag != tag) return std::nullopt;
  return element->content;
}

// SignedData: version, digest algorithms, the content in [0], and more.
std::string signed_content(std::string_view signed_data) {
  std::string content;
  take(signed_data);  // version
  if (!content_of(signed_data, 0x31)) return content;
  auto inner = content_of(signed_data, kSequence);
  if (!inner || !content_of(*inner, kObjectId)) return content;
  auto wrapped = content_of(*inner, kContext0);
  if (wrapped) append_octets(*wrapped, 0, content);
  return content;
}

}  // namespace

Cms read_cms(std::string_view der) {
  Cms cms;
  auto info = content_of(der, kSequence);
  if (!info) return cms;
  const auto id = content_of(*info, kObjectId);
  if (!id) return cms;
  if (*id == kAuthEnveloped) {
    cms.kind = CmsKind::kEncrypted;
    return cms;
  }
  if (id->size() != kPkcs7.size() + 1 || !id->starts_with(kPkcs7)) return cms;
  if (id->back() == kEnvelopedData || id->back() == kEncryptedData) {
    cms.kind = CmsKind::kEncrypted;
  } else if (id->back() == kSignedData) {
    auto explicit_content = content_of(*info, kContext0);
    if (!explicit_content) return cms;
    auto signed_data = content_of(*explicit_content, kSequence);
    if (!signed_data) return cms;
    cms.kind = CmsKind::kSigned;
    cms.content = signed_content(*signed_data);
  }
  return cms;
}

}  // namespace sluice::mail
