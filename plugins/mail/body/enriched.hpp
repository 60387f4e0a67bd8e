// SPDX-License-Identifier: Apache-2.0
//
// text/enriched (RFC 1896) and text/richtext (RFC 1341) as plain text: the old formats of styled
// mail, which always come beside a plain or an HTML form.
#pragma once

#include <string>
#include <string_view>

namespace sluice::mail {

std::string plain_of_enriched(std::string_view text);

}  // namespace sluice::mail
