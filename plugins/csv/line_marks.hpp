// SPDX-License-Identifier: Apache-2.0
//
// Where the bytes stand that mean something to a row: delimiters, quotes, line ends. A block of 64
// bytes is looked at as a whole, since cells are too short for a search for each.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace sluice::csv {

class LineMarks {
 public:
  static constexpr std::size_t kBlock = 64;

  LineMarks(char delimiter, char quote) : delimiter_(delimiter), quote_(quote) {}

  // A bit for each of the first 64 bytes of `text`, set where a mark stands.
  std::uint64_t in(std::string_view text) const {
#ifdef __SSE2__
    if (text.size() >= kBlock) return in_block(text.data());
#endif
    std::uint64_t found = 0;
    for (std::size_t i = 0; i < std::min(text.size(), kBlock); ++i) {
      found |= std::uint64_t{is_mark(text[i])} << i;
    }
    return found;
  }

 private:
  bool is_mark(char c) const {
    return c == delimiter_ || c == quote_ || c == '\n' || c == '\r';
  }

#ifdef __SSE2__
  std::uint64_t in_block(const char* bytes) const {
    constexpr std::size_t kPart = 16;
    std::uint64_t found = 0;
    for (std::size_t i = 0; i < kBlock; i += kPart) {
      const __m128i part = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i));
      const auto equal = [part](char c) { return _mm_cmpeq_epi8(part, _mm_set1_epi8(c)); };
      const __m128i marks = _mm_or_si128(_mm_or_si128(equal(delimiter_), equal(quote_)),
                                         _mm_or_si128(equal('\n'), equal('\r')));
      found |= std::uint64_t{static_cast<std::uint16_t>(_mm_movemask_epi8(marks))} << i;
    }
    return found;
  }
#endif

  char delimiter_;
  char quote_;
};

}  // namespace sluice::csv
