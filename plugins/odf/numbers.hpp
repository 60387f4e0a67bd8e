// SPDX-License-Identifier: Apache-2.0
//
// The numbers of list items and headings: counters that run along with the document.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "odf/styles.hpp"

namespace sluice::odf {

// How an item is marked.
struct Label {
  enum class Kind : std::uint8_t {
    kBullet,
    kNumber,   // what Markdown can write: "3." or "3)"
    kLiteral,  // anything else: "a)", "iv.", "1.2"
    kNone,
  };
  Kind kind = Kind::kBullet;
  std::int64_t number = 1;
  std::string text;
};

// The counters of one list, one for each level.
class Counters {
 public:
  // The next number of `level` (from 0 on); those below it begin anew.
  void advance(const ListStyle& style, std::size_t level);
  // The next number will be this one, or the nearest that a list may begin with.
  void restart(std::size_t level, std::int64_t number);
  Label label(const ListStyle& style, std::size_t level) const;

 private:
  std::array<std::int64_t, kListLevels> values_{};
  std::array<bool, kListLevels> is_running_{};
};

// The counters of the lists of a document, so that a list may go on with the numbers of another
// (text:continue-numbering, text:continue-list; ODF 1.3, part 3, 19.780 and 19.781).
class ListNumbers {
 public:
  // Of a list that begins. `continued`: the id of the list that it continues, or empty.
  Counters begin(std::string_view style, bool continues_last, std::string_view continued) const;
  void end(std::string_view style, std::string_view id, const Counters& counters);

 private:
  static constexpr std::size_t kMaxLists = 100'000;
  std::map<std::string, Counters, std::less<>> by_style_;
  std::map<std::string, Counters, std::less<>> by_id_;
};

}  // namespace sluice::odf
