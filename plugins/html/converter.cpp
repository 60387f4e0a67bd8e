// SPDX-License-Identifier: Apache-2.0
#include "converter.hpp"

#include <sluice/charset.hpp>
#include <sluice/images.hpp>
#include <sluice/plugin.hpp>

#include "page.hpp"
#include "source.hpp"

namespace sluice::html {

// Takes what has a tag near its start; the text converter is there for the rest.
void HtmlConverter::convert(Job& job) {
  ImageCollector images(job);
  PageSettings settings = page_settings(job);
  settings.take_image = [&images](std::string_view, std::string_view address) {
    return images.collect(address);
  };
  const auto bytes = job.source();
  std::string declared(job.declared_charset());
  if (declared.empty()) declared = declared_charset(bytes);
  MarkdownWriter out(job);
  const PageEnd end =
      write_page(decode_text(bytes, declared, SingleNul::kDropped).utf8, settings, job, out);
  out.finish();
  if (end.is_truncated) {
    job.warn("too-many-elements", "the page has too many elements; its end is missing");
    job.finish_as(Outcome::kPartial, "the page has too many elements; its end is missing");
  } else if (!out.has_content()) {
    job.finish_as(Outcome::kEmpty, "the page shows no text and no images");
  }
}

// In an encoding that needs ICU's tables.
Canary HtmlConverter::canary() const {
  return {"<meta charset=shift_jis><h1>Canary</h1><p>\x83\x4a\x83\x69\x83\x8a\x83\x41 <b>bold</b>",
          "canary.html", "text/html",
          "# Canary\n\n\xE3\x82\xAB\xE3\x83\x8A\xE3\x83\xAA\xE3\x82\xA2 **bold**\n"};
}

}  // namespace sluice::html
