// SPDX-License-Identifier: Apache-2.0
//
// From bytes in some encoding to UTF-8. Detection never fails and decoding never throws away what
// it cannot read: such bytes become U+FFFD and are counted.
//
// How the encoding is chosen; the first that fits wins:
//   1. a byte order mark (UTF-8, UTF-16, UTF-32; GB18030 has one too)
//   2. the shape of UTF-16 or UTF-32 without a mark: zero bytes at the right places in much of it,
//      or wide line ends in what is no UTF-8; a stray zero byte makes no text wide
//   3. ISO-2022-JP, -KR and HZ escapes in text that is 7-bit otherwise
//   4. UTF-8, valid throughout, or with few broken places among many good ones
//   5. the declared encoding, if it is known and can decode the sample
//   6. EBCDIC, by where its blanks, letters and digits stand
//   7. cp866, if its letters make Russian words and those of other Cyrillic encodings do not
//   8. what uchardet makes of the sample, if it can decode it
//   9. windows-1252
// Under 5 and 8, ISO 8859 with controls at 0x80 to 0x9F is the Windows encoding of its letters.
//
// Declared names mean what they mean on the web (WHATWG Encoding, section 4.2): iso-8859-1 is
// windows-1252, gb2312 is gb18030, shift_jis is windows-31j and so on, since files use the larger
// set under the smaller one's name.
//
// In every decoded text: no byte order mark at its start; no NUL (two or more in a row, or at the
// end, are the padding of records and are dropped; a single one is a broken place); no control of
// 0x80 to 0x9F from an encoding of single bytes (a broken place, too; EBCDIC's next line is a line
// end); line ends as they were.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

// What a NUL with no other beside it is: a broken place of a text; nothing in markup, as browsers
// have it.
enum class SingleNul { kBroken, kDropped };

struct DecodedText {
  std::string utf8;
  std::string charset;         // the encoding it was decoded from, by a name that ICU knows
  std::uint64_t replaced = 0;  // places that could not be decoded and are U+FFFD now
};

// Detects and decodes a whole text in memory. `declared`: the encoding that a header or the text
// itself names, or empty. Linear in the size of `bytes`.
DecodedText decode_text(std::span<const std::uint8_t> bytes, std::string_view declared = {},
                        SingleNul single_nul = SingleNul::kBroken);

// Chooses an encoding for a text that is fed piece by piece. Keeps at most 192 KiB of it: the
// start, and the surroundings of the first byte that is not ASCII.
class CharsetDetector {
 public:
  CharsetDetector();
  ~CharsetDetector();
  CharsetDetector(CharsetDetector&&) noexcept;
  CharsetDetector& operator=(CharsetDetector&&) noexcept;

  // The next piece of the text, of any size.
  void feed(std::span<const std::uint8_t> bytes);
  // The encoding of what was fed, by a name that TextDecoder takes. `declared` as in decode_text.
  std::string charset(std::string_view declared = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Decodes a text piece by piece, in memory that does not grow with it.
class TextDecoder {
 public:
  // Gets the text in pieces of whole characters, at most 64 KiB each, valid during the call.
  using Sink = std::function<void(std::string_view utf8)>;

  // `charset`: from CharsetDetector, or any name ICU knows. Throws Failure(kInternal) for another.
  TextDecoder(std::string_view charset, Sink sink, SingleNul single_nul = SingleNul::kBroken);
  ~TextDecoder();
  TextDecoder(TextDecoder&&) noexcept;
  TextDecoder& operator=(TextDecoder&&) noexcept;

  // The next piece, of any size. What the sink throws comes out of here.
  void feed(std::span<const std::uint8_t> bytes);
  // The end of the text: a character that was cut off becomes U+FFFD.
  void finish();
  // Places replaced by U+FFFD so far.
  std::uint64_t replaced() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Whether `name` is an encoding that TextDecoder takes, under the web's meaning of names.
bool is_known_charset(std::string_view name);

class Job;

// A job's source as text of any size: read in pieces of 1 MiB, never mapped, so memory stays
// bounded.
class SourceText {
 public:
  // Reads the source once to detect its encoding. `declared`: what the text itself names; if that
  // is empty, what the job's transport declared. `job` must outlive it. Throws Failure (io,
  // cancelled).
  explicit SourceText(Job& job, std::string_view declared = {});
  // In the encoding that the user named with an option; "auto" or empty: as above, without one.
  // Gives a note where the encoding is one that only its evidence tells (EBCDIC, cp866). Throws
  // Failure (unsupported) too, for a name that is no encoding.
  static SourceText in_charset(Job& job, std::string_view chosen);

  // The encoding, by a name that TextDecoder takes.
  const std::string& charset() const { return charset_; }

  // Reads the source once more and decodes it into `sink`. Can be called again, for work in several
  // passes. Asks the job between pieces whether to stop. Returns how many places became U+FFFD.
  // Throws Failure (io, cancelled) and what the sink throws.
  std::uint64_t decode(const TextDecoder::Sink& sink);

 private:
  SourceText(Job& job, std::string charset, int) : job_(job), charset_(std::move(charset)) {}

  Job& job_;
  std::string charset_;
};

}  // namespace sluice
