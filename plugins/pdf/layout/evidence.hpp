// SPDX-License-Identifier: Apache-2.0
//
// What a segment of text is and how it begins and ends, noted once: the evidence by which a region
// is read across or down (see labels.hpp and aligned_tables.hpp).
#pragma once

#include <string_view>
#include <vector>

#include "segments.hpp"

namespace sluice::pdf {

void note_evidence(const PageContent& page, const std::vector<Face>& faces, Segments& segments);

// Makes two of the segment, the first of so many words; returns the other's index. Both get their
// evidence anew.
std::uint32_t part_segment(Segments& segments, std::uint32_t index, std::uint32_t words);
// Of a word by its place in Segments::words.
// "// what it does": the text of a comment in an algorithm.
bool is_comment(std::string_view text);

std::string_view word_text(const Segments& segments, std::uint32_t word);
const Box& word_box(const Segments& segments, std::uint32_t word);

// "1.", "1.1", "2.4.1.", "(a)", "§ 5", "Art. 3": the number of a clause, and nothing else.
bool is_clause_number(std::string_view text);
// "2019 - 2023", "March 2024", "01.03.2024": a date or a span of time, and nothing else.
bool is_date(std::string_view text);

}  // namespace sluice::pdf
