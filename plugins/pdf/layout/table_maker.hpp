// SPDX-License-Identifier: Apache-2.0
//
// Tables of a page into the story: what is inside a grid of rules, and what stands in columns
// without any.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "aligned_tables.hpp"
#include "grid_rules.hpp"
#include "lines.hpp"
#include "trace.hpp"

namespace sluice::pdf {

class TableMaker {
 public:
  // All must outlive it.
  TableMaker(const PageContent& page, const std::vector<Face>& faces, Story& story,
             LineMaker& lines, const RuleSettings& settings)
      : page_(page), faces_(faces), story_(story), lines_(lines), settings_(settings) {}

  void set_turned(bool turned) { turned_ = turned; }

  // Takes the words inside the grid out of `chosen` and returns the table's index in the story;
  // nothing where the rules are a frame, or what they part is no table.
  std::optional<std::uint32_t> make_ruled(const Grid& grid, std::vector<std::uint32_t>& chosen);
  std::uint32_t make_aligned(const Segments& segments, const AlignedTable& aligned);

 private:
  struct CellRange {
    std::size_t first;
    std::size_t end;
  };

  bool is_table(const Grid& grid, const GridText& text) const;
  std::uint32_t add_ruled(const Grid& grid, const GridText& text);
  void add_ruled_row(const Grid& grid, const GridText& text, CellRange range,
                     const std::vector<std::uint16_t>& column_number, Table& table);
  std::vector<float> shared_baselines(const Grid& grid, CellRange range,
                                      const std::vector<Segments>& cells) const;
  bool any_is_figures(CellRange range, const std::vector<Segments>& cells) const;
  bool is_rest_of_figure(const Segments& segments, const Segment& above, const Segment& rest) const;
  void make_lines(const Segments& segments, const std::vector<std::uint32_t>& chosen, float width);
  bool is_bold(std::uint32_t word) const { return faces_[page_.words[word].face].bold; }
  void turn_columns(Table& table) const;

  const PageContent& page_;
  const std::vector<Face>& faces_;
  Story& story_;
  LineMaker& lines_;
  const RuleSettings& settings_;
  std::vector<std::uint32_t> words_;
  bool turned_ = false;
};

}  // namespace sluice::pdf
