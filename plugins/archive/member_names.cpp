// SPDX-License-Identifier: Apache-2.0
#include "archive/member_names.hpp"

#include <algorithm>
#include <array>
#include <sluice/charset.hpp>
#include <sluice/utf8.hpp>

namespace sluice::archive {
namespace {

// Enough to know a language by.
constexpr std::size_t kMaxEvidence = std::size_t{64} << 10;
constexpr std::string_view kFormatCharset = "cp437";

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

struct Decoded {
  std::string utf8;
  bool is_whole = true;  // no byte was replaced
};

Decoded decode(std::string_view raw, std::string_view charset) {
  Decoded out;
  TextDecoder decoder(charset, [&](std::string_view piece) { out.utf8 += piece; });
  decoder.feed(bytes_of(raw));
  decoder.finish();
  out.is_whole = decoder.replaced() == 0;
  return out;
}

bool is_kana(char32_t c) {
  return c >= 0x3041 && c <= 0x30FF;
}
bool is_east_asian(char32_t c) {
  return is_kana(c) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3);
}

// How well a text reads as words of an East Asian language.
struct Fit {
  unsigned beside = 0;  // characters of these scripts beside another one
  unsigned alone = 0;
  unsigned kana = 0;
  unsigned other = 0;  // neither these nor ASCII: private use, box drawing, half-width kana

  bool is_good() const { return beside > 2 * (alone + other); }
};

Fit fit_of(std::string_view utf8) {
  Fit fit;
  std::u32string text;
  for (std::size_t at = 0; at < utf8.size();) text.push_back(next_char(utf8, at));
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] < 0x80) continue;
    // Signs that names have beside words: ideographic blanks, brackets, full-width letters.
    if ((text[i] >= 0x3000 && text[i] < 0x3041) || (text[i] >= 0xFF01 && text[i] <= 0xFF5E))
      continue;
    if (!is_east_asian(text[i])) {
      ++fit.other;
      continue;
    }
    const bool has_neighbour = (i > 0 && is_east_asian(text[i - 1])) ||
                               (i + 1 < text.size() && is_east_asian(text[i + 1]));
    ++(has_neighbour ? fit.beside : fit.alone);
    if (is_kana(text[i])) ++fit.kana;
  }
  return fit;
}

// The East Asian encoding that fits best, or empty. `detected`: what the detector makes of the
// names; it goes first.
std::string east_asian_charset(std::string_view raw, const std::string& detected) {
  std::string best;
  Fit best_fit;
  for (const std::string& charset :
       {detected, std::string("shift_jis"), std::string("gb18030"), std::string("big5"),
        std::string("euc-kr"), std::string("euc-jp")}) {
    const Decoded text = decode(raw, charset);
    if (!text.is_whole) continue;
    const Fit fit = fit_of(text.utf8);
    // Kana are in nearly all Japanese names, and hardly come out of another encoding by chance.
    if (!fit.is_good() || (!best.empty() && fit.kana <= best_fit.kana)) continue;
    best = charset;
    best_fit = fit;
  }
  return best;
}

std::string charset_of_names(std::string_view raw) {
  CharsetDetector detector;
  detector.feed(bytes_of(raw));
  const std::string detected = detector.charset();
  // The detector finds this one only where its letters make Russian words.
  if (detected.starts_with("ibm-866")) return detected;
  const std::string east_asian = east_asian_charset(raw, detected);
  return east_asian.empty() ? std::string(kFormatCharset) : east_asian;
}

}  // namespace

MemberNames::MemberNames(std::string_view charset) {
  if (charset.empty() || charset == "auto") return;
  if (!is_known_charset(charset)) {
    throw Failure(Outcome::kUnsupported, "the option name_charset is \"" + valid_utf8(charset) +
                                             "\", which is no encoding");
  }
  chosen_ = charset;
}

void MemberNames::learn(std::string_view raw) {
  if (is_valid_utf8(raw) || evidence_.size() + raw.size() > kMaxEvidence) return;
  evidence_.append(raw).append("\n");
  learned_.clear();
}

std::string MemberNames::charset_of(std::string_view raw) const {
  if (!chosen_.empty()) return chosen_;
  if (evidence_.empty()) return charset_of_names(raw);
  if (learned_.empty()) learned_ = charset_of_names(evidence_);
  return learned_;
}

std::string MemberNames::decoded(std::string_view raw) const {
  const bool is_ascii = std::all_of(raw.begin(), raw.end(), [](char c) { return c > 0; });
  if (is_ascii || (chosen_.empty() && is_valid_utf8(raw))) return std::string(raw);
  return decode(raw, charset_of(raw)).utf8;
}

}  // namespace sluice::archive
