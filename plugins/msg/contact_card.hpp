// SPDX-License-Identifier: Apache-2.0
//
// What Outlook knows of a contact ([MS-OXOCNTC]): a line for each thing that a reader of a card
// looks for.
#pragma once

#include "mail/head.hpp"
#include "msg/properties.hpp"

namespace sluice::msg {

void write_contact(const Properties& properties, mail::LabelLines& lines);

}  // namespace sluice::msg
