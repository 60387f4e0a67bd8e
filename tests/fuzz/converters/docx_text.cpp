// The input is the main part; styles, lists, notes and an image are there to be referred to.
#include "docx/converter.hpp"
#include "fuzz_converter.h"
#include "kit/zip_builder.h"

namespace {

using sluice::test::ZipBuilder;

constexpr const char* kNames =
    " xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>";

std::string relationship(const std::string& type, const std::string& target) {
  return "<Relationship Id='" + type + "' Type='x/" + type + "' Target='" + target + "'/>";
}

std::string package_of(std::string_view document) {
  ZipBuilder::Options stored;
  stored.stored = true;
  ZipBuilder zip;
  zip.add("_rels/.rels",
          "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" +
              relationship("officeDocument", "d.xml") + "</Relationships>",
          stored);
  zip.add("_rels/d.xml.rels",
          "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" +
              relationship("styles", "s.xml") + relationship("numbering", "n.xml") +
              relationship("footnotes", "f.xml") + relationship("image", "i.png") +
              "</Relationships>",
          stored);
  zip.add("d.xml", document, stored);
  zip.add("s.xml",
          std::string("<w:styles") + kNames +
              "<w:style w:type='paragraph' w:styleId='H'><w:name w:val='heading 1'/></w:style>"
              "<w:style w:type='paragraph' w:styleId='C'><w:name w:val='Source Code'/></w:style>"
              "<w:style w:type='paragraph' w:styleId='Q'><w:name w:val='Quote'/></w:style>"
              "<w:style w:type='paragraph' w:styleId='T'><w:name w:val='toc 1'/></w:style>"
              "</w:styles>",
          stored);
  zip.add("n.xml",
          std::string("<w:numbering") + kNames +
              "<w:abstractNum w:abstractNumId='1'>"
              "<w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>"
              "<w:lvl w:ilvl='1'><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.%2'/></w:lvl>"
              "<w:lvl w:ilvl='2'><w:numFmt w:val='bullet'/><w:lvlText w:val='o'/></w:lvl>"
              "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
              "</w:numbering>",
          stored);
  zip.add("f.xml",
          std::string("<w:footnotes") + kNames +
              "<w:footnote w:id='1'><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnote>"
              "</w:footnotes>",
          stored);
  zip.add("i.png", "\x89PNG\r\n\x1a\n", stored);
  return zip.build();
}

const sluice::fuzz::ConverterCase kCase{
    "file.docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    {R"({"tracked_changes":"accept","comments":false,"hidden_text":false,
         "embedded_documents":true,"headers_footers":false,"page_markers":true,"merged_cells":"empty","password":""})",
     R"({"tracked_changes":"all","comments":true,"hidden_text":true,
         
              "embedded_documents":true,"headers_footers":true,
              "page_markers":true,"merged_cells":"repeat","password":""})"}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string package = package_of({reinterpret_cast<const char*>(data), size});
  return sluice::fuzz::fuzz_converter<sluice::docx::DocxConverter>(
      reinterpret_cast<const std::uint8_t*>(package.data()), package.size(), kCase);
}
