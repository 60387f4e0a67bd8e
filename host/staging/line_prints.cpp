// The print is a fast hash, not a cryptographic one. Who makes two lines of one print can only make
// a merge of his own document keep one of them for the other.
#include "staging/line_prints.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace sluice {
namespace {

// Odd numbers with well spread bits: the fractions of pi, as many hashes use them.
constexpr std::uint64_t kFactor = 0x243f6a8885a308d3;
constexpr std::uint64_t kFinalFactor = 0xa4093822299f31d1;

std::uint64_t mixed(std::uint64_t state, std::uint64_t word) {
  return std::rotl((state ^ word) * kFactor, 29) + word;
}

std::uint64_t word_of(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  if constexpr (std::endian::native == std::endian::big) {
    std::uint64_t swapped = 0;
    for (int i = 0; i < 8; ++i) swapped |= ((word >> (8 * i)) & 0xff) << (8 * (7 - i));
    return swapped;
  }
  return word;
}

void put_number(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>((number & 0x7f) | 0x80);
  out += static_cast<char>(number);
}

// Takes a number off the front; false if there is none.
bool take_number(std::string_view& text, std::uint64_t& number) {
  number = 0;
  for (unsigned shift = 0; shift < 64 && !text.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    number |= std::uint64_t{byte & 0x7fU} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

}  // namespace

void LinePrints::feed(std::string_view bytes) {
  length_ += bytes.size();
  if (word_size_ > 0) {
    const std::size_t size = std::min(bytes.size(), word_.size() - word_size_);
    std::memcpy(word_.data() + word_size_, bytes.data(), size);
    word_size_ += size;
    bytes.remove_prefix(size);
    if (word_size_ < word_.size()) return;
    state_ = mixed(state_, word_of(word_.data()));
    word_size_ = 0;
  }
  for (; bytes.size() >= word_.size(); bytes.remove_prefix(word_.size())) {
    state_ = mixed(state_, word_of(bytes.data()));
  }
  std::memcpy(word_.data(), bytes.data(), bytes.size());
  word_size_ = bytes.size();
}

std::uint64_t LinePrints::end_line() {
  std::fill(word_.begin() + static_cast<std::ptrdiff_t>(word_size_), word_.end(), '\0');
  std::uint64_t print = mixed(mixed(state_, word_of(word_.data())), length_);
  print = (print ^ (print >> 32)) * kFinalFactor;
  print ^= print >> 29;
  word_size_ = 0;
  length_ = 0;
  state_ = 0;
  return print;
}

std::uint64_t line_print(std::string_view line) {
  LinePrints prints;
  prints.feed(line);
  return prints.end_line();
}

// A record is a number and a print: twice the empty lines in front, and one more if a line follows.
void LinePrints::update(std::string_view bytes) {
  while (!bytes.empty() && lines_ <= kMaxPrintedLines) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos) {
      feed(bytes);
      return;
    }
    ++lines_;
    if (end == 0 && length_ == 0) {
      ++empty_lines_;
    } else {
      feed(bytes.substr(0, end + 1));
      put_number(packed_, 2 * std::exchange(empty_lines_, 0) + 1);
      const std::uint64_t print = end_line();
      for (int i = 0; i < 8; ++i) packed_ += static_cast<char>(print >> (8 * i));
    }
    bytes.remove_prefix(end + 1);
  }
}

std::optional<std::string> LinePrints::finish() {
  if (length_ > 0) {
    ++lines_;
    put_number(packed_, 2 * std::exchange(empty_lines_, 0) + 1);
    const std::uint64_t print = end_line();
    for (int i = 0; i < 8; ++i) packed_ += static_cast<char>(print >> (8 * i));
  } else if (empty_lines_ > 0) {
    put_number(packed_, 2 * std::exchange(empty_lines_, 0));
  }
  const bool fits = std::exchange(lines_, 0) <= kMaxPrintedLines;
  std::string packed = std::exchange(packed_, {});
  return fits ? std::optional(std::move(packed)) : std::nullopt;
}

std::optional<std::vector<std::uint64_t>> unpack_line_prints(std::string_view packed) {
  static const std::uint64_t kEmptyLine = line_print("\n");
  std::vector<std::uint64_t> prints;
  while (!packed.empty()) {
    std::uint64_t number = 0;
    if (!take_number(packed, number)) return std::nullopt;
    if (number / 2 > LinePrints::kMaxPrintedLines - prints.size()) return std::nullopt;
    prints.insert(prints.end(), static_cast<std::size_t>(number / 2), kEmptyLine);
    if (number % 2 == 0) continue;
    if (packed.size() < 8 || prints.size() == LinePrints::kMaxPrintedLines) return std::nullopt;
    prints.push_back(word_of(packed.data()));
    packed.remove_prefix(8);
  }
  return prints;
}

}  // namespace sluice
