// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <sluice/blanks.hpp>
#include <sluice/diagram.hpp>
#include <sluice/xml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {
namespace {

constexpr std::size_t kMaxPoints = 10'000;
constexpr int kMaxDiagramDepth = 32;

struct Diagram {
  std::map<std::string, std::string> texts;
  std::map<std::string, std::vector<std::pair<unsigned, std::string>>> children;
  std::string root;
};

std::string text_of_point(XmlNode point) {
  std::string text;
  for (const auto paragraph : point.child("dgm:t").children("a:p")) {
    const std::string line = xml_text(paragraph);
    if (is_blank(line)) continue;
    if (!text.empty()) text += ' ';
    text += line;
  }
  return text;
}

Diagram read_diagram(XmlNode model) {
  Diagram diagram;
  for (const auto point : model.child("dgm:ptLst").children("dgm:pt")) {
    if (diagram.texts.size() >= kMaxPoints) break;
    const std::string_view type = point.attribute("type").value();
    const std::string id = point.attribute("modelId").value();
    if (type == "doc") diagram.root = id;
    // The others are how it is drawn.
    if (type.empty() || type == "node" || type == "asst") diagram.texts[id] = text_of_point(point);
  }
  for (const auto link : model.child("dgm:cxnLst").children("dgm:cxn")) {
    const std::string_view type = link.attribute("type").value();
    if (!type.empty() && type != "parOf") continue;
    diagram.children[link.attribute("srcId").value()].emplace_back(
        link.attribute("srcOrd").as_uint(), link.attribute("destId").value());
  }
  for (auto& [id, below] : diagram.children) std::stable_sort(below.begin(), below.end());
  return diagram;
}

class DiagramWriter {
 public:
  DiagramWriter(MarkdownWriter& out, const Diagram& diagram) : out_(out), diagram_(diagram) {}

  void write_below(const std::string& id, int depth) {
    const auto at = diagram_.children.find(id);
    if (at == diagram_.children.end() || depth > kMaxDiagramDepth) return;
    bool open = false;
    for (const auto& [order, child] : at->second) {
      const auto text = diagram_.texts.find(child);
      if (text == diagram_.texts.end() || !seen_.insert(child).second) continue;
      if (text->second.empty()) {
        if (diagram_.children.count(child) == 0) continue;
        if (open) out_.end_list();
        open = false;
        write_below(child, depth + 1);
        continue;
      }
      if (!open) out_.begin_list();
      open = true;
      out_.begin_item();
      out_.text(text->second);
      out_.end_paragraph();
      write_below(child, depth + 1);
      out_.end_item();
    }
    if (open) out_.end_list();
  }

  // What no link leads to.
  void write_rest() {
    bool open = false;
    for (const auto& [id, text] : diagram_.texts) {
      if (text.empty() || !seen_.insert(id).second) continue;
      if (!open) out_.begin_list();
      open = true;
      out_.begin_item();
      out_.text(text);
      out_.end_item();
    }
    if (open) out_.end_list();
  }

 private:
  MarkdownWriter& out_;
  const Diagram& diagram_;
  std::set<std::string> seen_;
};

}  // namespace

bool has_diagram_text(XmlNode data_model) {
  const Diagram diagram = read_diagram(data_model);
  return std::any_of(diagram.texts.begin(), diagram.texts.end(),
                     [](const auto& point) { return !point.second.empty(); });
}

bool write_diagram(MarkdownWriter& out, XmlNode data_model) {
  if (!has_diagram_text(data_model)) return false;
  const Diagram diagram = read_diagram(data_model);
  DiagramWriter writer(out, diagram);
  writer.write_below(diagram.root, 0);
  writer.write_rest();
  return true;
}

}  // namespace sluice
