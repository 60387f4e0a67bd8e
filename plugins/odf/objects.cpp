// SPDX-License-Identifier: Apache-2.0
#include "odf/objects.hpp"

#include <algorithm>
#include <array>
#include <sluice/base64.hpp>
#include <sluice/blanks.hpp>
#include <sluice/xml.hpp>

#include "html/dom.hpp"
#include "html/mathml.hpp"
#include "html/parse_xhtml.hpp"
#include "odf/elements.hpp"

namespace sluice::odf {
namespace {

constexpr std::size_t kMaxFormula = std::size_t{1} << 20;  // bytes of MathML
constexpr std::size_t kMaxChartRows = 10'000;
constexpr std::size_t kMaxChartColumns = 255;
constexpr std::size_t kMaxChartValues = 200'000;

std::string_view local_name(const char* name) {
  const std::string_view all = name;
  return all.substr(all.find(':') + 1);
}

// MathML as XHTML holds it: without prefixes, and without annotations, which are another spelling.
std::string math_markup(XmlNode math) {
  std::string out =
      "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>"
      "<math xmlns=\"http://www.w3.org/1998/Math/MathML\">";
  walk_xml(
      math,
      [&](XmlNode node) {
        if (out.size() > kMaxFormula) return Walk::kStop;
        if (!node.is_element()) {
          append_xml_escaped(out, node.value());
          return Walk::kOver;
        }
        const std::string_view name = local_name(node.name());
        if (name == "annotation" || name == "annotation-xml") return Walk::kOver;
        out.append("<").append(name);
        for (XmlAttribute at = node.first_attribute(); at; at = at.next()) {
          if (std::string_view(at.name()).starts_with("xmlns")) continue;
          out.append(" ").append(local_name(at.name())).append("=\"");
          append_xml_escaped(out, at.value());
          out += '"';
        }
        out += '>';
        return Walk::kInto;
      },
      [&](XmlNode node) {
        if (node.is_element()) out.append("</").append(local_name(node.name())).append(">");
      });
  return out.size() > kMaxFormula ? std::string() : out + "</math></body></html>";
}

std::string cell_text(XmlNode cell) {
  std::string text = plain_text(cell);
  if (text.empty()) text = value_of(cell, "office:value");
  // What LibreOffice writes for a cell without a number.
  return text == "NaN" || text == "nan" ? std::string() : text;
}

void read_row(XmlNode row, Chart& chart) {
  std::vector<std::string> cells;
  for (const XmlNode cell : row.children()) {
    if (!named(cell, "table:table-cell") && !named(cell, "table:covered-table-cell")) continue;
    const unsigned repeated =
        std::max(1U, cell.attribute("table:number-columns-repeated").as_uint(1));
    const std::size_t room = kMaxChartColumns - cells.size();
    if (room == 0) break;
    cells.insert(cells.end(), std::min<std::size_t>(repeated, room), cell_text(cell));
  }
  if (chart.header.empty()) {
    chart.header = std::move(cells);
  } else {
    cells.resize(chart.header.size());
    chart.rows.push_back(std::move(cells));
  }
}

}  // namespace

std::string tex_of_math(XmlNode math) {
  const std::string markup = math_markup(math);
  if (markup.empty()) return {};
  const auto dom = html::parse_xhtml(markup);
  if (!dom) return {};
  const html::NodeId node = dom->find(html::Tag::kMath);
  return node == html::kRootNode ? std::string() : html::tex_of(*dom, node);
}

Chart chart_of(XmlNode node) {
  Chart chart;
  chart.title = plain_text(node.child("chart:title"));
  walk_xml(
      node.child("table:table"),
      [&](XmlNode at) {
        const std::size_t values = (chart.rows.size() + 2) * chart.header.size();  // with this row
        if (chart.rows.size() >= kMaxChartRows || values > kMaxChartValues) return Walk::kStop;
        if (named(at, "table:table-row")) {
          read_row(at, chart);
          return Walk::kOver;
        }
        return Walk::kInto;
      },
      [](XmlNode) {});
  return chart;
}

namespace {

// Of the document whose body this is; empty if it is none that is known.
std::string media_type_of(XmlNode body) {
  constexpr std::array<std::string_view, 4> kKinds = {"text", "spreadsheet", "presentation",
                                                      "drawing"};
  for (const std::string_view kind : kKinds) {
    if (!body.child(("office:" + std::string(kind)).c_str())) continue;
    const std::string_view called = kind == "drawing" ? "graphics" : kind;
    return "application/vnd.oasis.opendocument." + std::string(called);
  }
  return {};
}

// Microsoft's programs end the references to folders with one.
std::string_view without_slash(std::string_view reference) {
  while (reference.ends_with('/')) reference.remove_suffix(1);
  return reference;
}

void read_object(XmlNode root, Object& out) {
  if (named(root, "math:math")) {
    out.formula = tex_of_math(root);
  } else if (const XmlNode chart = root.child("office:body").child("office:chart")) {
    out.chart = chart_of(chart.child("chart:chart"));
  } else {
    out.media_type = media_type_of(root.child("office:body"));
  }
}

}  // namespace

Object object_at(std::string_view reference, const Document& document) {
  Object out;
  reference = without_slash(reference);
  auto bytes = document.read(std::string(reference) + "/content.xml");
  if (!bytes) return out;
  XmlOptions options;
  options.blanks = XmlBlanks::kAll;
  options.max_depth = kMaxNesting;
  try {
    const XmlPart part = parse_xml(std::move(*bytes), reference, odf_namespaces(), options);
    read_object(part.root(), out);
  } catch (const Failure& failure) {
    if (failure.outcome() != Outcome::kMalformed && failure.outcome() != Outcome::kLimit) throw;
  }
  return out;
}

std::optional<TakenObject> take_object(EmbeddedObjects& objects, const Document& document,
                                       XmlNode object, std::string_view media_type,
                                       std::string_view called) {
  const XmlNode data = object.child("office:binary-data");
  if (!data) {
    return take_object(objects, document, value_of(object, "xlink:href"), media_type, called);
  }
  return objects.take_stream(called, [&] {
    const auto bytes = decode_base64(xml_text(data)).value_or(std::vector<std::uint8_t>());
    return std::string(bytes.begin(), bytes.end());
  });
}

std::optional<TakenObject> take_object(EmbeddedObjects& objects, const Document& document,
                                       std::string_view reference, std::string_view media_type,
                                       std::string_view called) {
  reference = without_slash(reference);
  const std::string_view name = reference.substr(reference.rfind('/') + 1);
  if (media_type.empty()) {
    return objects.take_stream(name,
                               [&] { return document.read(reference).value_or(std::string()); });
  }
  std::optional<EmbeddedFile> file;
  if (objects.is_taking()) {
    if (auto bytes = document.package_of(reference, media_type)) {
      file = EmbeddedFile{{}, std::move(*bytes)};
    }
  }
  return objects.take(called.empty() ? name : called, std::move(file));
}

Object object_of(XmlNode object, const Document& document) {
  const XmlNode within = object.find_child([](XmlNode child) { return child.is_element(); });
  if (!within) return object_at(value_of(object, "xlink:href"), document);
  Object out;
  read_object(within, out);
  return out;
}

}  // namespace sluice::odf
