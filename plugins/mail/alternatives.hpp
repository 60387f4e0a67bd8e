// SPDX-License-Identifier: Apache-2.0
//
// Which of the forms of one text is shown (RFC 2046, 5.1.4). The rules, in order:
//   1. the user's choice, if that form says anything
//   2. HTML, if the plain text is a stub: says less than half of what the HTML does ("your program
//      cannot show this message")
//   3. plain, if the HTML says less than half of it: a picture of a text, a page that scripts fill
//   4. HTML, if it shows pictures of the message, which plain text cannot place
//   5. HTML, if it has headings, lists or tables of data
//   6. plain: what the author, or a program for readers, laid out as text
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <sluice/plugin.hpp>
#include <string_view>

#include "mail/body/html_page.hpp"
#include "mail/mime/message.hpp"

namespace sluice::mail {

enum class Preference : std::uint8_t { kAuto, kPlain, kHtml };

// The user's choice: the option "body".
Preference preference_of(Job& job);

// `plain_size`: as size_of_text counts it.
bool prefers_html(Preference preference, std::size_t plain_size, const HtmlPage& html);

// Whether a part is a form of a text that a message may show.
bool is_plain_form(const Part& part);
bool is_html_form(const Part& part);

// The first part below `id`, or `id` itself, that is one of these and no attachment.
using IsForm = bool (*)(const Part&);
std::optional<PartId> find_form(const Message& message, PartId id, IsForm is_form);

bool is_attachment(const Part& part);

}  // namespace sluice::mail
