// SPDX-License-Identifier: Apache-2.0
//
// The signs that stand before the items of a list: bullets, and boxes to tick.
#pragma once

#include <cstddef>
#include <cstdint>
#include <sluice/markdown_writer.hpp>
#include <string_view>

namespace sluice {

// What a sign at the beginning of a line says.
enum class Bullet : std::uint8_t {
  kNone,
  kSure,      // a bullet wherever it stands: its text may follow without a blank
  kPossible,  // also a sign of its own (dashes, arrows, stars, ticks): a bullet before a blank
  kBox,       // a box to tick: task_of says whether it is
};
Bullet bullet_of(char32_t c);

// What a box says: open for an empty one, done for one that is ticked or crossed; kNone for any
// other character.
Task task_of(char32_t box);

// The box that `text` (UTF-8) begins with, and its size in bytes; {kNone, 0} if with none.
struct TaskBox {
  Task task = Task::kNone;
  std::size_t size = 0;
};
TaskBox task_box_of(std::string_view text);

}  // namespace sluice
