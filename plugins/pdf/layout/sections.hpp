// SPDX-License-Identifier: Apache-2.0
//
// Where tables without rules begin and end: a band of rows may hold the text above a table, or two
// tables, that happen to leave the same strips of paper free.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "band.hpp"
#include "trace.hpp"

namespace sluice::pdf {

// Names of the rules here, as in a trace.
//
// An address block, a bold line "Invoice", and the items of the invoice share a gutter: where what
// is above a heading or a wide gap crosses the gutters below it, these are two.
inline constexpr std::string_view kOtherColumnsBelow = "other-columns-below";
// The upper lines of a table's head have text over some columns only ("weighted" over "school"),
// and are above the rows that the gutters part.
inline constexpr std::string_view kHeadAbove = "head-above";
// Where a table begins with a line of bold names, a second such line further down is the head of
// another table, though no text stands between them. So are names that are apart from the figures
// above them.
inline constexpr std::string_view kHeadAgain = "head-again";

// The first row of the band with which another table begins by its head (kHeadAgain).
std::optional<std::uint32_t> head_again(const Segments& segments, const std::vector<Row>& rows,
                                        const Band& band);

// Headings side by side, each where the text of its column begins: those of cards, not of the page.
inline constexpr std::string_view kHeadsOfColumns = "heads-of-columns";
// A caption may be set in two columns, as the text below it is, in another size.
inline constexpr std::string_view kCaptionOverColumns = "caption-over-columns";

// Whether the band's first row is such headings.
bool are_heads_of_columns(const Segments& segments, const std::vector<Row>& rows, const Band& band);
// Ends the band where text of another size goes on below paper that crosses all of its columns.
void cut_off_text_below_captions(const Segments& segments, const std::vector<Row>& rows,
                                 const RuleSettings& settings, Band& band);

// Rows inside the band with which another table may begin: headings, and rows below a wide gap.
std::vector<std::uint32_t> section_starts(const Segments& segments, const std::vector<Row>& rows,
                                          const Band& band);

// Whether text of the band's rows that stand side by side crosses one of the gutters; not if they
// are the head of a table.
bool cross(const Segments& segments, const std::vector<Row>& rows, const Band& band,
           const std::vector<Gutter>& gutters);

// Takes the lines of the head that are above the band into it.
void add_head_above(const Segments& segments, const std::vector<Row>& rows, Band& band);

// The first row of the table's body: figures that are no years stand in most of its columns. The
// second row where no row is such.
std::uint32_t body_of(const Segments& segments, const std::vector<Row>& rows, const Band& band);

}  // namespace sluice::pdf
