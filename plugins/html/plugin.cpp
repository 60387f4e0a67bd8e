// SPDX-License-Identifier: Apache-2.0
#include <sluice/plugin.hpp>

#include "converter.hpp"
#include "feed/feed_converter.hpp"
#include "webarchive/converter.hpp"

SLUICE_PLUGIN("html", "1.0.0", {"html", sluice::make_converter<sluice::html::HtmlConverter>},
              {"feed", sluice::make_converter<sluice::html::FeedConverter>},
              {"webarchive", sluice::make_converter<sluice::html::WebArchiveConverter>})
