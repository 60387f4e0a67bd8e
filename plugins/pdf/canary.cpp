// SPDX-License-Identifier: Apache-2.0
#include "canary.hpp"

#include <cstdio>
#include <string>

namespace sluice::pdf {
namespace {

std::string make_pdf() {
  const char* const kObjects[] = {
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 100] /Contents 4 0 R /Resources << /Font << "
      "/L << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> "
      "/J << /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /90ms-RKSJ-H "
      "/DescendantFonts [<< "
      "/Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry "
      "(Adobe) "
      "/Ordering (Japan1) /Supplement 2 >> /DW 1000 >>] >> >> >> >>",
      "<< /Length 5 0 R >>\nstream\n"
      "BT /L 10 Tf 20 60 Td (Canary caf\\351) Tj ET BT /J 10 Tf 20 20 Td <834a8369838a8341> Tj ET"
      "\nendstream",
      "89",
  };
  std::string pdf = "%PDF-1.4\n";
  std::string offsets;
  for (int i = 0; i < 5; ++i) {
    char entry[24];
    std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", pdf.size());
    offsets += entry;
    pdf += std::to_string(i + 1) + " 0 obj\n" + kObjects[i] + "\nendobj\n";
  }
  const std::size_t table = pdf.size();
  pdf += "xref\n0 6\n0000000000 65535 f \n" + offsets +
         "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
  return pdf;
}

}  // namespace

Canary canary_document() {
  static const std::string kPdf = make_pdf();
  return {kPdf, "canary.pdf", "application/pdf",
          "<!-- page 1 -->\n\nCanary "
          "caf\xC3\xA9\n\n\xE3\x82\xAB\xE3\x83\x8A\xE3\x83\xAA\xE3\x82\xA2\n"};
}

}  // namespace sluice::pdf
