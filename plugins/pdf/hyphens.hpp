// SPDX-License-Identifier: Apache-2.0
//
// Hyphens at the ends of lines: those that the line made go, those of the word stay. The document's
// own words decide: "well-" and "known" are joined with their hyphen if the document elsewhere has
// "well-known".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "story.hpp"

namespace sluice::pdf {

class Hyphens {
 public:
  // Learns the words of the document.
  explicit Hyphens(const Story& story);
  // Whether the hyphen that ends `before` (its last word) is the word's own, when `next` follows.
  bool is_kept(std::string_view before, std::string_view next) const;

 private:
  bool is_compound(const std::string& left, const std::string& right) const;
  static std::uint64_t hash(std::string_view word);
  std::unordered_set<std::uint64_t> words_;
};

// A hyphen at the end of a line that may have been put there by breaking it.
bool ends_in_hyphen(std::string_view line, std::size_t& bytes);

}  // namespace sluice::pdf
