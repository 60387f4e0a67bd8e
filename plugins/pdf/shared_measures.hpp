// SPDX-License-Identifier: Apache-2.0
//
// Measures that rules of several files share, so that one file cannot change them without the
// others. Parts of the font's size, where nothing else is said.
#pragma once

#include <cstdint>

namespace sluice::pdf {

constexpr float kLarger = 1.12F;  // a heading, times the text: TeX's \large is 1.2, its \small 0.9
constexpr float kSmallText = 0.88F;  // a superscript, against its line
constexpr float kGutter = 0.75F;     // between columns, and between cells; words are nearer
constexpr float kSetApart = 1.5F;    // a gap in a line, not a blank
constexpr float kGlyphOfCode = 0.6F;
constexpr float kBelowVertical = 0.12F;  // the baseline of a glyph that is written downward
// From baseline to baseline: lines of one cell or one head are seldom farther apart (LibreOffice's
// proportional line spacing of 1.15 gives 1.32 with its fonts). Lines of text may be.
constexpr float kNextLine = 1.45F;
constexpr float kNextLineOfText = 1.5F;

constexpr std::uint32_t kCharsOfProse = 22;  // of a line, as narrow newspaper columns have them
constexpr double kStraight = 0.7;            // points off the axis

}  // namespace sluice::pdf
