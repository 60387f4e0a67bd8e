// SPDX-License-Identifier: Apache-2.0
#include "page.hpp"

#include <sluice/counted.hpp>
#include <sluice/options.hpp>
#include <sluice/plugin.hpp>

#include "habits/redirects.hpp"
#include "hidden_text.hpp"
#include "layout.hpp"
#include "links.hpp"
#include "metadata.hpp"
#include "parse.hpp"
#include "references.hpp"
#include "to_markdown.hpp"

namespace sluice::html {
namespace {

constexpr const char* kThisPage = "page";

// Scripts hang on links to `#` alone.
bool is_within_page(std::string_view href) {
  const std::size_t begin = href.find_first_not_of(" \t\r\n\f");
  return begin != std::string_view::npos && href[begin] == '#' && href.size() > begin + 1;
}

void report(const DroppedBlocks& dropped, MainContent mode, Job& job) {
  if (dropped.words == 0) return;
  job.warn("left-out",
           "left out " + counted(dropped.blocks, "block") + ", " + counted(dropped.words, "word") +
               (mode == MainContent::kAuto ? " around the page's text" : " beside the article") +
               "; to keep them, set [plugin.html] main_content = \"never\"");
}

std::vector<std::uint8_t> choose(const Dom& dom, MainContent mode, Job& job) {
  auto marks = mark_layout(dom, Hidden::kSkip);
  if ((marks[kRootNode] & kHasContent) == 0) {
    return mark_layout(dom, Hidden::kShow);
  }
  report(drop_boilerplate(dom, mode, marks), mode, job);
  tell_hidden_text(dom, marks, job);
  return marks;
}

// For links from other pages.
void name_anchors(const Chapter& page, const References& references, Job& job) {
  for (const auto& [id, node] : page.ids) {
    const std::string anchor = references.anchor_of(0, id);
    if (!anchor.empty() && anchor != id) job.name_anchor(id, anchor);
  }
}

// `address#id` in a page that knows its own address is `#id`.
std::string_view without_own_address(std::string_view href, std::string_view address) {
  const bool is_own = !address.empty() && href.size() > address.size() &&
                      href.starts_with(address) && href[address.size()] == '#';
  return is_own ? href.substr(address.size()) : href;
}

}  // namespace

PageSettings page_settings(Job& job) {
  const Options options(job.options());
  PageSettings settings;
  const std::string value = options.get_string("main_content");
  if (value == "always") settings.main_content = MainContent::kAlways;
  if (value == "never") settings.main_content = MainContent::kNever;
  settings.unwrap_redirects = options.get_bool("unwrap_redirects");
  return settings;
}

PageEnd write_page(std::string utf8, const PageSettings& settings, Job& job, MarkdownWriter& out) {
  std::vector<Chapter> page(1);
  page[0].path = kThisPage;
  page[0].dom = parse_html(std::move(utf8));
  const Dom& dom = page[0].dom;
  job.check_cancelled();
  if (settings.sets_metadata) set_metadata(dom, job);
  page[0].marks = choose(dom, settings.main_content, job);
  page[0].ids = ids_of(dom);
  const References references(page);

  const StyleSheet styles(dom.css);
  const std::string declared_base = base_url(dom);
  const std::string base = declared_base.empty() ? settings.address : declared_base;
  Rendering rendering;
  rendering.style_sheets = {&styles};
  // A page that says where it was has its pictures there, unless what holds it has them.
  if (settings.address.empty()) rendering.base = declared_base;
  rendering.take_image = [&](std::string_view address) {
    return settings.take_image(base, address);
  };
  rendering.link_target = [&](std::string_view href) {
    const std::string_view within = without_own_address(href, settings.address);
    if (is_within_page(within)) return references.target(0, within);
    if (!leads_somewhere(href)) return std::string();
    std::string target = resolve(base, href);
    return settings.unwrap_redirects ? behind_redirect(target) : target;
  };
  rendering.note_label = [&](NodeId node) { return references.note_label(0, node); };
  rendering.repeats_call = [&](NodeId node) { return references.repeats_call(0, node); };
  write_markdown(dom, page[0].marks, rendering, job, out);
  name_anchors(page[0], references, job);
  return {dom.truncated};
}

}  // namespace sluice::html
