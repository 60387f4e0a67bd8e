// SPDX-License-Identifier: Apache-2.0
#include "odf/text_document.hpp"

#include <sluice/blanks.hpp>
#include <sluice/counted.hpp>
#include <sluice/options.hpp>

#include "odf/block_writer.hpp"
#include "odf/canary.hpp"
#include "odf/convert.hpp"
#include "odf/elements.hpp"
#include "odf/objects.hpp"
#include "odf/probe.hpp"

namespace sluice::odf {
namespace {

Settings settings_of(const Options& options) {
  Settings settings;
  const std::string changes = options.get_string("tracked_changes");
  settings.changes = changes == "all"      ? Changes::kAll
                     : changes == "reject" ? Changes::kReject
                                           : Changes::kAccept;
  settings.comments = options.get_bool("comments");
  settings.hidden_text = options.get_bool("hidden_text");
  settings.page_markers = options.get_bool("page_markers");
  const bool repeats = options.get_string("merged_cells") == "repeat";
  settings.merged_cells = repeats ? SpanFill::kRepeat : SpanFill::kEmpty;
  return settings;
}

// Of the first page; the others often repeat it.
XmlNode first_master_page(XmlNode styles_root) {
  return styles_root.child("office:master-styles").child("style:master-page");
}

// Headers and footers of all page styles but the one whose are written, if there is one.
void count_margins(Context& context, XmlNode written) {
  LeftOut& left = written ? context.left_out.later_margins : context.left_out.margins;
  for (const XmlNode master :
       context.document.styles_root().child("office:master-styles").children("style:master-page")) {
    if (master == written) continue;
    for (const XmlNode margin : master.children()) {
      if (margin.attribute("style:display").as_bool(true)) left.add(plain_text(margin));
    }
  }
}

void write_pages(Context& context, XmlNode body, bool headers_footers) {
  const XmlNode master = first_master_page(context.document.styles_root());
  BlockWriter blocks(context);
  if (headers_footers) blocks.write(master.child("style:header"));
  blocks.write(body);
  if (headers_footers) blocks.write(master.child("style:footer"));
  blocks.write_notes();
  count_margins(context, headers_footers ? master : XmlNode());
}

// The first paragraph with the style of titles, if the properties have no title.
std::string title_in_text(XmlNode body, Styles& styles) {
  std::string title;
  for (const XmlNode node : body.children("text:p")) {
    if (styles.paragraph(value_of(node, "text:style-name")).role == Role::kTitle)
      title = plain_text(node);
    if (!title.empty()) break;
  }
  return title;
}

}  // namespace

bool TextConverter::probe(const Probe& input) {
  return can_be_opendocument(input);
}

void TextConverter::convert(Job& job) {
  Document document(job);
  convert_text(job, document, Options(job.options()), "odt");
}

void convert_text(Job& job, Document& document, const Options& options, std::string_view id) {
  document.read_content();
  const XmlNode body = document.body();
  const bool is_formula = named(body, "math:math");
  if (!is_formula && !named(body, "office:text")) refuse_body(body.name());
  MarkdownWriter out(job);
  Context context(job, document, out, embedded_of(options));
  context.settings = settings_of(options);
  context.styles = Styles({document.content_root(), document.styles_root()});
  set_metadata(job, document.meta());
  if (!document.defect().empty()) {
    context.defects.add(document.defect());
    job.warn("damaged-document", document.defect());
  }
  if (is_formula) {
    out.math(tex_of_math(body), MathLayout::kDisplay);
    out.end_paragraph();
  } else {
    const std::string pages(
        value_of(document.meta().child("meta:document-statistic"), "meta:page-count"));
    if (!pages.empty()) job.set_metadata("pages", pages);
    if (is_blank(document.meta().child_value("dc:title"))) {
      const std::string title = title_in_text(body, context.styles);
      if (!title.empty()) job.set_metadata("title", one_line(title));
    }
    MarkdownWriter nowhere;
    Context rehearsal(job, document, nowhere, Embedded::kNamed);
    rehearsal.is_rehearsal = true;
    rehearsal.settings = context.settings;
    rehearsal.styles = context.styles;
    rehearsal.changes.read(body.child("text:tracked-changes"));
    context.anchors = Anchors(body, rehearsal);
    context.anchors.name_bookmarks(job);
    write_pages(context, body, options.get_bool("headers_footers"));
  }
  context.left_out.tell(job, id);
  context.objects.tell(id);
  context.defects.conclude(
      job, out, out.has_content(),
      context.left_out.why_empty("the document has no text and no pictures", id));
}

Canary TextConverter::canary() const {
  return {kCanary, "canary.fodt", "application/vnd.oasis.opendocument.text-flat-xml",
          kCanaryMarkdown};
}

}  // namespace sluice::odf
