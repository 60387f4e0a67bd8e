// SPDX-License-Identifier: Apache-2.0
#include "doc/lowering.hpp"

#include <array>
#include <sluice/counted.hpp>

#include "doc/lists.hpp"
#include "doc/objects.hpp"
#include "doc/story_writer.hpp"
#include "office_xml/xml_text.hpp"

namespace sluice::doc {
namespace {

// The names of those who changed the text, escaped.
std::vector<std::string> authors_of(const Streams& streams) {
  std::vector<std::string> authors;
  const std::string_view table = streams.at(Table::kRevisionAuthors);
  if (table.size() < 6) return authors;
  for (const std::string& name : counted_strings(table.substr(6))) {
    office_xml::append_escaped(authors.emplace_back(), name);
  }
  return authors;
}

std::string add_part(office_xml::Package& package, std::string_view type, const std::string& name,
                     std::string bytes) {
  package.part("word/" + name, std::move(bytes));
  return package.relate(kMainPart, type, "word/" + name);
}

void add_notes(Document& document, office_xml::Package& package, const std::vector<Note>& notes,
               const std::string& type, const std::string& element) {
  if (notes.empty()) return;
  std::string xml;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    xml += "<w:" + element + " w:id=\"" + std::to_string(i + 1) + "\"";
    if (!notes[i].author.empty()) office_xml::append_attribute(xml, "w:author", notes[i].author);
    xml += ">";
    write_story(document, notes[i].text, xml);
    xml += "</w:" + element + ">";
  }
  add_part(package, type, type + ".xml", office_xml::part_of("w:" + type, xml));
}

// The headers and footers of the first section ([MS-DOC] 2.8.13): what refers to them.
std::string add_margins(Document& document, office_xml::Package& package) {
  struct Margin {
    std::size_t index;
    const char* element;
    const char* type;
  };
  static constexpr auto kMargins = std::to_array<Margin>({
      {10, "header", "first"},
      {7, "header", "default"},
      {6, "header", "even"},
      {11, "footer", "first"},
      {9, "footer", "default"},
      {8, "footer", "even"},
  });
  const auto ranges =
      note_ranges(document.streams.at(Table::kHeaders), document.streams.headers, 12);
  std::string references;
  for (const Margin& margin : kMargins) {
    if (margin.index >= ranges.size()) continue;
    const StoryRange& range = ranges[margin.index];
    if (range.begin >= range.end) continue;
    std::string xml;
    write_story(document, range, xml);
    const std::string root = margin.element[0] == 'h' ? "w:hdr" : "w:ftr";
    const std::string name = margin.element + std::to_string(margin.index) + ".xml";
    const std::string id = add_part(package, margin.element, name, office_xml::part_of(root, xml));
    references += std::string("<w:") + margin.element + "Reference w:type=\"" + margin.type +
                  "\" r:id=\"" + id + "\"/>";
  }
  return references.empty() ? references : "<w:sectPr>" + references + "</w:sectPr>";
}

void add_lists(const Streams& streams, office_xml::Package& package) {
  const std::string_view lists = streams.at(Table::kLists);
  if (lists.empty()) return;
  const auto begin = static_cast<std::size_t>(lists.data() - streams.table.data());
  add_part(package, "numbering", "numbering.xml",
           numbering_xml(std::string_view(streams.table).substr(begin),
                         streams.at(Table::kListOverrides)));
}

std::string defect_of(const Streams& streams, const Pieces& pieces, const Pictures& pictures) {
  if (!streams.is_whole || pieces.end() < streams.body.end) {
    return "the file is cut off or damaged; what was left of it is here";
  }
  if (pictures.lost() == 0) return {};
  return counted(pictures.lost(), "image") + " could not be taken";
}

}  // namespace

Lowered lower(Job& job, const Streams& streams, CompoundFile& file) {
  const Pieces pieces(streams);
  const Anchors anchors = read_anchors(streams);
  const std::vector<std::string> fonts = font_names(streams.at(Table::kFonts));
  const StyleSheet styles(streams.at(Table::kStyles), fonts);
  const std::vector<std::string> authors = authors_of(streams);
  constexpr std::uint32_t kWestern = 1252;
  const CodePage code_page(streams.is_old ? code_page_of_language(streams.language) : kWestern);
  PropertyRuns characters(streams, RunKind::kCharacters);
  PropertyRuns paragraphs(streams, RunKind::kParagraphs);
  office_xml::Package package;
  Pictures pictures(streams, package);
  const Objects objects(file, package);
  Document document{job,     streams,   pieces,     anchors,    styles,   fonts,
                    authors, code_page, characters, paragraphs, pictures, objects};
  std::string body;
  write_story(document, streams.body, body);
  body += add_margins(document, package);
  add_notes(document, package, anchors.footnotes, "footnotes", "footnote");
  add_notes(document, package, anchors.endnotes, "endnotes", "endnote");
  add_notes(document, package, anchors.comments, "comments", "comment");
  add_part(package, "styles", "styles.xml", styles.xml());
  add_lists(streams, package);
  std::string main = office_xml::part_of("w:document", "<w:body>" + body + "</w:body>");
  package.part(kMainPart, std::move(main));
  // Notes may hold pictures and links, too.
  for (const char* notes : {"footnotes.xml", "endnotes.xml", "comments.xml"}) {
    package.share_relationships(kMainPart, std::string("word/") + notes);
  }
  return {package.build(kMainPart), defect_of(streams, pieces, pictures)};
}

}  // namespace sluice::doc
