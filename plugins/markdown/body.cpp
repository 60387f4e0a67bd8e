// SPDX-License-Identifier: Apache-2.0
#include "markdown/body.hpp"

#include <algorithm>
#include <optional>
#include <sluice/counted.hpp>
#include <sluice/heading_anchor.hpp>
#include <sluice/url.hpp>
#include <string>
#include <vector>

namespace sluice::markdown_plugin {
namespace {

// A link to another source, as Job::DocumentLink has it.
struct SourceLink {
  std::string path;
  std::string fragment;
  std::string before;
  std::string after;
  bool by_name = false;
};

// What stands in the place of a destination: a link to an asset or to another source, or a text.
struct Splice {
  std::size_t offset;
  std::size_t size;
  sluice_asset asset = 0;
  std::string text = {};
  std::optional<SourceLink> link = std::nullopt;
  std::string alt = {};  // of an embedded picture, which has more around its destination
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

// A destination that is a relative path, and one by name.
SourceLink link_of(std::string_view destination) {
  const FileLink file = file_link(destination).value_or(FileLink());
  return {.path = file.path, .fragment = file.fragment, .before = {}, .after = {}};
}

SourceLink link_of(const WikiLink& wiki) {
  SourceLink link;
  link.path = wiki.target;
  // "/Note" counts from the folder of all notes, which only a name can find.
  link.path.erase(0, link.path.find_first_not_of('/'));
  link.by_name = !link.path.starts_with("./") && !link.path.starts_with("../");
  // A block has no anchor of a heading.
  const bool is_block = wiki.fragment.starts_with('^');
  link.fragment = is_block ? std::string(wiki.fragment) : heading_anchor(wiki.fragment);
  link.before = (wiki.is_embedded ? "![" : "[") +
                (wiki.label.empty() ? shown_text(wiki) : std::string(wiki.label)) + "](";
  link.after = ")";
  return link;
}

bool is_picture(const WikiLink& link) {
  static constexpr std::string_view kExtensions[] = {"avif", "bmp",  "emf",  "gif", "heic",
                                                     "ico",  "jpeg", "jpg",  "png", "svg",
                                                     "tif",  "tiff", "webp", "wmf"};
  const std::string_view extension = link.target.substr(link.target.rfind('.') + 1);
  return link.is_embedded && extension.size() < link.target.size() &&
         std::any_of(std::begin(kExtensions), std::end(kExtensions), [&](std::string_view one) {
           return equal_ignoring_ascii_case(extension, one);
         });
}

// Its name, and the size that Obsidian reads behind a bar there.
std::string alt_of(const WikiLink& link) {
  std::string alt = shown_text(link);
  if (!link.label.empty()) alt.append("|").append(link.label);
  return alt;
}

std::vector<Splice> collect_images(Job& job, std::string_view text, const Findings& found,
                                   const TakeImage& take_image) {
  std::vector<Splice> splices;
  for (const Destination& image : found.images) {
    job.check_cancelled();
    const std::string_view url = image.value(text);
    const auto asset = take_image(url);
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
      if (!splice.alt.empty()) job.write("![" + splice.alt + "](");
      job.link(splice.asset);
      if (!splice.alt.empty()) job.write(")");
    } else if (splice.link) {
      const SourceLink& link = *splice.link;
      job.link_document({link.path, link.fragment, text.substr(splice.offset, splice.size),
                         link.before, link.after, link.by_name});
    } else {
      job.write(splice.text);
    }
    from = splice.offset + splice.size;
  }
  job.write(text.substr(from));
}

}  // namespace

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

std::string fence_for(std::string_view text) {
  std::size_t longest = 2;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(longest + 1, '`');
}

void write_body(Job& job, std::string_view text, const Findings& found, const TakeImage& take_image,
                const FindPlace& find_place) {
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
  std::vector<Splice> splices = collect_images(job, text, found, take_image);
  for (const Destination& script : found.scripts) {
    splices.push_back(
        {script.offset, script.size, 0, dead_destination(text.substr(script.offset, script.size))});
  }
  for (const Destination& link : found.links) {
    splices.push_back({link.offset, link.size, 0, {}, link_of(link.value(text))});
  }
  for (const Destination& place : found.places) {
    auto other = find_place ? find_place(place.value(text)) : std::nullopt;
    if (other) splices.push_back({place.offset, place.size, 0, std::move(*other)});
  }
  for (const WikiLink& link : found.wiki_links) {
    const auto picture =
        is_picture(link) ? take_image(".../" + std::string(link.target)) : std::nullopt;
    if (picture) {
      splices.push_back({link.offset, link.size, *picture, {}, std::nullopt, alt_of(link)});
    } else {
      splices.push_back({link.offset, link.size, 0, {}, link_of(link)});
    }
  }
  // An image that was collected stays before a script at the same place.
  std::stable_sort(splices.begin(), splices.end(),
                   [](const Splice& a, const Splice& b) { return a.offset < b.offset; });
  if (!found.scripts.empty()) {
    job.warn("script-link",
             counted(found.scripts.size(), "link would run a script and leads nowhere now",
                     "links would run a script and lead nowhere now"));
  }
  write_spliced(job, text, splices);
}

}  // namespace sluice::markdown_plugin
