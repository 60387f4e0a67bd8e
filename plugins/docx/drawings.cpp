// SPDX-License-Identifier: Apache-2.0
#include "docx/drawings.hpp"

#include <array>
#include <sluice/xml.hpp>
#include <string_view>

#include "docx/elements.hpp"

namespace sluice::docx {
namespace {

// Word's own remark behind an alternative text that it made.
std::string without_remark(std::string alt) {
  for (const char* remark :
       {"Description automatically generated", "AI-generated content may be"}) {
    if (const std::size_t at = alt.find(remark); at != std::string::npos) alt.resize(at);
  }
  while (!alt.empty() && static_cast<unsigned char>(alt.back()) <= ' ') alt.pop_back();
  return alt;
}

std::string first_of(XmlNode node, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const std::string_view value = node.attribute(name).value();
    if (!value.empty()) return std::string(value);
  }
  return {};
}

class DrawingReader {
 public:
  Walk enter(XmlNode node) {
    const std::string_view name = node.name();
    if (name == "wp:docPr" || name == "pic:cNvPr") {
      return described(node, name == "pic:cNvPr");
    }
    if (name == "a:blip") {
      add(first_of(node, {"r:embed", "r:link"}), alt_.empty() ? picture_alt_ : alt_);
      alt_.clear();
      picture_alt_.clear();
      return Walk::kOver;
    }
    if (name == "w:txbxContent") {
      drawing.boxes.push_back(node);
      return Walk::kOver;
    }
    if (name == "dgm:relIds") {
      drawing.diagrams.emplace_back(node.attribute("r:dm").value());
    } else if (name == "c:chart") {
      drawing.charts.emplace_back(node.attribute("r:id").value());
    } else if (name == "o:OLEObject" || name == "w:objectEmbed") {
      drawing.objects.emplace_back(node.attribute("r:id").value());
    } else if (name == "v:imagedata") {
      const std::string title = node.attribute("o:title").value();
      add(first_of(node, {"r:id", "r:pict", "o:relid"}), alt_.empty() ? title : alt_);
    } else if (name.starts_with("v:")) {
      if (node.attribute("alt")) alt_ = node.attribute("alt").value();
      drawing.is_rule = drawing.is_rule || std::string_view(node.attribute("o:hr").value()) == "t";
    } else if (name == "mc:Choice" || name == "mc:Fallback") {
      return node == chosen_branch(node.parent()) ? Walk::kInto : Walk::kOver;
    }
    return Walk::kInto;
  }

  Drawing drawing;

 private:
  Walk described(XmlNode node, bool of_picture) {
    const std::string_view hidden = node.attribute("hidden").value();
    if (hidden == "1" || hidden == "true") {
      drawing = {};
      return Walk::kStop;
    }
    std::string alt = first_of(node, {"descr", "title"});
    if (is_decorative(node) || (of_picture && is_file_name(alt))) alt.clear();
    (of_picture ? picture_alt_ : alt_) = std::move(alt);
    return Walk::kOver;
  }

  // The name of the file that a picture came from, which Word takes for its description.
  static bool is_file_name(std::string_view alt) {
    const std::size_t dot = alt.rfind('.');
    return dot != std::string_view::npos && alt.size() - dot <= 5 && dot > 0 &&
           alt.find(' ', dot) == std::string_view::npos;
  }

  static bool is_decorative(XmlNode node) {
    for (const XmlNode extension : node.child("a:extLst").children("a:ext")) {
      if (extension.child("adec:decorative").attribute("val").as_bool()) return true;
    }
    return false;
  }

  void add(std::string relationship, std::string_view alt) {
    if (relationship.empty()) return;
    drawing.pictures.push_back({std::move(relationship), without_remark(std::string(alt))});
  }

  std::string alt_;
  std::string picture_alt_;
};

}  // namespace

Drawing read_drawing(XmlNode drawing) {
  DrawingReader reader;
  walk_xml(
      drawing, [&reader](XmlNode node) { return reader.enter(node); }, [](XmlNode) {});
  return std::move(reader.drawing);
}

XmlNode chosen_branch(XmlNode alternate_content) {
  constexpr auto kUnderstood = std::to_array<std::string_view>(
      {"wps", "wpg", "wpc", "wp14", "w14", "w15", "a14", "asvg", "v", "c"});
  return choose_alternate(alternate_content, kUnderstood);
}

}  // namespace sluice::docx
