// SPDX-License-Identifier: Apache-2.0
#include "mail/body/html_page.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/counted.hpp>

#include "html/hidden_text.hpp"
#include "html/layout.hpp"
#include "html/links.hpp"
#include "html/main_content.hpp"
#include "html/metadata.hpp"
#include "html/parse.hpp"
#include "html/to_markdown.hpp"
#include "mail/text_size.hpp"

namespace sluice::mail {

using html::Dom;
using html::NodeId;
using html::Tag;

namespace {

template <class Visit>
void visit_shown(const html::Chapter& page, const Visit& visit) {
  for (NodeId i = 1; i < page.dom.size();) {
    const bool is_out = (page.marks[i] & (html::kHidden | html::kDropped)) != 0;
    if (!is_out) visit(i);
    i = is_out ? page.dom[i].end : i + 1;
  }
}

bool is_within_page(std::string_view href) {
  const std::string_view bare = trimmed(href);
  return bare.starts_with('#') && bare.size() > 1;
}

}  // namespace

HtmlPage::HtmlPage(std::string utf8) : page_(1) {
  html::Chapter& page = page_[0];
  page.path = "message";
  page.dom = html::parse_html(std::move(utf8));
  page.marks = html::mark_layout(page.dom, html::Hidden::kSkip);
  // A page that shows nothing by its own rules is shown with all that it hides.
  if ((page.marks[html::kRootNode] & html::kHasContent) == 0) {
    page.marks = html::mark_layout(page.dom, html::Hidden::kShow);
  }
  page.ids = html::ids_of(page.dom);
  visit_shown(page, [&](NodeId i) {
    if (page.dom[i].tag == Tag::kText) text_size_ += size_of_text(page.dom.text(i));
  });
}

void HtmlPage::drop_furniture(Job& job) {
  const html::DroppedBlocks dropped =
      html::drop_boilerplate(page_[0].dom, html::MainContent::kAuto, page_[0].marks);
  if (dropped.words == 0) return;
  job.warn("left-out", "left out " + counted(dropped.blocks, "block") + ", " +
                           counted(dropped.words, "word") + " around the page's text");
}

void HtmlPage::set_metadata(Job& job) const {
  html::set_metadata(page_[0].dom, job);
}

bool HtmlPage::has_structure() const {
  bool found = false;
  visit_shown(page_[0], [&](NodeId i) {
    const Tag tag = page_[0].dom[i].tag;
    found = found || html::is_heading(tag) || tag == Tag::kLi ||
            (page_[0].marks[i] & html::kDataTable) != 0;
  });
  return found;
}

bool HtmlPage::shows_inline_images() const {
  bool found = false;
  visit_shown(page_[0], [&](NodeId i) {
    found =
        found || (page_[0].dom[i].tag == Tag::kImg &&
                  starts_with_ignoring_ascii_case(html::image_address(page_[0].dom, i), "cid:"));
  });
  return found;
}

void HtmlPage::write(const TakeImage& take_image, Job& job, MarkdownWriter& out) const {
  html::tell_hidden_text(page_[0].dom, page_[0].marks, job);
  const Dom& dom = page_[0].dom;
  const html::References references(page_);
  const html::StyleSheet styles(dom.css);
  html::Rendering rendering;
  rendering.style_sheets = {&styles};
  rendering.base = html::base_url(dom);
  rendering.take_image = take_image;
  rendering.link_target = [&](std::string_view href) {
    if (is_within_page(href)) return references.target(0, href);
    return html::leads_somewhere(href) ? html::resolve(rendering.base, href) : std::string();
  };
  rendering.note_label = [&](NodeId node) { return references.note_label(0, node); };
  rendering.repeats_call = [&](NodeId node) { return references.repeats_call(0, node); };
  html::write_markdown(dom, page_[0].marks, rendering, job, out);
}

}  // namespace sluice::mail
