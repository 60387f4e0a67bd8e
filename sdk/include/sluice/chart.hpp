// SPDX-License-Identifier: Apache-2.0
//
// The numbers behind a chart of an Office document, as a table: what the chart's own cache holds,
// so that no workbook is needed. ECMA-376, part 1, 21.2 (DrawingML charts), and Microsoft's newer
// kinds
// ([MS-ODRAWXML] 2.24.3, waterfall and the like).
#pragma once

#include <sluice/xml.hpp>
#include <string>
#include <vector>

namespace sluice {

class MarkdownWriter;

struct Chart {
  std::string title;                           // empty if it has none
  std::vector<std::string> header;             // of the categories, then of each series
  std::vector<std::vector<std::string>> rows;  // each as long as the header
};

// `chart_space`: the root of a chart part, parsed under office_namespaces(). Without rows if it
// caches nothing. Never more than 10,000 rows, 255 series and 200,000 values.
Chart read_chart(XmlNode chart_space);

// The title in bold, and the table. Nothing if there are neither.
void write_chart(MarkdownWriter& out, const Chart& chart);

}  // namespace sluice
