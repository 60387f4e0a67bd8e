// SPDX-License-Identifier: Apache-2.0
#include "docx/converter.hpp"

#include <set>
#include <sluice/counted.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/opc.hpp>
#include <sluice/options.hpp>
#include <string>
#include <string_view>

#include "docx/canary.hpp"
#include "docx/document.hpp"
#include "docx/notes_writer.hpp"
#include "docx/objects.hpp"
#include "docx/paragraphs.hpp"
#include "docx/settings.hpp"
#include "docx/story.hpp"

namespace sluice::docx {
namespace {

// Writes the headers (or footers) of the first section, those of its first page first.
void write_margin(Document& document, const char* reference, MarkdownWriter& out,
                  std::set<std::string>& written) {
  XmlNode section;
  for (const XmlNode block : document.body().children()) {
    section = block.child("w:pPr").child("w:sectPr");
    if (section) break;
  }
  if (!section) section = document.body().child("w:sectPr");
  for (const XmlNode node : section.children(reference)) {
    const OpcRelationship* relationship =
        document.relationships.find(node.attribute("r:id").value());
    if (relationship == nullptr) continue;
    written.insert(relationship->target);
    const XmlPart part = document.package.readable_xml(relationship->target);
    const OpcRelationships relationships = document.package.relationships(relationship->target);
    Story(document, relationships, out).write(part.root());
  }
}

// Headers and footers that are not among those written.
void count_margins(Document& document, const std::set<std::string>& written) {
  LeftOut& left = document.settings.headers_footers ? document.left_out.later_margins
                                                    : document.left_out.margins;
  for (const OpcRelationship& relationship : document.relationships.all()) {
    if (relationship.type != "header" && relationship.type != "footer") continue;
    if (relationship.mode == OpcTarget::kExternal || written.contains(relationship.target))
      continue;
    const XmlPart part = document.package.readable_xml(relationship.target);
    std::string text;
    walk_xml(
        part.root(),
        [&](XmlNode node) {
          if (!named(node, "w:p")) return Walk::kInto;
          text += plain_text(node, document.settings.changes) + ' ';
          return Walk::kOver;
        },
        [](XmlNode) {});
    left.add(text);
  }
}

void write_metadata(Job& job, const Document& document, const std::function<void()>& set_metadata) {
  if (!document.title.empty()) job.set_metadata("title", document.title);
  if (const std::string_view language = document.languages.most(); !language.empty()) {
    job.set_metadata("language", language);
  }
  set_metadata();
}

void conclude(Job& job, const Document& document, const MarkdownWriter& out,
              std::string_view defect, std::string_view plugin) {
  if (!out.has_content()) {
    if (!document.defect().empty()) {
      throw Failure(Outcome::kMalformed,
                    "the document's text is cut off before its first word: " + document.defect());
    }
    if (!defect.empty()) throw Failure(Outcome::kMalformed, std::string(defect));
    job.finish_as(Outcome::kEmpty,
                  document.left_out.why_empty("there is no text in the document", plugin));
  } else if (!defect.empty()) {
    job.finish_as(Outcome::kPartial, std::string(defect));
  } else if (!document.defect().empty()) {
    job.finish_as(Outcome::kPartial, "the document's text is not in full: " + document.defect());
  } else if (document.package.zip().is_recovered()) {
    job.finish_as(Outcome::kPartial, "the file is damaged; what was left of it is here");
  } else if (const std::size_t missing = document.missing_images; missing > 0) {
    job.finish_as(Outcome::kPartial, counted(missing, "image") + " could not be taken");
  } else if (document.left_something_out) {
    job.finish_as(Outcome::kPartial, "parts of the document could not be shown in Markdown");
  }
}

}  // namespace

void convert_package(Job& job, const OpcPackage& package, std::string_view defect,
                     std::string_view plugin, const std::function<void()>& set_metadata) {
  const Options options(job.options());
  Settings settings = read_settings(options);
  settings.page_markers = options.get_bool("page_markers");
  settings.plugin = plugin;
  Document document(job, package, settings);
  MarkdownWriter out(job);
  std::set<std::string> margins;
  if (settings.headers_footers) write_margin(document, "w:headerReference", out, margins);
  Story(document, document.relationships, out, Pages::kMarked).write(document.body());
  if (settings.headers_footers) write_margin(document, "w:footerReference", out, margins);
  count_margins(document, margins);
  write_objects(document, out);
  write_notes(document, out);
  write_metadata(job, document, set_metadata);
  out.finish();
  document.tell_what_is_left_out();
  conclude(job, document, out, defect, plugin);
}

void DocxConverter::convert(Job& job) {
  const OpcPackage package(job, {}, job.secret("password"));
  convert_package(job, package, {}, "docx", [&] { set_office_metadata(job, package); });
}

Canary DocxConverter::canary() const {
  return {canary_document(), "canary.docx",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          kCanaryMarkdown};
}

}  // namespace sluice::docx
