// SPDX-License-Identifier: Apache-2.0
//
// A whole message as a note.
#pragma once

#include <sluice/plugin.hpp>
#include <string_view>

namespace sluice::mail {

// Writes the note of a message: its head, its text, and what is attached. `source` is the message
// from its header on, and must live until this returns. Throws Failure(kMalformed) if it has no
// header.
void convert_message(std::string_view source, Job& job);

}  // namespace sluice::mail
