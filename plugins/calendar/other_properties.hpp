// SPDX-License-Identifier: Apache-2.0
//
// Properties that have no place of their own in what is written: each is shown under its name, so
// that what a standard adds is not lost, unless it speaks to programs alone.
#pragma once

#include <string>
#include <vector>

#include "calendar/content_lines.hpp"

namespace sluice::calendar {

struct OtherProperty {
  std::string label;  // "Contact uri"
  const Property* property;
};

// Of an event, task, note or contact, in the order of the file.
std::vector<OtherProperty> other_properties(const Component& component);

}  // namespace sluice::calendar
