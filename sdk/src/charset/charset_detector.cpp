// SPDX-License-Identifier: Apache-2.0
//
// Which encoding a text is in: the order of the checks is documented in charset.hpp.
#include <uchardet.h>

#include <algorithm>
#include <array>
#include <optional>
#include <sluice/charset.hpp>
#include <sluice/utf8.hpp>
#include <vector>

#include "charset/charset_evidence.hpp"
#include "charset/charset_names.hpp"
#include "charset/skip_ascii.hpp"

namespace sluice {
namespace {

constexpr std::size_t kPrefix = std::size_t{64} << 10;
// What is kept around the first byte that is not ASCII, where that is not in the prefix.
constexpr std::size_t kRegion = std::size_t{64} << 10;
constexpr std::size_t kBeforeRegion = 256;

using Bytes = std::span<const std::uint8_t>;

std::string_view text_of(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Follows a text through pieces and counts what of it is UTF-8.
class Utf8Census {
 public:
  void feed(Bytes bytes) {
    std::size_t at = 0;
    while (pending_ > 0 && at < bytes.size()) at += complete(bytes[at]);
    const std::string_view text = text_of(bytes);
    while (true) {
      at += plain_prefix(text.substr(at));
      if (at >= text.size()) return;
      const auto byte = static_cast<unsigned char>(text[at]);
      if (byte < 0x80) {
        if (byte == 0) ++zeros_;
        if (byte == 0x1B || byte == '~') ++escapes_;
        ++at;
        continue;
      }
      if (text.size() - at < kMaxLength) return keep(text.substr(at));
      count(utf8_at(text, at), at);
    }
  }

  // Characters beyond ASCII, and broken places; a character cut off at the end is neither.
  std::uint64_t valid() const { return valid_; }
  std::uint64_t broken() const { return broken_; }
  std::uint64_t zeros() const { return zeros_; }
  bool has_escapes() const { return escapes_ > 0; }

 private:
  static constexpr std::size_t kMaxLength = 4;

  // The leading bytes that nothing is to be counted of: ASCII without NUL, ESC and '~'.
  static std::size_t plain_prefix(std::string_view text) {
    std::size_t at = 0;
    while (text.size() - at >= kBlock && is_plain<kBlock>(text.data() + at)) at += kBlock;
    while (text.size() - at >= kStep && is_plain<kStep>(text.data() + at)) at += kStep;
    return at;
  }
  static constexpr std::size_t kBlock = 64;
  static constexpr std::size_t kStep = 8;

  // Without a way out in the middle, so that compilers make it vector instructions.
  template <std::size_t kSize>
  static bool is_plain(const char* bytes) {
    unsigned other = 0;
    for (std::size_t i = 0; i < kSize; ++i) {
      const auto byte = static_cast<unsigned char>(bytes[i]);
      other |= static_cast<unsigned>(byte >= 0x80) | static_cast<unsigned>(byte == 0) |
               static_cast<unsigned>(byte == 0x1B) | static_cast<unsigned>(byte == '~');
    }
    return other == 0;
  }

  void count(const Utf8Char& character, std::size_t& at) {
    ++(character.valid ? valid_ : broken_);
    at += character.length;
  }
  // The last bytes of a piece may be the start of a character: they wait for the next.
  void keep(std::string_view rest) {
    for (const char c : rest) complete(static_cast<std::uint8_t>(c));
  }
  std::size_t complete(std::uint8_t byte) {
    held_[pending_++] = static_cast<char>(byte);
    for (std::size_t at = 0; pending_ > 0;) {
      const std::string_view held(held_.data(), pending_);
      const Utf8Char character = utf8_at(held, at);
      if (!character.valid && character.length == held.size() && can_grow(held)) break;
      if (character.length == 1 && character.valid) {
        if (held[0] == 0) ++zeros_;
        if (held[0] == 0x1B || held[0] == '~') ++escapes_;
      } else {
        ++(character.valid ? valid_ : broken_);
      }
      std::copy(held_.begin() + character.length, held_.begin() + static_cast<long>(pending_),
                held_.begin());
      pending_ -= character.length;
    }
    return 1;
  }
  // Whether more bytes could make a character of these, which utf8_at takes for one broken place.
  static bool can_grow(std::string_view held) {
    const auto first = static_cast<unsigned char>(held[0]);
    const std::size_t whole = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    return first >= 0xC2 && first <= 0xF4 && held.size() < whole;
  }

  std::array<char, kMaxLength + 1> held_{};
  std::size_t pending_ = 0;
  std::uint64_t valid_ = 0;
  std::uint64_t broken_ = 0;
  std::uint64_t zeros_ = 0;
  std::uint64_t escapes_ = 0;
};

std::optional<std::string> byte_order_mark(Bytes bytes) {
  struct Mark {
    std::string_view bytes;
    const char* charset;
  };
  // UTF-32LE begins as UTF-16LE does, so it comes first.
  static constexpr std::array kMarks = {
      Mark{{"\xFF\xFE\0\0", 4}, "UTF-32LE"}, Mark{{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
      Mark{"\xEF\xBB\xBF", "UTF-8"},         Mark{"\xFF\xFE", "UTF-16LE"},
      Mark{"\xFE\xFF", "UTF-16BE"},          Mark{"\x84\x31\x95\x33", "gb18030"},
  };
  for (const Mark& mark : kMarks) {
    if (text_of(bytes).starts_with(mark.bytes)) return mark.charset;
  }
  return std::nullopt;
}

// The 7-bit encodings that switch by escapes (RFC 1468, RFC 1557, RFC 1843).
std::optional<std::string> escape_charset(std::string_view sample) {
  for (const std::string_view mark : {"\x1B$B", "\x1B$@", "\x1B(J", "\x1B$(D", "\x1B(I"}) {
    if (sample.find(mark) != std::string_view::npos) return "ISO-2022-JP";
  }
  if (sample.find("\x1B$)C") != std::string_view::npos) return "ISO-2022-KR";
  const auto open = sample.find("~{");
  if (open != std::string_view::npos && sample.find("~}", open) != std::string_view::npos) {
    const auto fit = detail::try_charset(
        "HZ", {reinterpret_cast<const std::uint8_t*>(sample.data()), sample.size()});
    if (fit.replaced == 0) return "HZ";
  }
  return std::nullopt;
}

// Whether an encoding decodes the sample with next to nothing left over.
bool decodes(const std::string& charset, Bytes sample) {
  const detail::Fit fit = detail::try_charset(charset, sample);
  constexpr std::uint64_t kBrokenShare = 100;
  return fit.replaced * kBrokenShare <= fit.characters;
}

std::string ask_uchardet(Bytes sample) {
  struct Delete {
    void operator()(uchardet_t detector) const { uchardet_delete(detector); }
  };
  const std::unique_ptr<uchardet, Delete> detector(uchardet_new());
  if (uchardet_handle_data(detector.get(), text_of(sample).data(), sample.size()) != 0) return {};
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

}  // namespace

struct CharsetDetector::State {
  std::vector<std::uint8_t> prefix;
  std::vector<std::uint8_t> region;  // begins a little before the first byte that is not ASCII
  bool in_region = false;
  Utf8Census census;

  void keep_region(Bytes bytes) {
    if (!in_region) {
      const std::size_t at = detail::skip_ascii(text_of(bytes), 0);
      in_region = at < bytes.size();
      const auto from = at > kBeforeRegion ? at - kBeforeRegion : 0;
      if (in_region) bytes = bytes.subspan(from);
    }
    if (in_region) {
      const auto take = std::min(bytes.size(), kRegion - region.size());
      region.insert(region.end(), bytes.begin(), bytes.begin() + static_cast<long>(take));
    }
  }
  std::vector<std::uint8_t> sample() const {
    std::vector<std::uint8_t> all = prefix;
    all.insert(all.end(), region.begin(), region.end());
    return all;
  }
};

CharsetDetector::CharsetDetector() : state_(std::make_unique<State>()) {}
CharsetDetector::~CharsetDetector() = default;
CharsetDetector::CharsetDetector(CharsetDetector&&) noexcept = default;
CharsetDetector& CharsetDetector::operator=(CharsetDetector&&) noexcept = default;

void CharsetDetector::feed(std::span<const std::uint8_t> bytes) {
  state_->census.feed(bytes);
  const auto room = kPrefix - state_->prefix.size();
  const auto take = std::min(room, bytes.size());
  const auto middle = bytes.begin() + static_cast<long>(take);
  state_->prefix.insert(state_->prefix.end(), bytes.begin(), middle);
  state_->keep_region(bytes.subspan(take));
}

std::string CharsetDetector::charset(std::string_view declared) const {
  if (const auto mark = byte_order_mark(state_->prefix)) return *mark;
  const Utf8Census& census = state_->census;
  // One broken place in ten still is UTF-8: other encodings hit valid sequences by chance only.
  const bool is_utf8 = census.broken() * 10 <= census.valid();
  if (census.zeros() > 0) {
    if (const auto wide = detail::wide_charset(state_->prefix, is_utf8)) return *wide;
  }
  const std::vector<std::uint8_t> sample = state_->sample();
  const bool seven_bit = census.valid() == 0 && census.broken() == 0;
  if (seven_bit && census.has_escapes()) {
    if (const auto escape = escape_charset(text_of(sample))) return *escape;
  }
  if (is_utf8) return "UTF-8";
  const std::string named = detail::icu_name(declared);
  if (!named.empty() && named != "UTF-8" && decodes(named, sample)) {
    return detail::without_controls(named, sample);
  }
  if (const auto ebcdic = detail::ebcdic_charset(sample)) return *ebcdic;
  if (const auto cyrillic = detail::dos_cyrillic_charset(sample)) return *cyrillic;
  const std::string guessed = detail::icu_name(ask_uchardet(sample));
  if (!guessed.empty() && decodes(guessed, sample)) {
    return detail::without_controls(guessed, sample);
  }
  return "windows-1252";
}

bool is_known_charset(std::string_view name) {
  return !detail::icu_name(name).empty();
}

}  // namespace sluice
