// SPDX-License-Identifier: Apache-2.0
#include "salvage.hpp"

namespace sluice::pdf {
namespace {

constexpr std::size_t kMaxHeadBytes = 4096;  // from an object's head to its type

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The digits that end at `end`, which moves to their start; blanks before `end` are skipped.
std::string_view number_before(std::string_view file, std::size_t& end) {
  while (end > 0 && (file[end - 1] == ' ' || file[end - 1] == '\n' || file[end - 1] == '\r')) --end;
  const std::size_t stop = end;
  while (end > 0 && is_digit(file[end - 1])) --end;
  return file.substr(end, stop - end);
}

}  // namespace

std::string trailer_for(std::string_view file) {
  for (std::size_t at = file.rfind("/Catalog"); at != std::string_view::npos && at > 0;
       at = file.rfind("/Catalog", at - 1)) {
    const std::size_t from = at > kMaxHeadBytes ? at - kMaxHeadBytes : 0;
    const std::size_t head = file.substr(from, at - from).rfind(" obj");
    if (head == std::string_view::npos) continue;
    std::size_t end = from + head;
    const std::string_view generation = number_before(file, end);
    const std::string_view number = number_before(file, end);
    if (number.empty() || number.size() > 8 || generation.empty() || generation.size() > 5)
      continue;
    return "\ntrailer\n<< /Root " + std::string(number) + " " + std::string(generation) +
           " R >>\nstartxref\n0\n%%EOF\n";
  }
  return {};
}

}  // namespace sluice::pdf
