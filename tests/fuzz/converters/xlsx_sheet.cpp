// A sheet in a sound workbook: the input is what is between <worksheet> and </worksheet>.
#include "fuzz_converter.h"
#include "kit/office_package.h"
#include "xlsx/converter.hpp"

namespace {

constexpr const char* kSpaces =
    " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

std::string workbook(std::string_view sheet) {
  const std::string spaces = kSpaces;
  sluice::test::OfficePackage package("xl/workbook.xml");
  package.part("xl/workbook.xml", "<workbook" + spaces + "><sheets><sheet name=\"S\" r:id=\"s\"/>" +
                                      "</sheets></workbook>");
  package.part("xl/sharedStrings.xml",
               "<sst" + spaces + "><si><t>one</t></si><si><t>two</t></si>" + "</sst>");
  package.part(
      "xl/styles.xml",
      "<styleSheet" + spaces +
          "><numFmts><numFmt numFmtId=\"164\" formatCode=\"#,##0.00;[Red]-0.0\"/></numFmts>"
          "<cellXfs><xf/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"46\"/>"
          "<xf numFmtId=\"13\"/></cellXfs></styleSheet>");
  package.part("xl/worksheets/sheet1.xml",
               "<worksheet" + spaces + ">" + std::string(sheet) + "</worksheet>");
  package.relate("xl/workbook.xml", "s", "worksheet", "worksheets/sheet1.xml");
  package.relate("xl/workbook.xml", "t", "sharedStrings", "sharedStrings.xml");
  package.relate("xl/workbook.xml", "u", "styles", "styles.xml");
  package.relate("xl/worksheets/sheet1.xml", "l", "hyperlink", "http://e.org/", true);
  return package.build();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const sluice::fuzz::ConverterCase kCase{
      "file.xlsx",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      {R"({"embedded_documents":true,"hidden_sheets":false,"hidden_cells":false,"formulas":"values","dates":"shown",
           "merged":"first","header":"first-row","comments":false,"drawings":true,"password":""})",
       R"({"embedded_documents":true,"hidden_sheets":true,"hidden_cells":true,"formulas":"both","dates":"iso",
           "merged":"fill","header":"none","comments":true,"drawings":true,"password":""})"}};
  const std::string bytes = workbook({reinterpret_cast<const char*>(data), size});
  return sluice::fuzz::fuzz_converter<sluice::xlsx::XlsxConverter>(
      reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), kCase);
}
