// SPDX-License-Identifier: Apache-2.0
//
// What stands before an item of a list.
#pragma once

#include <cstdint>
#include <optional>
#include <sluice/markdown_writer.hpp>
#include <string_view>
#include <vector>

#include "../story.hpp"

namespace sluice::pdf {

enum class MarkerKind : std::uint8_t { kBullet, kNumber, kLetter };

struct ListMarker {
  MarkerKind kind = MarkerKind::kBullet;
  std::int64_t number = 0;  // of kNumber
  std::uint32_t bytes = 0;  // of the marker and the blanks after it
  Task task = Task::kNone;  // of a box to tick
  // Of kLetter: one that a list begins with; one that may as well begin a name.
  bool is_first = false;
  bool may_be_initial = false;
  bool is_outline = false;  // "3.1."
};

// The marker that a line begins with, followed by a blank and more.
std::optional<ListMarker> list_marker_of(std::string_view line);

// Whether a line begins with a box to tick, an item or not.
bool begins_with_box(std::string_view text);

// The letter o of a typewriter, before other text.
bool is_hollow_bullet(const Story& story, const std::vector<Face>& faces, const Line& line);
// Whether the number after `number` begins a line below line `index`, at the same place: a list may
// begin with any.
bool counts_on_below(const Story& story, std::uint32_t index, std::int64_t number);

}  // namespace sluice::pdf
