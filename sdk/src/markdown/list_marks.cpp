// SPDX-License-Identifier: Apache-2.0
#include <sluice/list_marks.hpp>
#include <sluice/utf8.hpp>

namespace sluice {

Bullet bullet_of(char32_t c) {
  switch (c) {
    case 0x2022:  // bullet
    case 0x25A0:  // black square
    case 0x25AA:  // black small square
    case 0x25CB:  // white circle
    case 0x25CF:  // black circle
    case 0x25E6:  // white bullet
    case 0x27A2:  // three-d arrowhead, Word's
      return Bullet::kSure;
    case '*':
    case '-':
    case 0x00B7:  // middle dot
    case 0x2013:  // en dash
    case 0x2014:  // em dash
    case 0x2023:  // triangular bullet
    case 0x2043:  // hyphen bullet
    case 0x2192:  // rightwards arrow
    case 0x2219:  // bullet operator
    case 0x25A1:  // white square
    case 0x25AB:  // white small square
    case 0x25B6:  // black right-pointing triangle
    case 0x25BA:  // black right-pointing pointer
    case 0x25C6:  // black diamond
    case 0x2666:  // black diamond suit
    case 0x2713:  // check mark
    case 0x2714:  // heavy check mark
    case 0x274F:  // shadowed white square
    case 0x2751:  // the same, other side
    case 0x2756:  // four black diamonds
    case 0x2794:  // heavy rightwards arrow
      return Bullet::kPossible;
    default:
      return task_of(c) == Task::kNone ? Bullet::kNone : Bullet::kBox;
  }
}

Task task_of(char32_t box) {
  switch (box) {
    case 0x2610:  // ballot box
    case 0x2B1C:  // white large square, which Word's own check boxes can show
      return Task::kOpen;
    case 0x2611:  // ballot box with check
    case 0x2612:  // ballot box with x, Word's
      return Task::kDone;
    default:
      return Task::kNone;
  }
}

TaskBox task_box_of(std::string_view text) {
  std::size_t size = 0;
  if (text.empty()) return {};
  const Task task = task_of(next_char(text, size));
  return task == Task::kNone ? TaskBox{} : TaskBox{task, size};
}

}  // namespace sluice
