// SPDX-License-Identifier: Apache-2.0
#include "mail/mime/transfer.hpp"

#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

#include "mail/mime/fields.hpp"
#include "mail/mime/uuencode.hpp"

namespace sluice::mail {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{64} << 10;

// Hands bytes on in pieces.
class Pieces {
 public:
  explicit Pieces(const ByteSink& sink) : sink_(sink) {}
  void add(char byte) {
    piece_ += byte;
    if (piece_.size() >= kPieceBytes) flush();
  }
  void add(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::string_view part = bytes.substr(0, kPieceBytes - piece_.size());
      piece_ += part;
      bytes.remove_prefix(part.size());
      if (piece_.size() >= kPieceBytes) flush();
    }
  }
  void flush() {
    if (!piece_.empty()) sink_(piece_);
    piece_.clear();
  }

 private:
  const ByteSink& sink_;
  std::string piece_;
};

std::uint64_t decode_quoted_printable(std::string_view text, Pieces& out) {
  std::uint64_t damaged = 0;
  while (!text.empty()) {
    const std::size_t mark = std::min(text.find('='), text.size());
    out.add(text.substr(0, mark));
    text.remove_prefix(mark);
    if (text.empty()) break;
    text.remove_prefix(1);
    const int high = text.empty() ? -1 : hex_value(static_cast<unsigned char>(text[0]));
    const int low = text.size() < 2 ? -1 : hex_value(static_cast<unsigned char>(text[1]));
    if (high >= 0 && low >= 0) {
      out.add(static_cast<char>(high * 16 + low));
      text.remove_prefix(2);
      continue;
    }
    // A soft line break; blanks behind the sign are padding (RFC 2045, 6.7, rule 3).
    const std::size_t blanks = std::min(text.find_first_not_of(" \t"), text.size());
    if (blanks == text.size() || text[blanks] == '\r' || text[blanks] == '\n') {
      text.remove_prefix(end_of_line(text, blanks));
      continue;
    }
    ++damaged;
    out.add('=');
  }
  return damaged;
}

// The value of a sign in base64, with the URL alphabet's; -1 for others.
constexpr std::array<std::int8_t, 256> make_base64() {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  const std::string_view signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < signs.size(); ++i) {
    values[static_cast<unsigned char>(signs[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}
constexpr auto kBase64 = make_base64();

// Signs that are none are skipped, and padding that completes a group ends it: what follows are
// lines that a mailing list added.
std::uint64_t decode_base64_text(std::string_view text, Pieces& out) {
  std::uint64_t damaged = 0;
  std::uint32_t group = 0;
  int signs = 0;
  for (const char c : text) {
    const int value = kBase64[static_cast<unsigned char>(c)];
    if (value >= 0) {
      group = group << 6 | static_cast<std::uint32_t>(value);
      if (++signs < 4) continue;
      out.add(static_cast<char>(group >> 16));
      out.add(static_cast<char>(group >> 8));
      out.add(static_cast<char>(group));
      group = 0;
      signs = 0;
    } else if (c == '=') {
      if (signs >= 2) break;
    } else if (kAsciiBlanks.find(c) == std::string_view::npos) {
      ++damaged;
    }
  }
  if (signs == 1) ++damaged;
  if (signs >= 2) out.add(static_cast<char>(group >> (signs == 2 ? 4 : 10)));
  if (signs == 3) out.add(static_cast<char>(group >> 2));
  return damaged;
}

}  // namespace

Transfer transfer_of(std::string_view value) {
  std::string name;
  for (const char c : value.substr(0, std::min(value.find_first_of(";("), value.size()))) {
    if (is_ascii_alphanumeric(static_cast<unsigned char>(c))) name += ascii_lower(c);
  }
  if (name.empty() || name == "7bit" || name == "8bit" || name == "binary") {
    return Transfer::kIdentity;
  }
  if (name == "base64") return Transfer::kBase64;
  if (name == "quotedprintable") return Transfer::kQuotedPrintable;
  if (name == "uuencode" || name == "xuuencode" || name == "xuue" || name == "uue") {
    return Transfer::kUuencode;
  }
  return Transfer::kUnknown;
}

std::uint64_t decode(Transfer transfer, std::string_view text, const ByteSink& sink) {
  Pieces out(sink);
  std::uint64_t damaged = 0;
  switch (transfer) {
    case Transfer::kQuotedPrintable:
      damaged = decode_quoted_printable(text, out);
      break;
    case Transfer::kBase64:
      damaged = decode_base64_text(text, out);
      break;
    case Transfer::kUuencode:
      if (const auto file = next_uuencoded(text, 0)) {
        decode_uuencoded(file->lines, [&out](std::string_view bytes) { out.add(bytes); });
        break;
      }
      damaged = 1;
      out.add(text);
      break;
    case Transfer::kUnknown:
      damaged = 1;
      out.add(text);
      break;
    case Transfer::kIdentity:
      out.add(text);
      break;
  }
  out.flush();
  return damaged;
}

std::string decoded(Transfer transfer, std::string_view text) {
  if (transfer == Transfer::kIdentity || transfer == Transfer::kUnknown) return std::string(text);
  std::string bytes;
  decode(transfer, text, [&bytes](std::string_view piece) { bytes += piece; });
  return bytes;
}

std::string from_quoted_printable(std::string_view text) {
  return decoded(Transfer::kQuotedPrintable, text);
}
std::string from_base64(std::string_view text) {
  return decoded(Transfer::kBase64, text);
}

}  // namespace sluice::mail
