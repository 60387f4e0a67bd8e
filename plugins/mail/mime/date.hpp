// SPDX-License-Identifier: Apache-2.0
//
// Dates of mail (RFC 5322, sections 3.3 and 4.3) as ISO 8601.
#pragma once

#include <string>
#include <string_view>

namespace sluice::mail {

// "2024-03-01T10:00:00+01:00"; without an offset where the date has none. Empty for what is no
// date. Also reads what is ISO 8601 already, and the order of ctime ("Fri Mar  1 10:00:00 2024").
std::string iso_date_of_mail(std::string_view value);

}  // namespace sluice::mail
