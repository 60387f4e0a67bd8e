// SPDX-License-Identifier: Apache-2.0
#include "docx/drawing_writer.hpp"

#include <sluice/blanks.hpp>
#include <sluice/chart.hpp>
#include <sluice/url.hpp>

namespace sluice::docx {

void DrawingWriter::drawing(XmlNode node) {
  if (runs_.is_hidden()) return;
  Drawing found = read_drawing(node);
  if (context_.is_rehearsal) {
    for (std::size_t i = found.pictures.size(); i > 0; --i) context_.out.text("\uFFFC");
    return;
  }
  for (const Picture& one : found.pictures) picture(one);
  if (!context_.flow().is_code()) {
    for (const std::string& id : found.objects) {
      context_.document.objects.write_part(context_.document.package, context_.relationships, id,
                                           context_.out);
    }
  }
  boxes_.insert(boxes_.end(), found.boxes.begin(), found.boxes.end());
  diagrams_.insert(diagrams_.end(), found.diagrams.begin(), found.diagrams.end());
  charts_.insert(charts_.end(), found.charts.begin(), found.charts.end());
  rule_ = rule_ || found.is_rule;
}

void DrawingWriter::picture(const Picture& picture) {
  const OpcRelationship* relationship = context_.relationships.find(picture.relationship);
  if (relationship == nullptr) {
    missing_image("an image is referred to that the file does not name");
  } else if (relationship->mode == OpcTarget::kPart) {
    if (const auto asset = context_.document.images.asset(relationship->target)) {
      if (!context_.flow().is_code()) context_.out.image(*asset, picture.alt);
      return;
    }
    ++context_.document.missing_images;
  } else if (is_web_address(relationship->target)) {
    if (!context_.flow().is_code()) context_.out.image(relationship->target, picture.alt);
    return;
  } else {
    missing_image("an image is not in the file, but at " + relationship->target);
  }
  runs_.text(picture.alt);
}

void DrawingWriter::missing_image(const std::string& message) {
  constexpr std::size_t kMaxWarnings = 20;
  if (++context_.document.missing_images <= kMaxWarnings)
    context_.document.job.warn("missing-image", message);
}

void DrawingWriter::write_deferred() {
  if (rule_) {
    context_.flow().close();
    context_.out.thematic_break();
    rule_ = false;
  }
  for (const std::string& relationship : std::exchange(diagrams_, {})) {
    write_diagram(relationship);
  }
  for (const std::string& relationship : std::exchange(charts_, {})) write_chart_of(relationship);
}

// A diagram's texts, as a list: their order is that of its data (21.4.3.5).
void DrawingWriter::write_diagram(const std::string& relationship) {
  const OpcRelationship* data = context_.relationships.find(relationship);
  if (data == nullptr) return;
  const XmlPart part = context_.document.package.readable_xml(data->target);
  context_.flow().close();
  bool begun = false;
  for (const XmlNode point : part.root().child("dgm:ptLst").children("dgm:pt")) {
    const std::string_view type = point.attribute("type").value();
    if (!type.empty() && type != "node") continue;
    const std::string words = xml_text(point.child("dgm:t"));
    if (is_blank(words)) continue;
    if (!begun) context_.out.begin_list();
    begun = true;
    context_.out.begin_item();
    context_.out.text(words);
    context_.out.end_item();
  }
  if (begun) context_.out.end_list();
}

// A chart's numbers, as the chart itself keeps them.
void DrawingWriter::write_chart_of(const std::string& relationship) {
  const OpcRelationship* chart = context_.relationships.find(relationship);
  if (chart == nullptr) return;
  const XmlPart part = context_.document.package.readable_xml(chart->target);
  context_.flow().close();
  write_chart(context_.out, read_chart(part.root()));
}

}  // namespace sluice::docx
