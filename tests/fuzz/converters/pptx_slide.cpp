// A slide in a sound presentation: the input is what is between <p:spTree> and </p:spTree>.
#include "fuzz_converter.h"
#include "kit/office_package.h"
#include "pptx/converter.hpp"

namespace {

constexpr const char* kSpaces =
    " xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" "
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
    "xmlns:a14=\"http://schemas.microsoft.com/office/drawing/2010/main\" "
    "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" "
    "xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
    "xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\"";

std::string deck(std::string_view shapes) {
  const std::string spaces = kSpaces;
  const auto slide = [&](const std::string& element, std::string_view inside,
                         const std::string& after) {
    return "<" + element + spaces + "><p:cSld><p:spTree>" + std::string(inside) +
           "</p:spTree></p:cSld>" + after + "</" + element + ">";
  };
  sluice::test::OfficePackage package("ppt/presentation.xml");
  package.part("ppt/presentation.xml", "<p:presentation" + spaces +
                                           "><p:sldIdLst><p:sldId r:id=\"s\"/></p:sldIdLst>"
                                           "</p:presentation>");
  package.part("ppt/slide.xml", slide("p:sld", shapes, ""));
  package.part("ppt/layout.xml",
               slide("p:sldLayout",
                     "<p:sp><p:nvSpPr><p:nvPr><p:ph idx=\"1\"/></p:nvPr></p:nvSpPr>"
                     "<p:txBody><a:lstStyle><a:lvl1pPr><a:buAutoNum "
                     "type=\"arabicPeriod\"/></a:lvl1pPr></a:lstStyle></p:txBody>"
                     "</p:sp>",
                     ""));
  package.part("ppt/master.xml",
               slide("p:sldMaster", "",
                     "<p:txStyles><p:bodyStyle><a:lvl1pPr><a:buChar char=\"*\"/></a:lvl1pPr>"
                     "</p:bodyStyle></p:txStyles>"));
  package.part("ppt/image.gif", "GIF89a");
  package.relate("ppt/presentation.xml", "s", "slide", "slide.xml");
  package.relate("ppt/slide.xml", "l", "slideLayout", "layout.xml");
  package.relate("ppt/layout.xml", "m", "slideMaster", "master.xml");
  package.relate("ppt/slide.xml", "i", "image", "image.gif");
  package.relate("ppt/slide.xml", "u", "hyperlink", "http://e.org/", true);
  // The slide for a chart and for SmartArt, too: whatever it holds.
  package.relate("ppt/slide.xml", "c", "chart", "slide.xml");
  return package.build();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const sluice::fuzz::ConverterCase kCase{
      "file.pptx",
      "application/vnd.openxmlformats-officedocument.presentationml.presentation",
      {R"({"notes":true,"footers":true,
           "embedded_documents":true,"hidden_slides":true,"comments":true,"password":""})"}};
  const std::string bytes = deck({reinterpret_cast<const char*>(data), size});
  return sluice::fuzz::fuzz_converter<sluice::pptx::PptxConverter>(
      reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), kCase);
}
