#include "frame/mutator.h"

#include <algorithm>
#include <array>
#include <random>
#include <string_view>

namespace sluice::fuzz {
namespace {

using Random = std::mt19937_64;

// Not a std::uniform_int_distribution, whose numbers differ between libraries.
std::size_t below(Random& random, std::size_t bound) {
  return bound == 0 ? 0 : static_cast<std::size_t>(random() % bound);
}

// Numbers at the edges of what a reader may count with, little-endian.
constexpr std::array<std::uint64_t, 10> kEdges = {
    0, 1, 0x7F, 0x80, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, ~0ULL >> 1, ~0ULL};
constexpr std::array<std::string_view, 5> kTextNumbers = {"0", "-1", "65536", "4294967296",
                                                          "99999999999999999999"};

void flip_bit(std::string& input, Random& random) {
  if (input.empty()) return;
  char& byte = input[below(random, input.size())];
  byte = static_cast<char>(byte ^ (1 << below(random, 8)));
}

void set_byte(std::string& input, Random& random) {
  if (!input.empty()) input[below(random, input.size())] = static_cast<char>(random());
}

void insert_bytes(std::string& input, Random& random) {
  const std::size_t at = below(random, input.size() + 1);
  input.insert(at, 1 + below(random, 16), static_cast<char>(random()));
}

void erase_range(std::string& input, Random& random) {
  if (input.empty()) return;
  input.erase(below(random, input.size()),
              1 + below(random, std::min<std::size_t>(input.size(), 64)));
}

void repeat_range(std::string& input, Random& random) {
  if (input.empty()) return;
  const std::size_t at = below(random, input.size());
  const std::string range = input.substr(at, 1 + below(random, 128));
  for (std::size_t times = 1 + below(random, 8); times > 0; --times) input.insert(at, range);
}

void cut_off(std::string& input, Random& random) {
  input.resize(below(random, input.size() + 1));
}

void put_edge(std::string& input, Random& random) {
  const std::uint64_t value = kEdges[below(random, kEdges.size())];
  const std::size_t width = std::size_t{1} << below(random, 4);
  if (input.size() < width) return;
  const std::size_t at = below(random, input.size() - width + 1);
  for (std::size_t i = 0; i < width; ++i) input[at + i] = static_cast<char>(value >> (8 * i));
}

void replace_number(std::string& input, Random& random) {
  static constexpr std::string_view kDigits = "0123456789";
  const std::size_t begin = input.find_first_of(kDigits, below(random, input.size() + 1));
  if (begin == std::string::npos) return;
  const std::size_t end = std::min(input.find_first_not_of(kDigits, begin), input.size());
  input.replace(begin, end - begin, kTextNumbers[below(random, kTextNumbers.size())]);
}

void splice(std::string& input, const std::string& other, Random& random) {
  if (other.empty()) return;
  const std::size_t from = below(random, other.size());
  const std::string range = other.substr(from, 1 + below(random, 512));
  const std::size_t at = below(random, input.size() + 1);
  input.replace(at, random() % 2 == 0 ? 0 : std::min(range.size(), input.size() - at), range);
}

void mutate(std::string& input, const std::string& other, Random& random) {
  switch (below(random, 9)) {
    case 0:
      return flip_bit(input, random);
    case 1:
      return set_byte(input, random);
    case 2:
      return insert_bytes(input, random);
    case 3:
      return erase_range(input, random);
    case 4:
      return repeat_range(input, random);
    case 5:
      return cut_off(input, random);
    case 6:
      return put_edge(input, random);
    case 7:
      return replace_number(input, random);
    default:
      return splice(input, other, random);
  }
}

}  // namespace

Mutator::Mutator(std::vector<std::string> seeds, std::size_t max_bytes)
    : seeds_(std::move(seeds)), max_bytes_(max_bytes) {
  if (seeds_.empty()) seeds_.emplace_back();
}

std::string Mutator::make(std::uint64_t number) const {
  Random random(number);
  std::string input = seeds_[number % seeds_.size()];
  for (std::size_t steps = 1 + below(random, 6); steps > 0; --steps) {
    mutate(input, seeds_[below(random, seeds_.size())], random);
  }
  if (input.size() > max_bytes_) input.resize(max_bytes_);
  return input;
}

}  // namespace sluice::fuzz
