// SPDX-License-Identifier: Apache-2.0
#include "pptx/slide_writer.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <sluice/blanks.hpp>
#include <sluice/chart.hpp>
#include <sluice/diagram.hpp>
#include <sluice/url.hpp>
#include <string_view>

#include "pptx/text_writer.hpp"

namespace sluice::pptx {
namespace {

constexpr int kMaxGroupDepth = 64;

bool is_true(std::string_view value) {
  return value == "1" || value == "true";
}

// The first element of this name below `node` that has the attribute, or null.
XmlNode find_below(XmlNode node, const char* name, const char* attribute = nullptr) {
  XmlNode found;
  walk_xml(
      node,
      [&](XmlNode at) {
        const bool fits = named(at, name) && (attribute == nullptr || at.attribute(attribute));
        if (!found && fits) found = at;
        return found ? Walk::kOver : Walk::kInto;
      },
      [](XmlNode) {});
  return found;
}

std::string alternative_text(XmlNode properties) {
  if (is_true(find_below(properties, "adec:decorative").attribute("val").value())) return {};
  const std::string_view description = properties.attribute("descr").value();
  return std::string(description.empty() ? properties.attribute("title").value() : description);
}

// How the first paragraph of a cell stands.
Align align_of(XmlNode cell) {
  const std::string_view align =
      cell.child("a:txBody").child("a:p").child("a:pPr").attribute("algn").value();
  if (align == "r") return Align::kRight;
  return align == "ctr" ? Align::kCenter : Align::kNone;
}

// The first title in reading order, as write_shapes finds it.
XmlNode title_below(XmlNode parent, const Slide& slide, int depth) {
  for (const PlacedShape& placed : shapes_in_order(parent, slide)) {
    const XmlNode node = placed.node;
    if (named(node, "p:grpSp") && depth < kMaxGroupDepth) {
      if (const XmlNode title = title_below(node, slide, depth + 1)) return title;
    }
    const bool is_hidden =
        is_true(node.child("p:nvSpPr").child("p:cNvPr").attribute("hidden").value());
    if (named(node, "p:sp") && role_of(node) == Role::kTitle && !is_hidden) return node;
  }
  return {};
}

// A shape of a page of notes that has what the speaker wrote.
bool is_note(XmlNode shape) {
  const XmlNode ph = shape.child("p:nvSpPr").child("p:nvPr").child("p:ph");
  return std::string_view(ph.attribute("type").value()) == "body" &&
         !is_blank(xml_text(shape.child("p:txBody")));
}

std::string_view local_name(XmlNode node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);
}

// The text of a shape without its fields: slide numbers, and dates that are those of today.
std::string own_text(XmlNode shape) {
  std::string text;
  walk_xml(
      shape.child("p:txBody"),
      [&](XmlNode node) {
        if (named(node, "a:fld")) return Walk::kOver;
        if (named(node, "a:t")) text += xml_text(node);
        if (named(node, "a:p") || named(node, "a:br")) text += ' ';
        return Walk::kInto;
      },
      [](XmlNode) {});
  return text;
}

// Those that say something, with what they say.
void each_comment(const OpcPackage& package, const Slide& slide,
                  const std::function<void(XmlNode, const std::string&)>& visit) {
  for (const OpcRelationship& link : slide.part.links.all()) {
    if (link.type != "comments" || link.mode == OpcTarget::kExternal) continue;
    const XmlPart part = package.readable_xml(link.target);
    for (const auto comment : part.root().children()) {
      const std::string said = xml_text(comment.find_child([](XmlNode child) {
        return local_name(child) == "text" || local_name(child) == "txBody";
      }));
      if (!said.empty()) visit(comment, said);
    }
  }
}

}  // namespace

std::string title_of(const Slide& slide) {
  return line_of(title_below(slide.part.shapes(), slide, 0).child("p:txBody"));
}

bool has_notes(const Deck& deck, const Slide& slide) {
  const OpcRelationship* link = slide.part.links.first_of("notesSlide");
  if (link == nullptr) return false;
  const SlidePart notes = deck.read_part(link->target);
  return static_cast<bool>(notes.shapes().find_child(
      [](XmlNode shape) { return named(shape, "p:sp") && is_note(shape); }));
}

void count_comments(const OpcPackage& package, const Slide& slide, LeftOut& left) {
  each_comment(package, slide, [&](XmlNode, const std::string& said) { left.add(said); });
}

void count_texts(const SlidePart& master, LeftOut& left) {
  walk_xml(
      master.shapes(),
      [&](XmlNode node) {
        if (!named(node, "p:sp")) return Walk::kInto;
        if (role_of(node) == Role::kNone) left.add(own_text(node));
        return Walk::kOver;
      },
      [](XmlNode) {});
}

void SlideWriter::write_shapes(bool footers) {
  footers_ = footers;
  shapes_below(slide_.part.shapes(), 0);
}

void SlideWriter::shapes_below(XmlNode parent, int depth) {
  for (const PlacedShape& placed : shapes_in_order(parent, slide_)) shape(placed, depth);
}

void SlideWriter::shape(const PlacedShape& placed, int depth) {
  const XmlNode node = placed.node;
  if (!footers_ && role_of(node) == Role::kFooter) return left_out_.footers.add(own_text(node));
  if (named(node, "p:sp")) {
    text_shape(node);
  } else if (named(node, "p:pic")) {
    picture(node);
  } else if (named(node, "p:graphicFrame")) {
    frame(node);
  } else if (named(node, "p:grpSp") && depth < kMaxGroupDepth) {
    shapes_below(node, depth + 1);
  }
}

void SlideWriter::text_shape(XmlNode node) {
  const XmlNode properties = node.child("p:nvSpPr").child("p:cNvPr");
  if (is_true(properties.attribute("hidden").value())) return;
  // A shape may be filled with a picture; only one that is described means something by it.
  const XmlNode body = node.child("p:txBody");
  TextWriter text(out_, clicks_, clicks_.address_of(properties));
  if (role_of(node) == Role::kTitle && !titled_) {
    titled_ = true;
    out_.begin_heading(1);
    text.write_line(body);
    out_.end_heading();
    return;
  }
  text.write(body, LevelStyles(node, slide_, deck_.default_text_style()));
}

// Where the film or sound of a picture (19.3.1.34, 20.1.3) is in the web; empty if it is none, or
// one of a file, which is left out.
std::string SlideWriter::film_address(XmlNode picture) {
  const OpcRelationship* file = nullptr;
  for (const XmlNode child : picture.child("p:nvPicPr").child("p:nvPr").children()) {
    if (!local_name(child).ends_with("File")) continue;  // video, audio, wavAudio, quickTime
    const std::string_view link = child.attribute("r:link").value();
    file = slide_.part.links.find(link.empty() ? child.attribute("r:embed").value() : link);
    if (file != nullptr) break;
  }
  if (file == nullptr) return {};
  const std::string_view target = file->target;
  if (file->mode == OpcTarget::kExternal && is_web_address(target)) return std::string(target);
  left_out_.media.add_file(target);
  return {};
}

void SlideWriter::picture(XmlNode node) {
  const XmlNode properties = node.child("p:nvPicPr").child("p:cNvPr");
  if (is_true(properties.attribute("hidden").value())) return;
  const std::string film = film_address(node);
  const XmlNode blip = node.child("p:blipFill").child("a:blip");
  const OpcRelationship* link = slide_.part.links.find(blip.attribute("r:embed").value());
  if (link == nullptr) link = slide_.part.links.find(blip.attribute("r:link").value());
  if (link == nullptr) return;
  const std::string alt = alternative_text(properties);
  // A picture of a film or a page leads to it.
  std::string address = clicks_.address_of(properties);
  if (address.empty()) address = film;
  out_.end_paragraph();
  if (!address.empty()) out_.begin_link(address);
  if (link->mode == OpcTarget::kExternal) {
    out_.image(link->target, alt);
  } else if (const auto asset = images_.asset(link->target)) {
    out_.image(*asset, alt);
  }
  if (!address.empty()) out_.end_link();
  out_.end_paragraph();
}

void SlideWriter::frame(XmlNode node) {
  const XmlNode data = node.child("a:graphic").child("a:graphicData");
  if (const auto tbl = data.child("a:tbl")) return table(tbl);
  if (data.child("c:chart")) return chart(data);
  if (data.child("dgm:relIds") && diagram(data)) return;
  // Embedded objects have a picture of themselves.
  if (const auto fallback = find_below(data, "p:pic")) picture(fallback);
  const XmlNode object = find_below(data, "p:oleObj", "r:id");
  objects_.write_part(package_, slide_.part.links, object.attribute("r:id").value(), out_);
  out_.end_paragraph();
}

void SlideWriter::table(XmlNode node) {
  if (is_blank(xml_text(node))) return;
  TextWriter text(out_, clicks_);
  out_.begin_table();
  for (const XmlNode row : node.children("a:tr")) {
    out_.begin_row();
    for (const XmlNode cell : row.children("a:tc")) {
      // What a spanning cell covers.
      if (is_true(cell.attribute("hMerge").value())) continue;
      if (is_true(cell.attribute("vMerge").value())) continue;
      CellOptions options;
      options.column_span = std::max(1U, cell.attribute("gridSpan").as_uint(1));
      options.row_span = std::max(1U, cell.attribute("rowSpan").as_uint(1));
      options.align = align_of(cell);
      out_.begin_cell(options);
      text.write_cell(cell.child("a:txBody"));
      out_.end_cell();
    }
    out_.end_row();
  }
  out_.end_table();
}

void SlideWriter::chart(XmlNode data) {
  const OpcRelationship* link =
      slide_.part.links.find(data.child("c:chart").attribute("r:id").value());
  if (link == nullptr || link->mode == OpcTarget::kExternal) return;
  const XmlPart part = package_.readable_xml(link->target);
  write_chart(out_, read_chart(part.root()));
}

bool SlideWriter::diagram(XmlNode data) {
  const OpcRelationship* link =
      slide_.part.links.find(data.child("dgm:relIds").attribute("r:dm").value());
  if (link == nullptr || link->mode == OpcTarget::kExternal) return false;
  const XmlPart part = package_.readable_xml(link->target);
  return write_diagram(out_, part.root());
}

void SlideWriter::write_notes() {
  const OpcRelationship* link = slide_.part.links.first_of("notesSlide");
  if (link == nullptr) return;
  const SlidePart notes = deck_.read_part(link->target);
  bool begun = false;
  for (const XmlNode node : notes.shapes().children("p:sp")) {
    if (!is_note(node)) continue;
    const XmlNode body = node.child("p:txBody");
    if (!begun) {
      out_.begin_heading(3);
      out_.text(kNotesHeading);
      out_.end_heading();
      begun = true;
    }
    TextWriter text(out_, Clicks(notes.links, anchors_, slide_.part.name));
    text.write(body, LevelStyles(node, Slide(), XmlNode()));
  }
}

// Comments (19.4) and those of newer programs ([MS-PPTX] 2.6.1.5), which name their authors in
// another part.
void SlideWriter::write_comments() {
  std::map<std::string, std::string> authors;
  const OpcRelationships links = package_.relationships(package_.main_part());
  for (const OpcRelationship& link : links.all()) {
    if (link.type != "commentAuthors" && link.type != "authors") continue;
    const XmlPart part = package_.readable_xml(link.target);
    for (const auto author : part.root().children()) {
      authors[author.attribute("id").value()] = author.attribute("name").value();
    }
  }
  bool begun = false;
  each_comment(package_, slide_, [&](XmlNode comment, const std::string& said) {
    if (!begun) {
      out_.begin_heading(3);
      out_.text("Comments:");
      out_.end_heading();
      out_.begin_list();
      begun = true;
    }
    out_.begin_item();
    const auto author = authors.find(comment.attribute("authorId").value());
    if (author != authors.end()) {
      out_.begin_style(Style::kStrong);
      out_.text(author->second);
      out_.end_style(Style::kStrong);
      out_.text(": ");
    }
    out_.text(said);
    out_.end_item();
  });
  if (begun) out_.end_list();
}

}  // namespace sluice::pptx
