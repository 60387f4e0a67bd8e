// SPDX-License-Identifier: Apache-2.0
#include "paragraph_tags.hpp"

#include "sentences.hpp"

namespace sluice::pdf {
namespace {

constexpr std::uint32_t kLeastParted = 4;  // a sentence or two may be parted by a figure

}  // namespace

bool are_lines_tagged(const Story& story) {
  std::uint32_t parted = 0;
  std::uint32_t joined = 0;
  const Line* before = nullptr;
  for (const Line& line : story.lines) {
    const Line* last = before;
    before = &line;
    if (last == nullptr || line.element < 0 || last->element < 0) continue;
    if (line.role != Role::kParagraph || last->role != Role::kParagraph) continue;
    if (line.column != last->column || line.page != last->page) continue;
    if (line.element == last->element) {
      ++joined;
    } else if (begins_lower(story.text_of(line)) && !ends_sentence(story.text_of(*last))) {
      ++parted;
    }
  }
  return parted >= kLeastParted && parted > joined;
}

}  // namespace sluice::pdf
