// SPDX-License-Identifier: Apache-2.0
//
// Namespaces of Office documents. Transitional: ECMA-376, part 4, annex A; Strict: part 1, annex
// A; Microsoft's extensions: [MS-DOCX] 2.2, [MS-ODRAWXML] 2.1.
#include <array>
#include <sluice/opc.hpp>

namespace sluice {
namespace {

constexpr auto kNamespaces = std::to_array<XmlNamespace>({
    {"w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"},
    {"w", "http://purl.oclc.org/ooxml/wordprocessingml/main"},
    {"r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"},
    {"r", "http://purl.oclc.org/ooxml/officeDocument/relationships"},
    {"a", "http://schemas.openxmlformats.org/drawingml/2006/main"},
    {"a", "http://purl.oclc.org/ooxml/drawingml/main"},
    {"pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"},
    {"pic", "http://purl.oclc.org/ooxml/drawingml/picture"},
    {"wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"},
    {"wp", "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"},
    {"xdr", "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"},
    {"xdr", "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing"},
    {"c", "http://schemas.openxmlformats.org/drawingml/2006/chart"},
    {"c", "http://purl.oclc.org/ooxml/drawingml/chart"},
    {"dgm", "http://schemas.openxmlformats.org/drawingml/2006/diagram"},
    {"dgm", "http://purl.oclc.org/ooxml/drawingml/diagram"},
    {"dsp", "http://schemas.microsoft.com/office/drawing/2008/diagram"},
    {"m", "http://schemas.openxmlformats.org/officeDocument/2006/math"},
    {"m", "http://purl.oclc.org/ooxml/officeDocument/math"},
    {"x", "http://schemas.openxmlformats.org/spreadsheetml/2006/main"},
    {"x", "http://purl.oclc.org/ooxml/spreadsheetml/main"},
    {"x14", "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"},
    {"xm", "http://schemas.microsoft.com/office/excel/2006/main"},
    {"p", "http://schemas.openxmlformats.org/presentationml/2006/main"},
    {"p", "http://purl.oclc.org/ooxml/presentationml/main"},
    {"v", "urn:schemas-microsoft-com:vml"},
    {"o", "urn:schemas-microsoft-com:office:office"},
    {"w10", "urn:schemas-microsoft-com:office:word"},
    {"mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"},
    {"wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"},
    {"wpg", "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"},
    {"wpc", "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"},
    {"wp14", "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"},
    {"w14", "http://schemas.microsoft.com/office/word/2010/wordml"},
    {"w15", "http://schemas.microsoft.com/office/word/2012/wordml"},
    {"p14", "http://schemas.microsoft.com/office/powerpoint/2010/main"},
    {"a14", "http://schemas.microsoft.com/office/drawing/2010/main"},
    {"asvg", "http://schemas.microsoft.com/office/drawing/2016/SVG/main"},
    {"adec", "http://schemas.microsoft.com/office/drawing/2017/decorative"},
    {"ct", "http://schemas.openxmlformats.org/package/2006/content-types"},
    {"rel", "http://schemas.openxmlformats.org/package/2006/relationships"},
    {"cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"},
    {"dc", "http://purl.org/dc/elements/1.1/"},
    {"dcterms", "http://purl.org/dc/terms/"},
    {"ep", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"},
    {"ep", "http://purl.oclc.org/ooxml/officeDocument/extendedProperties"},
});

}  // namespace

std::span<const XmlNamespace> office_namespaces() {
  return kNamespaces;
}

}  // namespace sluice
