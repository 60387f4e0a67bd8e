// SPDX-License-Identifier: Apache-2.0
#include "converter.hpp"

#include <sluice/charset.hpp>
#include <sluice/counted.hpp>
#include <sluice/images.hpp>
#include <sluice/options.hpp>
#include <sluice/plugin.hpp>

#include "habits/redirects.hpp"
#include "layout.hpp"
#include "links.hpp"
#include "main_content.hpp"
#include "metadata.hpp"
#include "parse.hpp"
#include "references.hpp"
#include "source.hpp"
#include "to_markdown.hpp"

namespace sluice::html {
namespace {

MainContent main_content_of(Job& job) {
  const std::string value = Options(job.options()).get_string("main_content");
  if (value == "always") return MainContent::kAlways;
  return value == "never" ? MainContent::kNever : MainContent::kAuto;
}

constexpr const char* kThisPage = "page";

// Scripts hang on links to `#` alone.
bool is_within_page(std::string_view href) {
  const std::size_t begin = href.find_first_not_of(" \t\r\n\f");
  return begin != std::string_view::npos && href[begin] == '#' && href.size() > begin + 1;
}

void report(const LeftOut& left_out, MainContent mode, Job& job) {
  if (left_out.words == 0) return;
  job.warn("left-out",
           "left out " + counted(left_out.blocks, "block") + ", " +
               counted(left_out.words, "word") +
               (mode == MainContent::kAuto ? " around the page's text" : " beside the article") +
               "; to keep them, set [plugin.html] main_content = \"never\"");
}

std::vector<std::uint8_t> choose(const Dom& dom, MainContent mode, Job& job) {
  auto marks = mark_layout(dom, Hidden::kSkip);
  if ((marks[kRootNode] & kHasContent) == 0) {
    return mark_layout(dom, Hidden::kShow);
  }
  report(drop_boilerplate(dom, mode, marks), mode, job);
  return marks;
}

// For links from other pages.
void name_anchors(const Chapter& page, const References& references, Job& job) {
  for (const auto& [id, node] : page.ids) {
    const std::string anchor = references.anchor_of(0, id);
    if (!anchor.empty() && anchor != id) job.name_anchor(id, anchor);
  }
}

}  // namespace

// Takes what has a tag near its start; the text converter is there for the rest.
void HtmlConverter::convert(Job& job) {
  const MainContent mode = main_content_of(job);
  const bool unwrap = Options(job.options()).get_bool("unwrap_redirects");
  const auto bytes = job.source();
  std::string declared(job.declared_charset());
  if (declared.empty()) declared = declared_charset(bytes);
  DecodedText decoded = decode_text(bytes, declared, SingleNul::kDropped);
  std::vector<Chapter> page(1);
  page[0].path = kThisPage;
  page[0].dom = parse_html(std::move(decoded.utf8));
  const Dom& dom = page[0].dom;
  job.check_cancelled();
  set_metadata(dom, job);
  page[0].marks = choose(dom, mode, job);
  page[0].ids = ids_of(dom);
  const References references(page);

  ImageCollector images(job);
  const StyleSheet styles(dom.css);
  Rendering rendering;
  rendering.style_sheets = {&styles};
  rendering.base = base_url(dom);
  rendering.take_image = [&images](std::string_view address) { return images.collect(address); };
  rendering.link_target = [&](std::string_view href) {
    if (is_within_page(href)) return references.target(0, href);
    if (!leads_somewhere(href)) return std::string();
    std::string target = resolve(rendering.base, href);
    return unwrap ? behind_redirect(target) : target;
  };
  rendering.note_label = [&](NodeId node) { return references.note_label(0, node); };
  rendering.repeats_call = [&](NodeId node) { return references.repeats_call(0, node); };
  MarkdownWriter out(job);
  write_markdown(dom, page[0].marks, rendering, job, out);
  out.finish();
  name_anchors(page[0], references, job);

  if (dom.truncated) {
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
