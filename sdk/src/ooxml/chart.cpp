// SPDX-License-Identifier: Apache-2.0
//
// Points of a cache have indexes that may skip and may lie: rows are made of those that are there.
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <sluice/chart.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/number_format.hpp>
#include <sluice/xml.hpp>
#include <string_view>

namespace sluice {
namespace {

constexpr std::size_t kMaxRows = 10'000;
constexpr std::size_t kMaxSeries = 255;
constexpr std::size_t kMaxValues = 200'000;

using Points = std::map<std::uint32_t, std::string>;

// All paragraphs of a rich text, or a cached string, as one line.
std::string line_of(XmlNode node) {
  std::string text;
  walk_xml(
      node,
      [&](XmlNode at) {
        if (named(at, "a:p") && !text.empty()) text += ' ';
        if (named(at, "a:br")) text += ' ';
        if (named(at, "a:t") || named(at, "c:v")) {
          text += xml_text(at);
          return Walk::kOver;
        }
        // A formula is where the text came from, not text.
        return named(at, "c:f") ? Walk::kOver : Walk::kInto;
      },
      [](XmlNode) {});
  return text;
}

std::string shown(std::string_view value, const NumberFormat& format, Epoch epoch) {
  double number = 0;
  const char* const end = value.data() + value.size();
  const auto result = std::from_chars(value.data(), end, number);
  if (result.ec != std::errc() || result.ptr != end) return std::string(value);
  return format.number(number, epoch);
}

// c:strCache, c:numCache, c:strLit, c:numLit and c:lvl have points alike.
void add_points(Points& points, XmlNode cache, Epoch epoch) {
  const NumberFormat common(cache.child_value("c:formatCode"));
  const bool numbers = std::string_view(cache.name()).find("num") != std::string_view::npos;
  for (const XmlNode point : cache.children("c:pt")) {
    if (points.size() >= kMaxRows) return;
    const char* const code = point.attribute("formatCode").value();
    const std::string_view value = point.child_value("c:v");
    std::string& text = points[point.attribute("idx").as_uint()];
    text = !numbers     ? std::string(value)
           : *code != 0 ? shown(value, NumberFormat(code), epoch)
                        : shown(value, common, epoch);
  }
}

// Levels stand innermost first; an outer one is said once for all that follow it.
Points multi_level_points(XmlNode cache) {
  Points points;
  for (const XmlNode level : cache.children("c:lvl")) {
    Points outer;
    add_points(outer, level, Epoch::k1900);
    if (points.empty()) {
      points = std::move(outer);
      continue;
    }
    for (auto& [index, text] : points) {
      auto at = outer.upper_bound(index);
      if (at == outer.begin()) continue;
      text = (--at)->second + " / " + text;
    }
  }
  return points;
}

// What a c:cat, c:val, c:xVal or the like refers to.
Points points_of(XmlNode data, Epoch epoch) {
  Points points;
  for (const XmlNode source : data.children()) {
    if (const auto levels = source.child("c:multiLvlStrCache")) return multi_level_points(levels);
    for (const char* cache : {"c:strCache", "c:numCache"}) {
      if (const auto node = source.child(cache)) add_points(points, node, epoch);
    }
    if (named(source, "c:strLit") || named(source, "c:numLit")) add_points(points, source, epoch);
  }
  return points;
}

struct Series {
  std::string name;
  Points categories;
  Points values;
  Points sizes;  // of bubbles
};

std::vector<Series> read_series(XmlNode plot_area, Epoch epoch) {
  std::vector<Series> all;
  std::size_t values = 0;
  for (const XmlNode group : plot_area.children()) {
    for (const XmlNode node : group.children("c:ser")) {
      if (all.size() >= kMaxSeries || values >= kMaxValues) return all;
      Series series;
      series.name = line_of(node.child("c:tx"));
      const bool points_in_plane = static_cast<bool>(node.child("c:yVal"));
      series.categories = points_of(node.child(points_in_plane ? "c:xVal" : "c:cat"), epoch);
      series.values = points_of(node.child(points_in_plane ? "c:yVal" : "c:val"), epoch);
      series.sizes = points_of(node.child("c:bubbleSize"), epoch);
      values += series.categories.size() + series.values.size() + series.sizes.size();
      all.push_back(std::move(series));
    }
  }
  return all;
}

std::string axis_title(XmlNode plot_area) {
  for (const char* axis : {"c:catAx", "c:dateAx"}) {
    const std::string title = line_of(plot_area.child(axis).child("c:title"));
    if (!title.empty()) return title;
  }
  return {};
}

std::string value_at(const Points& points, std::uint32_t index) {
  const auto at = points.find(index);
  return at == points.end() ? std::string() : at->second;
}

std::string name_of(const Series& series, std::size_t index) {
  return series.name.empty() ? "Series " + std::to_string(index + 1) : series.name;
}

// One row a category, one column a series.
void fill_by_category(Chart& chart, const std::vector<Series>& all) {
  Points categories;
  for (const Series& series : all) {
    for (const auto& [index, text] : series.categories) categories.emplace(index, text);
    for (const auto& [index, text] : series.values) categories.emplace(index, "");
  }
  for (std::size_t i = 0; i < all.size(); ++i) chart.header.push_back(name_of(all[i], i));
  for (const auto& [index, category] : categories) {
    if (chart.rows.size() >= kMaxRows) return;
    std::vector<std::string> row = {category.empty() ? std::to_string(index + 1) : category};
    for (const Series& series : all) row.push_back(value_at(series.values, index));
    chart.rows.push_back(std::move(row));
  }
}

// Series with categories of their own, and bubbles: one row a point.
void fill_by_point(Chart& chart, const std::vector<Series>& all) {
  const bool bubbles = std::any_of(all.begin(), all.end(),
                                   [](const Series& series) { return !series.sizes.empty(); });
  chart.header = {"Series", "X", "Y"};
  if (bubbles) chart.header.emplace_back("Size");
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const auto& [index, value] : all[i].values) {
      if (chart.rows.size() >= kMaxRows) return;
      std::vector<std::string> row = {name_of(all[i], i), value_at(all[i].categories, index),
                                      value};
      if (bubbles) row.push_back(value_at(all[i].sizes, index));
      chart.rows.push_back(std::move(row));
    }
  }
}

}  // namespace

Chart read_chart(XmlNode chart_space) {
  Chart chart;
  const XmlNode node = chart_space.child("c:chart");
  const XmlNode plot_area = node.child("c:plotArea");
  const Epoch epoch =
      chart_space.child("c:date1904").attribute("val").as_bool() ? Epoch::k1904 : Epoch::k1900;
  const std::vector<Series> all = read_series(plot_area, epoch);
  chart.title = line_of(node.child("c:title"));
  // A chart of one series takes its name for a title, unless told not to.
  const bool titled = static_cast<bool>(node.child("c:title"));
  if (chart.title.empty() && titled && all.size() == 1) chart.title = all[0].name;
  if (all.empty()) return chart;
  const bool alike = std::all_of(all.begin(), all.end(), [&](const Series& series) {
    return series.categories.empty() || series.categories == all[0].categories;
  });
  const bool in_plane = std::any_of(all.begin(), all.end(),
                                    [](const Series& series) { return !series.sizes.empty(); });
  if (in_plane || (!alike && static_cast<bool>(plot_area.child("c:scatterChart")))) {
    fill_by_point(chart, all);
  } else {
    chart.header.push_back(axis_title(plot_area));
    fill_by_category(chart, all);
  }
  return chart;
}

void write_chart(MarkdownWriter& out, const Chart& chart) {
  if (!chart.title.empty()) {
    out.end_paragraph();
    out.begin_style(Style::kStrong);
    out.text(chart.title);
    out.end_style(Style::kStrong);
    out.end_paragraph();
  }
  if (chart.rows.empty()) return;
  TableOptions options;
  options.columns = static_cast<std::uint32_t>(chart.header.size());
  out.begin_table(options);
  const auto write_row = [&out](const std::vector<std::string>& cells, bool header) {
    out.begin_row();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      CellOptions cell;
      if (header && i > 0) cell.align = Align::kRight;
      out.begin_cell(cell);
      out.text(cells[i]);
      out.end_cell();
    }
    out.end_row();
  };
  write_row(chart.header, true);
  for (const auto& row : chart.rows) write_row(row, false);
  out.end_table();
}

}  // namespace sluice
