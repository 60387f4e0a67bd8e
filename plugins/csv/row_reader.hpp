// SPDX-License-Identifier: Apache-2.0
//
// Rows of a CSV text (RFC 4180 and what is found instead) that comes in pieces. Holds one row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "csv/line_marks.hpp"

namespace sluice::csv {

// What a row and a line may hold. More in one line ends the conversion; a row that goes on for
// longer over several lines has a quote that was never meant as one.
inline constexpr std::size_t kMaxRowBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMaxColumns = 16'384;

class RowReader {
 public:
  // Gets each row that has a cell, valid during the call.
  using Cells = std::vector<std::string_view>;
  using Sink = std::function<void(const Cells& cells)>;

  RowReader(char delimiter, Sink sink);
  ~RowReader();
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;

  // The next piece of the text (UTF-8), of any size. Throws Failure(kLimit) for a line or a number
  // of columns over the limit, and what the sink throws.
  void feed(std::string_view text);
  void finish();

  // Rows that were read without quoting, because a quote in them never closed.
  std::uint64_t unclosed_quotes() const { return unclosed_quotes_; }

 private:
  class Parser;
  enum class Quotes { kMean, kLiteral };

  std::size_t read_plain_line(std::string_view text);
  // `text`: a line without its end.
  void line(std::string_view text);
  void split(std::string_view text);
  // `text`: a line with its end.
  void parse(std::string_view text, Quotes quotes);
  void reread_open_row();

  const char delimiter_;
  const LineMarks marks_;
  const Sink sink_;
  Cells cells_;  // of a line without quotes
  std::unique_ptr<Parser> parser_;
  std::string ended_line_;
  std::string partial_line_;
  std::string open_row_;  // the lines of the row that has not ended
  bool after_cr_ = false;
  std::uint64_t unclosed_quotes_ = 0;
};

}  // namespace sluice::csv
