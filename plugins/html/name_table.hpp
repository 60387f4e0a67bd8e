// SPDX-License-Identifier: Apache-2.0
//
// Names to values, without a trip to the heap: documents have their names looked up one by one.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace sluice::html {

template <class Value>
class NameTable {
 public:
  struct Row {
    std::string_view name;
    Value value;
  };
  template <std::size_t kRows>
  explicit constexpr NameTable(const Row (&rows)[kRows]) {
    static_assert(kRows * 2 <= kPlaces);
    for (const Row& row : rows) {
      std::size_t at = place_of(row.name);
      while (!rows_[at].name.empty()) at = (at + 1) % kPlaces;
      rows_[at] = row;
    }
  }

  Value find(std::string_view name, Value otherwise) const {
    for (std::size_t at = place_of(name); !rows_[at].name.empty(); at = (at + 1) % kPlaces) {
      if (rows_[at].name == name) return rows_[at].value;
    }
    return otherwise;
  }

 private:
  static constexpr std::size_t kPlaces = 512;

  // The first bytes are enough: names that begin alike differ in length, or are neighbours.
  static constexpr std::size_t place_of(std::string_view name) {
    std::size_t hash = name.size();
    for (const char c : name.substr(0, kHashed)) hash = hash * 31 + static_cast<unsigned char>(c);
    return hash % kPlaces;
  }
  static constexpr std::size_t kHashed = 12;

  std::array<Row, kPlaces> rows_{};
};

}  // namespace sluice::html
