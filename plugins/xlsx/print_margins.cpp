// SPDX-License-Identifier: Apache-2.0
#include "xlsx/print_margins.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

namespace sluice::xlsx {
namespace {

// The left, middle and right parts, one after another.
class MarginReader {
 public:
  explicit MarginReader(std::string_view code) : rest_(code) {}

  std::string read() {
    while (!rest_.empty()) {
      if (rest_[0] != '&' || rest_.size() == 1) {
        part_ += rest_[0];
        rest_.remove_prefix(1);
      } else {
        const char letter = ascii_upper(rest_[1]);
        rest_.remove_prefix(2);
        field(letter);
      }
    }
    end_part();
    return one_line(text_);
  }

 private:
  void field(char letter) {
    if (letter == 'L' || letter == 'C' || letter == 'R') return end_part();
    if (letter == 'P' || letter == 'N') counts_pages_ = true;
    if (letter == '&') part_ += '&';
    if (letter == '"') skip(std::min(rest_.find('"'), rest_.size()) + 1);  // a font
    if (letter == 'K') skip(6);                                            // a color
    if (is_ascii_digit(static_cast<unsigned char>(letter))) {              // a size
      skip(std::min(rest_.find_first_not_of("0123456789"), rest_.size()));
    }
    if (letter == 'D' || letter == 'T' || letter == 'A' || letter == 'F' || letter == 'Z')
      part_ += ' ';
  }

  void skip(std::size_t count) { rest_.remove_prefix(std::min(count, rest_.size())); }

  void end_part() {
    if (!counts_pages_ && has_word(part_)) text_ += part_ + ' ';
    counts_pages_ = false;
    part_.clear();
  }

  std::string_view rest_;
  std::string part_;
  std::string text_;
  bool counts_pages_ = false;
};

}  // namespace

std::string text_of_margin(std::string_view code) {
  return MarginReader(code).read();
}

}  // namespace sluice::xlsx
