#include "hostile/script_documents.h"

#include <cstdio>

#include "kit/office_package.h"
#include "kit/zip_builder.h"

namespace sluice::test {
namespace {

const std::string kText = "linked text";

std::string word_package(const std::string& url) {
  const std::string names =
      " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
      " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
  const auto run = [](const std::string& text) {
    return "<w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r>";
  };
  const auto instruction = [&run](const std::string& code) {
    return "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText "
           "xml:space=\"preserve\">" +
           code + "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" +
           run(kText) + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
  };
  const std::string in_field = " HYPERLINK &quot;" + url + "&quot; ";
  OfficePackage package("word/document.xml");
  const std::string body =
      "<w:p><w:hyperlink r:id=\"good\">" + run(kText) + "</w:hyperlink></w:p>" +
      "<w:p><w:hyperlink r:id=\"bad\">" + run(kText) + "</w:hyperlink></w:p>" +
      "<w:p><w:hyperlink r:id=\"bad\" w:anchor=\"x\">" + run(kText) + "</w:hyperlink></w:p>" +
      "<w:p><w:fldSimple w:instr=\"" + in_field + "\">" + run(kText) + "</w:fldSimple></w:p>" +
      instruction(in_field) + instruction(" HYPERLINK " + url + " ") +
      instruction(" HYPERLINK \\o &quot;tip&quot; &quot;" + url + "&quot; ");
  package.part("word/document.xml",
               "<w:document" + names + "><w:body>" + body + "</w:body></w:document>");
  package.relate("word/document.xml", "good", "hyperlink", kHarmlessLink, true);
  package.relate("word/document.xml", "bad", "hyperlink", url, true);
  return package.build();
}

std::string workbook(const std::string& url) {
  const std::string names =
      " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
      " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
  const auto cell = [](const std::string& place) {
    return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + kText + "</t></is></c>";
  };
  const auto formula = [](const std::string& place, const std::string& code) {
    return "<c r=\"" + place + "\" t=\"str\"><f>" + code + "</f><v>" + kText + "</v></c>";
  };
  OfficePackage package("xl/workbook.xml");
  package.part("xl/workbook.xml", "<workbook" + names +
                                      "><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"s1\"/>"
                                      "</sheets></workbook>");
  package.relate("xl/workbook.xml", "s1", "worksheet", "worksheets/sheet1.xml");
  package.part(
      "xl/worksheets/sheet1.xml",
      "<worksheet" + names + "><sheetData><row r=\"1\">" + cell("A1") + cell("B1") + cell("C1") +
          "</row><row r=\"2\">" + cell("A2") +
          formula("B2", "HYPERLINK(&quot;" + url + "&quot;,&quot;" + kText + "&quot;)") +
          formula("C2", "IF(TRUE,HYPERLINK(&quot;" + url + "&quot;))") +
          "</row></sheetData><hyperlinks><hyperlink ref=\"A1\" r:id=\"good\"/>"
          "<hyperlink ref=\"B1\" r:id=\"bad\"/><hyperlink ref=\"C1\" r:id=\"bad\" location=\"x\"/>"
          "<hyperlink ref=\"A2\" location=\"" +
          url + "\" display=\"" + kText + "\"/></hyperlinks></worksheet>");
  package.relate("xl/worksheets/sheet1.xml", "good", "hyperlink", kHarmlessLink, true);
  package.relate("xl/worksheets/sheet1.xml", "bad", "hyperlink", url, true);
  return package.build();
}

std::string presentation(const std::string& url) {
  const std::string names =
      " xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""
      " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
      " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
  const auto shape = [](const std::string& of_shape, const std::string& of_run) {
    return "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"n\">" + of_shape +
           "</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r>"
           "<a:rPr>" +
           of_run + "</a:rPr><a:t>" + kText + "</a:t></a:r></a:p></p:txBody></p:sp>";
  };
  const std::string bad = "<a:hlinkClick r:id=\"bad\"/>";
  OfficePackage package("ppt/presentation.xml");
  package.part("ppt/presentation.xml",
               "<p:presentation" + names +
                   "><p:sldIdLst><p:sldId id=\"256\" r:id=\"s1\"/></p:sldIdLst></p:presentation>");
  package.relate("ppt/presentation.xml", "s1", "slide", "slides/slide1.xml");
  package.part("ppt/slides/slide1.xml",
               "<p:sld" + names + "><p:cSld><p:spTree>" +
                   shape("", "<a:hlinkClick r:id=\"good\"/>") + shape("", bad) + shape(bad, "") +
                   shape("", "<a:hlinkMouseOver r:id=\"bad\"/>") + "</p:spTree></p:cSld></p:sld>");
  package.relate("ppt/slides/slide1.xml", "good", "hyperlink", kHarmlessLink, true);
  package.relate("ppt/slides/slide1.xml", "bad", "hyperlink", url, true);
  return package.build();
}

std::string html_body(const std::string& url) {
  const std::string harmless = kHarmlessLink;
  return "<p><a href=\"" + harmless + "\">" + kText +
         "</a> and a line of more words.</p><p><a href=\"" + url + "\">" + kText +
         "</a> and more words of it.</p><p><a title='t' HREF='" + url + "'><b>" + kText +
         "</b></a></p><ul><li><a href=\"" + url + "\">" + kText +
         "</a></li></ul><table><tr><td><a href=\"" + url + "\">" + kText +
         "</a></td></tr></table><p><img src=\"" + url + "\" alt=\"shown\"/> <a href=\"" + url +
         "\"><img src=\"" + harmless + ".png\" alt=\"shown\"/></a></p><form action=\"" + url +
         "\"><input formaction=\"" + url +
         "\"/></form><svg xmlns='http://www.w3.org/2000/svg' "
         "xmlns:xlink='http://www.w3.org/1999/xlink'><a xlink:href=\"" +
         url + "\"><text>" + kText + "</text></a></svg><h2><a href=\"" + url + "\">" + kText +
         "</a></h2><p><iframe src=\"" + url + "\"></iframe><object data=\"" + url +
         "\">o</object><q cite=\"" + url + "\">quoted</q></p>";
}

std::string book(const std::string& url) {
  const std::string open =
      "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'>"
      "<head><title>t</title></head><body>";
  ZipBuilder zip;
  zip.add("mimetype", "application/epub+zip");
  zip.add("META-INF/container.xml",
          "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
          "<rootfile full-path='book.opf'/></rootfiles></container>");
  zip.add("book.opf",
          "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><metadata/><manifest>"
          "<item id='c' href='c.xhtml' media-type='application/xhtml+xml'/><item id='n' "
          "href='n.xhtml' media-type='application/xhtml+xml' properties='nav'/></manifest>"
          "<spine><itemref idref='n'/><itemref idref='c'/></spine></package>");
  zip.add("c.xhtml", open + html_body(url) + "</body></html>");
  zip.add("n.xhtml", open + "<nav epub:type='toc'><ol><li><a href=\"" + url + "\">" + kText +
                         "</a></li><li><a href='c.xhtml'>c</a></li></ol></nav></body></html>");
  return zip.build();
}

// As a string of a PDF in hexadecimal digits, so that it may hold anything.
std::string hexadecimal(const std::string& bytes) {
  std::string out = "<";
  for (const char c : bytes) {
    char two[3];
    std::snprintf(two, sizeof two, "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    out += two;
  }
  return out + ">";
}

std::string paper(const std::string& url) {
  std::string content;
  std::string annotations;
  int y = 700;
  for (const std::string& target : {std::string(kHarmlessLink), url}) {
    content += "BT /F1 12 Tf 1 0 0 1 72 " + std::to_string(y) + " Tm (" + kText + ") Tj ET\n";
    annotations += "<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [70 " +
                   std::to_string(y - 4) + " 160 " + std::to_string(y + 12) +
                   "] /A << /S /URI /URI " + hexadecimal(target) + " >> >> ";
    y -= 60;
  }
  const std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
      "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << /Font 3 "
      "0 R >> /Annots [" +
          annotations + "] >>",
      "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream"};
  std::string pdf = "%PDF-1.7\n";
  std::string table = "xref\n0 6\n0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    char entry[32];
    std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", pdf.size());
    table += entry;
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::size_t at = pdf.size();
  return pdf + table + "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n" + std::to_string(at) +
         "\n%%EOF\n";
}

std::string markdown(const std::string& url) {
  const std::string harmless = kHarmlessLink;
  return "[" + kText + "](" + harmless + ")\n\n[" + kText + "](" + url + ")\n\n[" + kText + "](<" +
         url + ">)\n\n[" + kText + "][r] ![shown](" + url + ") <" + url + ">\n\n[r]: <" + url +
         ">\n\n| a |\n| - |\n| [" + kText + "](" + url + ") |\n\n> - <a href=\"" + url + "\">" +
         kText + "</a>\n\n<div><a href='" + url + "'>" + kText + "</a><form action=\"" + url +
         "\"></form></div>\n";
}

// Text that looks like Markdown or HTML stays text.
std::string plain(const std::string& url) {
  return kText + " <" + url + "> [x](" + url + ") ![x](<" + url + ">) <a href=\"" + url +
         "\">x</a>\n[r]: " + url + "\n\n[r] and " + kHarmlessLink + "\n";
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    if (c != '\n') out += c;
  }
  return out + "\"";
}

// For an attribute of XML: as it is read, `url`.
std::string escaped(const std::string& url) {
  std::string out;
  for (const char c : url) {
    if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\'' || c == '<' || c == '>' ||
        c == '&') {
      out += "&#" + std::to_string(static_cast<unsigned>(static_cast<unsigned char>(c))) + ";";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

const std::vector<Disguise>& script_disguises() {
  static const std::vector<Disguise> kAll = {
      {"plain", "javascript:alert(1)"},
      {"case", "JaVaScRiPt:alert(1)"},
      {"tab", "java\tscript:alert(1)"},
      {"line", "java\nscript:alert(1)"},
      {"return", "java\rscript:alert(1)"},
      {"blank", " javascript:alert(1)"},
      {"control", "\x01javascript:alert(1)"},
      {"number", "&#106;avascript:alert(1)"},
      {"digits", "&#x6A;avascript&#x3A;alert(1)"},
      {"open", "&#0000106&#97&#118&#97script:alert(1)"},
      {"colon", "javascript&colon;alert(1)"},
      {"tabname", "java&Tab;script:alert(1)"},
      {"newline", "java&NewLine;script:alert(1)"},
      {"twice", "&amp;#106;avascript:alert(1)"},
      {"slashes", "javascript://%0aalert(1)"},
      {"vbscript", "vbscript:msgbox(1)"},
      {"page", "data:text/html,alert(1)"},
      {"base", "DATA:text/html;base64,PHNjcmlwdD4="},
      {"svg", "data:image/svg+xml,alert(1)"},
      {"source", "view-source:javascript:alert(1)"},
  };
  return kAll;
}

std::vector<ScriptDocument> documents_linking_to(const std::string& url) {
  const std::string in_xml = escaped(url);
  const bool can_be_in_xml = url.find('\x01') == std::string::npos;
  const std::string page = "<!DOCTYPE html><title>t</title>";
  std::vector<ScriptDocument> all = {
      {"a.md", markdown(url)},
      {"a.txt", plain(url)},
      {"a.csv", "name,link\n" + quoted(plain(url)) + "," + quoted(url) + "\n"},
      {"a.html", page + html_body(url)},
      {"b.html", page + "<base href=\"" + in_xml + "\">" + html_body(in_xml)},
      {"a.docx", word_package(in_xml), can_be_in_xml},
      {"a.xlsx", workbook(in_xml), can_be_in_xml},
      {"a.pptx", presentation(in_xml), can_be_in_xml},
      {"a.epub", book(in_xml), can_be_in_xml},
      {"a.pdf", paper(url)},
  };
  // As the file has it: what reads XML decodes it once more. It may be no XML at all.
  if (in_xml != url && can_be_in_xml) {
    all.push_back({"b.docx", word_package(url), false});
    all.push_back({"b.xlsx", workbook(url), false});
    all.push_back({"b.pptx", presentation(url), false});
    all.push_back({"b.epub", book(url), false});
  }
  return all;
}

}  // namespace sluice::test
