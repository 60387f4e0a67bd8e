// SPDX-License-Identifier: Apache-2.0
//
// A whole page to Markdown, with its metadata, its anchors and a warning about what is left out:
// a file of its own, or the page of a web archive.
#pragma once

#include <functional>
#include <optional>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>

#include "main_content.hpp"

namespace sluice::html {

struct PageSettings {
  MainContent main_content = MainContent::kAuto;
  bool unwrap_redirects = false;
  // Where the page was, if what holds it says so: relative links are resolved against it.
  std::string address;
  // Whether the page's own title, author and dates become metadata.
  bool sets_metadata = true;
  // Makes an asset of an image's address as it stands in the page. REQUIRED. `base` is the page's
  // `<base href>`, or else its address.
  std::function<std::optional<sluice_asset>(std::string_view base, std::string_view address)>
      take_image;
};

// Those of the job's options `main_content` and `unwrap_redirects`.
PageSettings page_settings(Job& job);

struct PageEnd {
  bool is_truncated = false;  // the page has too many elements
};

// Writes the page `utf8`. Does not call out.finish(). Throws Failure.
PageEnd write_page(std::string utf8, const PageSettings& settings, Job& job, MarkdownWriter& out);

}  // namespace sluice::html
