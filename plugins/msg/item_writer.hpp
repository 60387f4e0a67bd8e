// SPDX-License-Identifier: Apache-2.0
//
// A message of Outlook as Markdown: its head, the best form of its text, pictures in their place,
// and each attachment as a document of its own.
#pragma once

#include <sluice/plugin.hpp>

#include "mail/alternatives.hpp"
#include "msg/properties.hpp"

namespace sluice::msg {

// `item` must hold what its attachments read from. Concludes the job.
void write_item(const Item& item, mail::Preference preference, Job& job);

}  // namespace sluice::msg
