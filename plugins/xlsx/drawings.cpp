// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <sluice/chart.hpp>
#include <sluice/diagram.hpp>
#include <tuple>
#include <vector>

#include "xlsx/extras.hpp"

namespace sluice::xlsx {
namespace {

constexpr std::size_t kMaxAnchors = 10'000;

struct Anchor {
  long row = 0;
  long column = 0;
  XmlNode node;
};

std::vector<Anchor> anchors_of(XmlNode drawing) {
  std::vector<Anchor> anchors;
  for (const XmlNode node : drawing.children()) {
    if (anchors.size() >= kMaxAnchors) break;
    const XmlNode from = node.child("xdr:from");
    anchors.push_back({std::strtol(from.child_value("xdr:row"), nullptr, 10),
                       std::strtol(from.child_value("xdr:col"), nullptr, 10), node});
  }
  std::stable_sort(anchors.begin(), anchors.end(), [](const Anchor& a, const Anchor& b) {
    return std::tie(a.row, a.column) < std::tie(b.row, b.column);
  });
  return anchors;
}

class DrawingWriter {
 public:
  DrawingWriter(MarkdownWriter& out, OpcImages& images, const OpcPackage& package,
                const OpcRelationships& links, const std::function<void()>& begin,
                const std::function<void()>& begin_picture)
      : out_(out),
        images_(images),
        package_(package),
        links_(links),
        begin_(begin),
        begin_picture_(begin_picture) {}

  void write(XmlNode anchor) {
    walk_xml(
        anchor, [this](XmlNode node) { return enter(node); }, [](XmlNode) {});
  }

 private:
  Walk enter(XmlNode node) {
    if (named(node, "mc:AlternateContent")) {
      constexpr std::array<std::string_view, 1> kUnderstood = {"a14"};
      const XmlNode chosen = choose_alternate(node, kUnderstood);
      if (chosen) write(chosen);
      return Walk::kOver;
    }
    if (named(node, "xdr:pic")) {
      picture(node);
      return Walk::kOver;
    }
    if (named(node, "xdr:txBody")) {
      text(node);
      return Walk::kOver;
    }
    if (named(node, "c:chart")) {
      chart(node.attribute("r:id").value());
      return Walk::kOver;
    }
    if (named(node, "dgm:relIds")) {
      diagram(node.attribute("r:dm").value());
      return Walk::kOver;
    }
    return Walk::kInto;
  }

  void picture(XmlNode node) {
    const XmlNode properties = node.child("xdr:nvPicPr").child("xdr:cNvPr");
    std::string alt = properties.attribute("descr").value();
    if (alt.empty()) alt = properties.attribute("title").value();
    const XmlNode blip = node.child("xdr:blipFill").child("a:blip");
    const OpcRelationship* link = links_.find(blip.attribute("r:embed").value());
    if (link == nullptr) link = links_.find(blip.attribute("r:link").value());
    if (link == nullptr) return;
    if (link->mode == OpcTarget::kExternal) {
      begin_picture_();
      out_.image(link->target, alt);
    } else if (const auto asset = images_.asset(link->target)) {
      begin_picture_();
      out_.image(*asset, alt);
    }
    out_.end_paragraph();
  }

  void text(XmlNode body) {
    for (const XmlNode paragraph : body.children("a:p")) {
      const std::string line = xml_text(paragraph);
      if (line.empty()) continue;
      begin_();
      out_.text(line);
      out_.end_paragraph();
    }
  }

  void chart(std::string_view id) {
    const OpcRelationship* link = links_.find(id);
    if (link == nullptr || link->mode == OpcTarget::kExternal) return;
    const XmlPart part = package_.readable_xml(link->target);
    const Chart chart = read_chart(part.root());
    if (chart.title.empty() && chart.rows.empty()) return;
    begin_();
    write_chart(out_, chart);
  }

  void diagram(std::string_view id) {
    const OpcRelationship* link = links_.find(id);
    if (link == nullptr || link->mode == OpcTarget::kExternal) return;
    const XmlPart part = package_.readable_xml(link->target);
    if (!has_diagram_text(part.root())) return;
    begin_();
    write_diagram(out_, part.root());
  }

  MarkdownWriter& out_;
  OpcImages& images_;
  const OpcPackage& package_;
  const OpcRelationships& links_;
  const std::function<void()>& begin_;
  const std::function<void()>& begin_picture_;
};

}  // namespace

void write_drawings(MarkdownWriter& out, OpcImages& images, const OpcPackage& package,
                    const OpcRelationships& sheet, const std::function<void()>& begin,
                    const std::function<void()>& begin_picture) {
  const OpcRelationship* link = sheet.first_of("drawing");
  if (link == nullptr) return;
  const XmlPart part = package.readable_xml(link->target);
  const OpcRelationships links = package.relationships(link->target);
  DrawingWriter writer(out, images, package, links, begin, begin_picture);
  for (const Anchor& anchor : anchors_of(part.root())) writer.write(anchor.node);
}

}  // namespace sluice::xlsx
