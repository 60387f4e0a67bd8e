// SPDX-License-Identifier: Apache-2.0
#include "story.hpp"

namespace sluice::pdf {

std::string Story::text_of(const Line& line) const {
  // Spans of a line follow each other in the text.
  if (line.spans == 0) return {};
  const Span& first = spans[line.first_span];
  const Span& last = spans[line.first_span + line.spans - 1];
  return text.substr(first.text, last.text + last.bytes - first.text);
}

}  // namespace sluice::pdf
