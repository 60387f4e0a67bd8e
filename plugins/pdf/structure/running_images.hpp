// SPDX-License-Identifier: Apache-2.0
//
// Logos and watermarks: pictures that are at one place of page after page. One is enough.
#pragma once

#include "../story.hpp"

namespace sluice::pdf {

// Marks each but the first of a picture that is at the same place of three pages or more; returns
// how many it marked.
std::uint32_t mark_running_images(Story& story);

}  // namespace sluice::pdf
