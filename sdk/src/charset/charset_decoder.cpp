// SPDX-License-Identifier: Apache-2.0
//
// Decoding in pieces. The sink sees whole characters only, no mark at the start and no NUL.
#include <algorithm>
#include <sluice/charset.hpp>
#include <sluice/plugin.hpp>
#include <sluice/url.hpp>
#include <sluice/utf8.hpp>
#include <vector>

#include "charset/charset_names.hpp"

namespace sluice {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;
constexpr std::size_t kMaxUnits = kPiece / 3 - 2;  // each becomes at most 3 bytes
constexpr std::string_view kMark = "\xEF\xBB\xBF";

}  // namespace

struct TextDecoder::State {
  Sink sink;
  std::uint64_t replaced = 0;
  bool at_start = true;
  std::string out;

  // UTF-8 is checked and passed on; `held` is the start of a character that the last piece cut.
  bool is_utf8 = false;
  std::string held;

  detail::Converter converter;
  std::vector<UChar> units;
  UChar high_surrogate = 0;  // waits for its other half

  void flush() {
    std::string_view text = out;
    while (at_start && text.starts_with(kMark)) text.remove_prefix(kMark.size());
    if (!text.empty()) at_start = false;
    if (!text.empty()) sink(text);
    out.clear();
  }

  bool is_wide = false;  // UTF-16, UTF-32
  bool is_ebcdic = false;
  SingleNul single_nul = SingleNul::kBroken;
  std::size_t zeros_in_row = 0;  // NULs since the last other character

  void append(std::string_view text) {
    while (!text.empty()) {
      const auto stretch = text.substr(0, text.find('\0'));
      if (!stretch.empty()) end_zeros();
      out.append(stretch);
      if (stretch.size() < text.size()) ++zeros_in_row;
      text.remove_prefix(std::min(text.size(), stretch.size() + 1));
    }
  }

  // Hands on a text as it is where nothing of it is dropped; through `out` otherwise.
  void pass_on(std::string_view text) {
    const bool is_as_it_is =
        !at_start && out.empty() && zeros_in_row == 0 && text.find('\0') == std::string_view::npos;
    if (is_as_it_is && !text.empty()) return sink(text);
    append(text);
    flush();
  }

  // A single NUL stands for a character; more are padding.
  void end_zeros() {
    const bool is_single = std::exchange(zeros_in_row, 0) == 1;
    if (is_single && single_nul == SingleNul::kBroken) append_broken();
  }
  void append_broken() {
    append_utf8(out, 0xFFFD);
    ++replaced;
  }

  void feed_utf8(std::string_view text, bool last);
  void feed_icu(std::string_view text, bool last);
  void append_units(const UChar* begin, const UChar* end);
};

// Passes on what is whole of `held` + `text`.
void TextDecoder::State::feed_utf8(std::string_view text, bool last) {
  const bool was_held = !held.empty();
  if (was_held) {
    held.append(text);
    text = held;
  }
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t bad = find_invalid_utf8(text, at);
    for (; at < bad;) {
      const auto part = text.substr(at, utf8_cut(text.substr(at, bad - at), kPiece - 4));
      pass_on(part);
      at += part.size();
    }
    if (bad == text.size()) break;
    const Utf8Char character = utf8_at(text, bad);
    // Cut off, not broken: the rest comes with the next piece.
    if (!last && bad + character.length == text.size() && text.size() - bad < 4) break;
    append_utf8(out, 0xFFFD);
    ++replaced;
    at = bad + character.length;
    if (out.size() + 4 > kPiece) flush();
  }
  flush();
  if (was_held) {
    held.erase(0, at);
  } else {
    held = text.substr(at);
  }
}

void TextDecoder::State::append_units(const UChar* begin, const UChar* end) {
  for (const UChar* unit = begin; unit != end; ++unit) {
    char32_t code = *unit;
    if (high_surrogate != 0) {
      const char32_t high = std::exchange(high_surrogate, UChar{0});
      if (code >= 0xDC00 && code < 0xE000) {
        append_utf8(out, 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00));
        continue;
      }
      append_utf8(out, 0xFFFD);
      ++replaced;
    }
    if (code >= 0xD800 && code < 0xDC00) {
      high_surrogate = static_cast<UChar>(code);
    } else if (code == 0) {
      if (!is_wide) ++zeros_in_row;
    } else {
      end_zeros();
      const bool is_control = code >= 0x80 && code < 0xA0 && !is_wide;
      if (is_control && code == 0x85 && is_ebcdic) {
        out.push_back('\n');
      } else if (is_control) {
        append_broken();
      } else {
        append_utf8(out, code);
      }
    }
  }
}

void TextDecoder::State::feed_icu(std::string_view text, bool last) {
  // Not kMaxUnits from the beginning: most texts are those of a cell or a name.
  constexpr std::size_t kFewUnits = 64;
  const std::size_t wanted = std::clamp(text.size(), kFewUnits, kMaxUnits);
  if (units.size() < wanted) units.resize(wanted);
  const char* in = text.data();
  const char* const end = in + text.size();
  UErrorCode error = U_BUFFER_OVERFLOW_ERROR;
  while (error == U_BUFFER_OVERFLOW_ERROR) {
    error = U_ZERO_ERROR;
    UChar* unit = units.data();
    ucnv_toUnicode(converter.get(), &unit, units.data() + units.size(), &in, end, nullptr, last,
                   &error);
    append_units(units.data(), unit);
    flush();
  }
  // The callback mends what cannot be decoded; anything else is a bug or no memory.
  if (U_FAILURE(error)) {
    throw Failure(Outcome::kInternal, std::string("ICU: ") + u_errorName(error));
  }
}

TextDecoder::TextDecoder(std::string_view charset, Sink sink, SingleNul single_nul)
    : state_(std::make_unique<State>()) {
  state_->sink = std::move(sink);
  state_->single_nul = single_nul;
  detail::OpenCharset open = detail::open_charset(charset, &state_->replaced);
  if (!open.converter) {
    throw Failure(Outcome::kInternal, "no encoding is called '" + std::string(charset) + "'");
  }
  state_->is_utf8 = equal_ignoring_ascii_case(open.icu_name, "UTF-8");
  if (state_->is_utf8) return;
  state_->is_wide = open.icu_name.starts_with("UTF-");
  state_->is_ebcdic = open.is_ebcdic;
  state_->converter = std::move(open.converter);
}

TextDecoder::~TextDecoder() = default;
TextDecoder::TextDecoder(TextDecoder&&) noexcept = default;
TextDecoder& TextDecoder::operator=(TextDecoder&&) noexcept = default;

void TextDecoder::feed(std::span<const std::uint8_t> bytes) {
  const char* const data = reinterpret_cast<const char*>(bytes.data());
  // In steps, since `held` and what ICU makes of one must stay small.
  for (std::size_t at = 0; at < bytes.size(); at += kPiece) {
    const std::string_view step(data + at, std::min(kPiece, bytes.size() - at));
    state_->is_utf8 ? state_->feed_utf8(step, false) : state_->feed_icu(step, false);
  }
}

void TextDecoder::finish() {
  state_->is_utf8 ? state_->feed_utf8({}, true) : state_->feed_icu({}, true);
  if (std::exchange(state_->high_surrogate, UChar{0}) != 0) {
    append_utf8(state_->out, 0xFFFD);
    ++state_->replaced;
    state_->flush();
  }
}

std::uint64_t TextDecoder::replaced() const {
  return state_->replaced;
}

namespace {

// Whether a text is UTF-8 throughout and nothing in it could make a detector think otherwise: no
// NULs, as wide encodings have them, and no escapes of the 7-bit ones.
bool is_plainly_utf8(std::string_view text) {
  return text.find('\0') == std::string_view::npos && text.find('\x1B') == std::string_view::npos &&
         text.find("~{") == std::string_view::npos && is_valid_utf8(text);
}

}  // namespace

DecodedText decode_text(std::span<const std::uint8_t> bytes, std::string_view declared,
                        SingleNul single_nul) {
  DecodedText text;
  std::string_view whole(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (is_plainly_utf8(whole)) {
    while (whole.starts_with(kMark)) whole.remove_prefix(kMark.size());
    text.charset = "UTF-8";
    text.utf8 = whole;
    return text;
  }
  CharsetDetector detector;
  detector.feed(bytes);
  text.charset = detector.charset(declared);
  text.utf8.reserve(bytes.size());
  TextDecoder decoder(
      text.charset, [&text](std::string_view piece) { text.utf8.append(piece); }, single_nul);
  decoder.feed(bytes);
  decoder.finish();
  text.replaced = decoder.replaced();
  return text;
}

namespace {

// Hands the source to `take`, piece by piece.
template <class Take>
void read_source(Job& job, Take&& take) {
  std::vector<std::uint8_t> buffer(std::size_t{1} << 20);
  for (std::uint64_t offset = 0;;) {
    job.check_cancelled();
    const std::size_t got = job.read(offset, buffer);
    if (got == 0) return;
    take(std::span<const std::uint8_t>(buffer.data(), got));
    offset += got;
  }
}

}  // namespace

SourceText SourceText::in_charset(Job& job, std::string_view chosen) {
  if (chosen.empty() || chosen == "auto") {
    SourceText text(job);
    if (detail::is_told_by_evidence(text.charset())) {
      job.warn("guessed-charset",
               "the text was read as " + text.charset() +
                   ", by its letters; the option charset can name another encoding",
               Severity::kNote);
    }
    return text;
  }
  if (!is_known_charset(chosen)) {
    throw Failure(Outcome::kUnsupported,
                  "the option charset is '" + std::string(chosen) + "', which is no encoding");
  }
  return SourceText(job, std::string(chosen), 0);
}

SourceText::SourceText(Job& job, std::string_view declared) : job_(job) {
  CharsetDetector detector;
  read_source(job_, [&](std::span<const std::uint8_t> bytes) { detector.feed(bytes); });
  charset_ = detector.charset(declared.empty() ? job_.declared_charset() : declared);
}

std::uint64_t SourceText::decode(const TextDecoder::Sink& sink) {
  TextDecoder decoder(charset_, sink);
  read_source(job_, [&](std::span<const std::uint8_t> bytes) { decoder.feed(bytes); });
  decoder.finish();
  return decoder.replaced();
}

}  // namespace sluice
