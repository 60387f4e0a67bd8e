// SPDX-License-Identifier: Apache-2.0
#include "xlsx/print_margins.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/utf8.hpp>

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
        std::size_t size = 1;
        const char32_t letter = next_char(rest_, size);
        rest_.remove_prefix(size);
        if (letter < 0x80) field(ascii_upper(static_cast<char>(letter)));
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
    if (letter == 'K') skip_color();
    if (is_ascii_digit(static_cast<unsigned char>(letter))) {  // a size
      skip(std::min(rest_.find_first_not_of("0123456789"), rest_.size()));
    }
    if (letter == 'D' || letter == 'T' || letter == 'A' || letter == 'F' || letter == 'Z')
      part_ += ' ';
  }

  // "FF0000", or a theme's color and its tint: "01+000".
  void skip_color() {
    constexpr std::size_t kSize = 6;
    const std::size_t end = rest_.find_first_not_of("0123456789ABCDEFabcdef+-");
    skip(std::min(end, kSize));
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
