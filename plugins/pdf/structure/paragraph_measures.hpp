// SPDX-License-Identifier: Apache-2.0
//
// What counts as indented, full or far apart where lines become paragraphs and items.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sluice::pdf {

// Parts of the font's size.
constexpr float kIndent = 0.8F;
constexpr std::uint32_t kCharsOfSentence = 12;
constexpr std::size_t kLinesOfParagraph = 3;  // that tell how it is set
constexpr float kFullEntry = 0.6F;            // of the next line's width: the entry goes on there
constexpr std::size_t kLinesOfItem = 12;      // to look for the next item
constexpr float kLooser = 0.28F;       // added to the usual distance of lines: a new paragraph
constexpr float kLooserWithin = 0.6F;  // the same within a sentence
// Starts of lines, in sizes. Punctuation that hangs out and slanted letters move one by a third.
constexpr float kSameStart = 0.5F;
constexpr float kAtMarker = 0.3F;       // as far left as the marker of an item: no text of it
constexpr float kSameTextSize = 0.08F;  // of the size: one paragraph in two fonts
// Distances of baselines, in sizes, that a paragraph of two lines or of one is thought to have.
constexpr float kWidestStep = 2.5F;
constexpr float kTightestStep = 1.15F;
// Room at the end of a line, in parts of the column: of a full line; of a line that a writer has
// broken, behind a sentence and within one.
constexpr float kFullLine = 0.12F;
constexpr float kRoomAfter = 0.15F;
constexpr float kRoomWithin = 0.5F;
constexpr std::size_t kMaxListLevels = 8;  // levels

}  // namespace sluice::pdf
