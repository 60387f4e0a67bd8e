// SPDX-License-Identifier: Apache-2.0
#include "markdown/converter.hpp"

#include <algorithm>
#include <sluice/blanks.hpp>
#include <sluice/charset.hpp>
#include <sluice/images.hpp>
#include <sluice/options.hpp>
#include <sluice/url.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "markdown/destinations.hpp"
#include "markdown/front_matter.hpp"

namespace sluice::markdown_plugin {
namespace {

// CRLF and CR become LF, in place.
void normalize_line_ends(std::string& text) {
  std::size_t out = text.find('\r');
  if (out == std::string::npos) return;
  for (std::size_t at = out; at < text.size(); ++at) {
    const bool crlf = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if (crlf) continue;
    text[out++] = text[at] == '\r' ? '\n' : text[at];
  }
  text.resize(out);
}

// A fence that no line of `text` can close.
std::string fence_for(std::string_view text) {
  std::size_t longest = 2;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(longest + 1, '`');
}

void keep_front_matter(Job& job, const FrontMatter& front) {
  const std::string fence = fence_for(front.written);
  job.write(fence + std::string(front.language) + "\n");
  job.write(front.written);
  job.write(fence + "\n\n");
}

// What stands in the place of a destination: a link to an asset, or a text.
struct Splice {
  std::size_t offset;
  std::size_t size;
  sluice_asset asset = 0;
  std::string text = {};
};

// A destination that leads nowhere, as near to what it was as can be.
std::string dead_destination(std::string_view script) {
  std::string out;
  for (const char c : script) {
    if (c == ':') {
      out += "%3A";
    } else {
      out += c;
    }
  }
  return runs_script(out) || out.find('&') != std::string::npos ? "#" : out;
}

std::vector<Splice> collect_images(Job& job, std::string_view text, const Findings& found,
                                   bool with_images) {
  std::vector<Splice> splices;
  ImageCollector images(job);
  for (const Destination& image : found.images) {
    job.check_cancelled();
    const std::string_view url = image.value(text);
    const auto asset = with_images ? images.collect(url) : std::nullopt;
    if (asset) {
      splices.push_back({image.offset, image.size, *asset, {}});
    } else if (runs_script(url)) {
      splices.push_back(
          {image.offset, image.size, 0, dead_destination(text.substr(image.offset, image.size))});
    }
  }
  return splices;
}

void write_spliced(Job& job, std::string_view text, const std::vector<Splice>& splices) {
  std::size_t from = 0;
  for (const Splice& splice : splices) {
    // Reference definitions inside raw HTML cannot be, but nothing may ever be written twice.
    if (splice.offset < from) continue;
    job.write(text.substr(from, splice.offset - from));
    if (splice.asset != 0) {
      job.link(splice.asset);
    } else {
      job.write(splice.text);
    }
    from = splice.offset + splice.size;
  }
  job.write(text.substr(from));
}

// As it is, but for links to assets and destinations that would run a script.
void write_body(Job& job, std::string_view text, const Findings& found, bool with_images) {
  if (found.unplaced_scripts > 0) {
    // One that cannot be taken out must not be live either.
    job.warn("script-link",
             "a link would run a script and could not be taken out: the text is "
             "kept as code");
    const std::string fence = fence_for(text);
    job.write(fence + "\n");
    job.write(text);
    job.write((text.ends_with('\n') ? "" : "\n") + fence + "\n");
    return;
  }
  std::vector<Splice> splices = collect_images(job, text, found, with_images);
  for (const Destination& script : found.scripts) {
    splices.push_back(
        {script.offset, script.size, 0, dead_destination(text.substr(script.offset, script.size))});
  }
  // An image that was collected stays before a script at the same place.
  std::stable_sort(splices.begin(), splices.end(),
                   [](const Splice& a, const Splice& b) { return a.offset < b.offset; });
  if (!found.scripts.empty()) {
    job.warn("script-link", std::to_string(found.scripts.size()) +
                                " links would run a script and lead nowhere now");
  }
  write_spliced(job, text, splices);
}

}  // namespace

void MarkdownConverter::convert(Job& job) {
  const Options options(job.options());
  DecodedText decoded = decode_text(job.source(), job.declared_charset());
  normalize_line_ends(decoded.utf8);
  if (decoded.replaced > 0) {
    job.warn("undecodable", std::to_string(decoded.replaced) + " places are not " +
                                decoded.charset + " and were replaced");
  }
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
    job.warn("unplaced-image",
             std::to_string(found.unplaced) +
                 " image links could not be placed in the text and stay as they are");
  }
  write_body(job, text, found, options.get_bool("images"));
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
