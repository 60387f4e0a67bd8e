// The lines of a text as 64-bit prints: enough to find out later which lines of another text are
// the same, at a fraction of the text's size. A print includes the line end, so that a last line
// without one is another line.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// Of one line, with its line end if it has one.
std::uint64_t line_print(std::string_view line);

// A text in pieces, of any size: no line need be whole in one of them.
class LinePrints {
 public:
  void update(std::string_view bytes);
  // All lines so far, packed, for unpack_line_prints(). Empty lines take almost no room. Nothing if
  // there are more than kMaxPrintedLines.
  std::optional<std::string> finish();

  // A text with more lines is a table or a log that nobody edits by hand; its prints would take 8
  // MB.
  static constexpr std::uint64_t kMaxPrintedLines = 1'000'000;

 private:
  friend std::uint64_t line_print(std::string_view line);

  void feed(std::string_view bytes);
  std::uint64_t end_line();

  // What of the current line makes no whole word yet.
  std::array<char, 8> word_{};
  std::size_t word_size_ = 0;
  std::uint64_t length_ = 0;
  std::uint64_t state_ = 0;
  std::uint64_t empty_lines_ = 0;  // in a row, not yet packed
  std::uint64_t lines_ = 0;
  std::string packed_;
};

// The prints of all lines; nothing if `packed` is not what finish() makes.
std::optional<std::vector<std::uint64_t>> unpack_line_prints(std::string_view packed);

}  // namespace sluice
