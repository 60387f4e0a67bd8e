// SPDX-License-Identifier: Apache-2.0
//
// Links that lead to a search engine, a social network or a mail gateway first, which counts them
// and sends their readers on.
#pragma once

#include <string>
#include <string_view>

namespace sluice::html {

// Where such a link leads in the end; `url` itself if it is none.
std::string behind_redirect(std::string_view url);

}  // namespace sluice::html
