// SPDX-License-Identifier: Apache-2.0
#include "markdown/converter.hpp"

#include <algorithm>
#include <sluice/blanks.hpp>
#include <sluice/charset.hpp>
#include <sluice/counted.hpp>
#include <sluice/defects.hpp>
#include <sluice/images.hpp>
#include <sluice/options.hpp>
#include <string>
#include <string_view>

#include "markdown/body.hpp"
#include "markdown/destinations.hpp"
#include "markdown/front_matter.hpp"

namespace sluice::markdown_plugin {
namespace {

void keep_front_matter(Job& job, const FrontMatter& front) {
  const std::string fence = fence_for(front.written);
  job.write(fence + std::string(front.language) + "\n");
  job.write(front.written);
  job.write(fence + "\n\n");
}

}  // namespace

void MarkdownConverter::convert(Job& job) {
  const Options options(job.options());
  DecodedText decoded = decode_text(job.source(), job.declared_charset());
  normalize_line_ends(decoded.utf8);
  warn_of_undecodable(job, decoded.replaced, decoded.charset);
  std::string_view text = decoded.utf8;
  const FrontMatter front = read_front_matter(text);
  text.remove_prefix(front.size);
  const bool in_text = options.get_string("front_matter") == "keep";
  const bool is_handed_over =
      !in_text && (front.entries.empty() || job.set_front_matter(front.entries));
  if (!front.written.empty() && (!front.complete || !is_handed_over)) {
    keep_front_matter(job, front);
  }
  // The empty lines that set the text off from its front matter go with it.
  if (front.size > 0) text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));

  const Findings found = find_destinations(text);
  if (!is_blank(found.title)) job.set_metadata("title", found.title);
  if (found.unplaced > 0) {
    job.warn(
        "unplaced-image",
        counted(found.unplaced, "image link could not be placed in the text and stays as it is",
                "image links could not be placed in the text and stay as they are"));
  }
  ImageCollector images(job);
  const bool with_images = options.get_bool("images");
  write_body(job, text, found, [&](std::string_view destination) {
    return with_images ? images.collect(destination) : std::nullopt;
  });
  if (is_blank(text)) {
    job.finish_as(Outcome::kEmpty, front.size > 0 ? "there is nothing but front matter in the file"
                                                  : "there is no text in the file");
  }
}

Canary MarkdownConverter::canary() const {
  return {"# Canary\r\n\r\ncaf\xC3\xA9 [link](a.md)\r\n", "canary.md", "text/markdown",
          "# Canary\n\ncaf\xC3\xA9 [link](a.md)\n"};
}

}  // namespace sluice::markdown_plugin
