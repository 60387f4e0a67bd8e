// SPDX-License-Identifier: Apache-2.0
#include "csv/delimiter.hpp"

#include <array>
#include <sluice/plugin.hpp>
#include <sluice/url.hpp>

#include "csv/row_reader.hpp"

namespace sluice::csv {
namespace {

constexpr std::size_t kRows = 100;

// How many of the first rows have as many cells as the first, in percent; 0 if that is one.
std::size_t consistency(std::string_view sample, char delimiter) {
  std::size_t first = 0;
  std::size_t rows = 0;
  std::size_t same = 0;
  RowReader reader(delimiter, [&](const RowReader::Cells& cells) {
    if (rows == kRows) return;
    if (rows++ == 0) first = cells.size();
    same += cells.size() == first ? 1 : 0;
  });
  try {
    reader.feed(sample);
    reader.finish();
  } catch (const Failure&) {
    return 0;  // more columns than any table has
  }
  return first < 2 || rows == 0 ? 0 : same * 100 / rows;
}

}  // namespace

char guess_delimiter(std::string_view sample) {
  // Without the last line, which may be cut off, if there is another.
  const auto end = sample.find_last_of("\r\n");
  if (end != std::string_view::npos && end > 0) sample = sample.substr(0, end);
  // The rarer a character is inside of cells, the earlier it comes: the first of equals wins.
  char best = ',';
  std::size_t best_score = 0;
  for (const char candidate : {'\t', ';', '|', ','}) {
    const std::size_t score = consistency(sample, candidate);
    if (score > best_score) {
      best = candidate;
      best_score = score;
    }
  }
  return best;
}

std::optional<char> named_delimiter(std::string_view sample) {
  const auto line = sample.substr(0, sample.find_first_of("\r\n"));
  constexpr std::string_view kPrefix = "sep=";
  if (line.size() != kPrefix.size() + 1 || line.back() == '"' || line.back() == ' ' ||
      !equal_ignoring_ascii_case(line.substr(0, kPrefix.size()), kPrefix)) {
    return std::nullopt;
  }
  return line.back();
}

}  // namespace sluice::csv
