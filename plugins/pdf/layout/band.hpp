// SPDX-License-Identifier: Apache-2.0
//
// A band: rows that the same gutters part, and what stands between these gutters, counted once.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "gutters.hpp"

namespace sluice::pdf {

struct Band {
  std::uint32_t first = 0;  // rows, both inclusive
  std::uint32_t last = 0;
  std::vector<Gutter> gutters;  // by x
  float wide = 0;               // in points: gutters that are narrower part cells only
};

// The column, from 0 on, that x is in.
std::size_t column_of(const Band& band, float x);

// A line of a column, its gaps included.
struct ColumnLine {
  Box box;
  float chars;
};

struct ColumnFacts {
  std::uint32_t pieces = 0;
  std::uint32_t items = 0;    // pieces that begin with a bullet
  std::uint32_t goes_on = 0;  // pieces below another that begin with a small letter
  std::uint32_t follows = 0;  // pieces below another
  float chars = 0;
  float width = 0;
  Box box;
  std::vector<ColumnLine> each;

  bool is_prose() const;
  // Most lines reach both edges, with more letters or fewer.
  bool is_justified() const;
  float mean_chars() const { return pieces == 0 ? 0 : chars / static_cast<float>(pieces); }
};

struct BandFacts {
  std::vector<ColumnFacts> columns;
  std::uint32_t rows = 0;
  std::uint32_t shared = 0;  // rows with text in two or more columns
  std::uint32_t led = 0;     // of these, with dots that lead from one to the next
  bool has_obstacle = false;

  float share() const {
    return rows == 0 ? 0 : static_cast<float>(shared) / static_cast<float>(rows);
  }
  std::size_t prose_columns() const;
  // Items of lists in two columns or more: lists side by side, not a table of them.
  bool has_lists() const;
  // Few cells are filled, as of words in a drawing.
  bool is_sparse() const;
};

BandFacts facts_of(const Segments& segments, const std::vector<Row>& rows, const Band& band);

// The band without rows above and below in which no gutter parts anything: they are not of a table.
Band narrowed(const Segments& segments, const std::vector<Row>& rows, const Band& band);

}  // namespace sluice::pdf
