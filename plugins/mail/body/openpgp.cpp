// SPDX-License-Identifier: Apache-2.0
#include "mail/body/openpgp.hpp"

#include <sluice/blanks.hpp>

#include "mail/mime/fields.hpp"

namespace sluice::mail {
namespace {

constexpr std::string_view kSigned = "-----BEGIN PGP SIGNED MESSAGE-----";
constexpr std::string_view kSignature = "-----BEGIN PGP SIGNATURE-----";
constexpr std::string_view kSignatureEnd = "-----END PGP SIGNATURE-----";
constexpr std::string_view kMessage = "-----BEGIN PGP MESSAGE-----";
constexpr std::string_view kMessageEnd = "-----END PGP MESSAGE-----";

class ArmourReader {
 public:
  OpenedText read(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = end_of_line(text, at);
      line(text.substr(at, end - at));
      at = end;
    }
    return std::move(opened_);
  }

 private:
  enum class State { kText, kHeader, kSigned, kSignature, kMessage };

  void line(std::string_view whole) {
    const std::string_view bare = trimmed(whole);
    switch (state_) {
      case State::kText:
        if (bare == kSigned) {
          state_ = State::kHeader;
          opened_.is_signed = true;
        } else if (bare == kMessage) {
          state_ = State::kMessage;
          opened_.is_encrypted = true;
        } else {
          opened_.text += whole;
        }
        break;
      case State::kHeader:  // "Hash: SHA256", up to a blank line
        if (bare.empty()) state_ = State::kSigned;
        break;
      case State::kSigned:
        if (bare == kSignature) {
          state_ = State::kSignature;
        } else {
          // RFC 4880, 7.1: lines that begin with a dash are escaped.
          if (whole.starts_with("- ")) whole.remove_prefix(2);
          opened_.text += whole;
        }
        break;
      case State::kSignature:
        if (bare == kSignatureEnd) state_ = State::kText;
        break;
      case State::kMessage:
        if (bare == kMessageEnd) state_ = State::kText;
        break;
    }
  }

  OpenedText opened_;
  State state_ = State::kText;
};

}  // namespace

OpenedText open_armour(std::string_view text) {
  if (text.find("-----BEGIN PGP ") == std::string_view::npos) {
    return {.text = std::string(text)};
  }
  return ArmourReader().read(text);
}

}  // namespace sluice::mail
