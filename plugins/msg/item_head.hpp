// SPDX-License-Identifier: Apache-2.0
//
// Who wrote an item of Outlook to whom, and what an appointment or a contact has instead of a text.
#pragma once

#include <sluice/markdown_writer.hpp>

#include "mail/head.hpp"
#include "msg/properties.hpp"

namespace sluice::msg {

mail::Head head_of(const Item& item);

// A line for each thing that appointments and contacts have: begin and end, phones, company.
void write_details(const Item& item, MarkdownWriter& out);

}  // namespace sluice::msg
