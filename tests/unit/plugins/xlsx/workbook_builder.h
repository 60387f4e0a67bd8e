// Workbooks for tests, and what becomes of them.
#pragma once

#include <sluice/testing.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "kit/office_package.h"
#include "xlsx/converter.hpp"

namespace sluice::xlsx {

inline const std::string kMain =
    " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

// A cell with an inline string.
inline std::string text(const std::string& place, const std::string& value) {
  return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + value +
         "</t></is></c>";
}
inline std::string number(const std::string& place, const std::string& value, int style = 0) {
  return "<c r=\"" + place + "\" s=\"" + std::to_string(style) + "\"><v>" + value + "</v></c>";
}
inline std::string row(int number, const std::string& cells, const std::string& attributes = "") {
  return "<row r=\"" + std::to_string(number) + "\" " + attributes + ">" + cells + "</row>";
}

class WorkbookBuilder {
 public:
  WorkbookBuilder() : package_("xl/workbook.xml") {}

  // `after`: what follows the rows within the worksheet.
  WorkbookBuilder& sheet(const std::string& name, const std::string& rows,
                         const std::string& after = "", const std::string& attributes = "") {
    return raw_sheet(
        name,
        "<worksheet" + kMain + "><sheetData>" + rows + "</sheetData>" + after + "</worksheet>",
        attributes);
  }
  WorkbookBuilder& raw_sheet(const std::string& name, const std::string& xml,
                             const std::string& attributes = "") {
    const std::string number = std::to_string(++sheets_);
    list_ += "<sheet name=\"" + name + "\" sheetId=\"" + number + "\" r:id=\"s" + number + "\" " +
             attributes + "/>";
    package_.part(sheet_part(), xml);
    package_.relate("xl/workbook.xml", "s" + number, "worksheet",
                    "worksheets/sheet" + number + ".xml");
    return *this;
  }
  // The part of the sheet added last.
  std::string sheet_part() const {
    return "xl/worksheets/sheet" + std::to_string(sheets_) + ".xml";
  }

  // `items`: si elements.
  WorkbookBuilder& strings(const std::string& items) {
    package_.part("xl/sharedStrings.xml", "<sst" + kMain + ">" + items + "</sst>");
    package_.relate("xl/workbook.xml", "strings", "sharedStrings", "sharedStrings.xml");
    return *this;
  }
  // Style n+1 has the n-th code.
  WorkbookBuilder& formats(std::initializer_list<std::string> codes) {
    std::string all;
    std::string styles = "<xf numFmtId=\"0\"/>";
    int id = 164;
    for (const std::string& code : codes) {
      all += "<numFmt numFmtId=\"" + std::to_string(id) + "\" formatCode=\"" + code + "\"/>";
      styles += "<xf numFmtId=\"" + std::to_string(id++) + "\"/>";
    }
    package_.part("xl/styles.xml", "<styleSheet" + kMain + "><numFmts>" + all +
                                       "</numFmts><cellXfs>" + styles + "</cellXfs></styleSheet>");
    package_.relate("xl/workbook.xml", "styles", "styles", "styles.xml");
    return *this;
  }
  // The n-th differential format has the n-th code; an empty one has none.
  WorkbookBuilder& differential_formats(std::initializer_list<std::string> codes) {
    std::string all;
    for (const std::string& code : codes) {
      all += code.empty() ? "<dxf><font><b/></font></dxf>"
                          : "<dxf><numFmt numFmtId=\"170\" formatCode=\"" + code + "\"/></dxf>";
    }
    package_.part("xl/styles.xml", "<styleSheet" + kMain + "><cellXfs><xf numFmtId=\"0\"/>" +
                                       "<xf numFmtId=\"2\"/></cellXfs><dxfs>" + all +
                                       "</dxfs></styleSheet>");
    package_.relate("xl/workbook.xml", "styles", "styles", "styles.xml");
    return *this;
  }
  WorkbookBuilder& properties(const std::string& xml) {
    properties_ = xml;
    return *this;
  }
  test::OfficePackage& package() { return package_; }

  std::string build() {
    package_.part("xl/workbook.xml", "<workbook" + kMain + ">" + properties_ + "<sheets>" + list_ +
                                         "</sheets></workbook>");
    return package_.build();
  }

 private:
  test::OfficePackage package_;
  std::string list_;
  std::string properties_;
  int sheets_ = 0;
};

inline constexpr const char* kDefaultOptions =
    R"({"embedded_documents":true,"hidden_sheets":false,"hidden_cells":false,"formulas":"values","dates":"shown",)"
    R"("merged":"first","header":"first-row","comments":false,"drawings":true,"password":""})";

// A conversion with some options set ("merged":"fill"), the others as the manifest has them.
class Sample {
 public:
  explicit Sample(std::string bytes, const std::string& options = "")
      : job_(std::move(bytes), "a.xlsx",
             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") {
    job_.set_options(merged(options));
    outcome_ = job_.run(converter_);
  }
  Sample(WorkbookBuilder& builder, const std::string& options = "")
      : Sample(builder.build(), options) {}

  Outcome outcome() const { return outcome_; }
  std::string markdown() const { return job_.render("a"); }
  const RecordingJob& job() const { return job_; }

 private:
  // A key that comes twice counts by its last value.
  static std::string merged(const std::string& options) {
    std::string all = kDefaultOptions;
    if (!options.empty()) all.insert(all.size() - 1, "," + options);
    return all;
  }

  RecordingJob job_;
  XlsxConverter converter_;
  Outcome outcome_ = Outcome::kOk;
};

}  // namespace sluice::xlsx
