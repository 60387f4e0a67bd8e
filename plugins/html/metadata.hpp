// SPDX-License-Identifier: Apache-2.0
//
// What a page says about itself: title, author, dates, language, description.
#pragma once

#include <sluice/plugin.hpp>

#include "dom.hpp"

namespace sluice::html {

// Sets the job's metadata from `<title>`, `<meta>` (plain, Open Graph, Dublin Core, schema.org),
// `<time>`, `<html lang>` and the first `<h1>`.
void set_metadata(const Dom& dom, Job& job);

}  // namespace sluice::html
