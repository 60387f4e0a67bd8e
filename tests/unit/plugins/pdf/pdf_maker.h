// SPDX-License-Identifier: Apache-2.0
//
// Writes small PDFs, object by object, and runs the converter on them. Points, origin at the lower
// left, as in a content stream; pages are 600 by 800.
#pragma once

#include <cstdio>
#include <memory>
#include <sluice/testing.hpp>
#include <string>
#include <vector>

#include "pdf/converter.hpp"

namespace sluice::test {

// Lines of running text.
inline const std::vector<std::string> kProse = {
    "The brook rises in the hills above the old mill and runs for miles through meadows,",
    "before it reaches the weir, where the water has been measured since the first winter.",
    "In spring the gates are opened for a week so that the salmon can pass the old weir."};

enum class Font { kRegular = 1, kBold, kItalic, kMono };

// One string, shown at a place.
inline std::string show(double x, double y, double size, const std::string& text,
                        Font font = Font::kRegular) {
  char buffer[120];
  std::snprintf(buffer, sizeof buffer, "BT /F%d %g Tf 1 0 0 1 %g %g Tm (", static_cast<int>(font),
                size, x, y);
  std::string escaped;
  for (const char c : text) {
    if (c == '(' || c == ')' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return buffer + escaped + ") Tj ET\n";
}
// Lines of text below each other, from the top.
inline std::string show_lines(double x, double y, double size,
                              const std::vector<std::string>& lines, Font font = Font::kRegular,
                              double leading = 1.2) {
  std::string content;
  for (const std::string& line : lines) {
    content += show(x, y, size, line, font);
    y -= leading * size;
  }
  return content;
}
inline std::string rule(double x0, double y0, double x1, double y1) {
  char buffer[120];
  std::snprintf(buffer, sizeof buffer, "%g %g m %g %g l S\n", x0, y0, x1, y1);
  return buffer;
}

class PdfMaker {
 public:
  PdfMaker() {
    objects_.resize(3);  // catalog, pages, fonts
  }
  // Returns the object's number.
  int add(std::string object) {
    objects_.push_back(std::move(object));
    return static_cast<int>(objects_.size());
  }
  int add_stream(const std::string& dictionary, const std::string& data) {
    return add("<< " + dictionary + " /Length " + std::to_string(data.size()) + " >>\nstream\n" +
               data + "\nendstream");
  }
  // `resources` and `extra`: entries for the page's dictionaries.
  int add_page(const std::string& content, const std::string& resources = "",
               const std::string& extra = "") {
    return add_page_of(add_stream("", content), resources, extra);
  }
  // A page with the content of stream object `stream`.
  int add_page_of(int stream, const std::string& resources = "", const std::string& extra = "") {
    pages_.push_back(add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents " +
                         std::to_string(stream) + " 0 R /Resources << /Font 3 0 R " + resources +
                         " >> " + extra + " >>"));
    return pages_.back();
  }
  void set_font(const std::string& name, const std::string& object) {
    fonts_ += "/" + name + " " + object + " ";
  }
  void set_catalog(const std::string& entries) { catalog_ = entries; }
  void set_info(const std::string& entries) { info_ = add("<< " + entries + " >>"); }

  std::string make() {
    const auto font = [](const std::string& name) {
      return "<< /Type /Font /Subtype /Type1 /BaseFont /" + name + " /Encoding /WinAnsiEncoding >>";
    };
    std::string kids;
    for (const int page : pages_) kids += std::to_string(page) + " 0 R ";
    objects_[0] = "<< /Type /Catalog /Pages 2 0 R " + catalog_ + " >>";
    objects_[1] =
        "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages_.size()) + " >>";
    objects_[2] = "<< /F1 " + font("Helvetica") + " /F2 " + font("Helvetica-Bold") + " /F3 " +
                  font("Helvetica-Oblique") + " /F4 " + font("Courier") + " " + fonts_ + ">>";
    std::string pdf = "%PDF-1.7\n";
    std::string xref = "xref\n0 " + std::to_string(objects_.size() + 1) + "\n0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      char entry[32];
      std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", pdf.size());
      xref += entry;
      pdf += std::to_string(i + 1) + " 0 obj\n" + objects_[i] + "\nendobj\n";
    }
    const std::size_t at = pdf.size();
    pdf += xref + "trailer\n<< /Size " + std::to_string(objects_.size() + 1) + " /Root 1 0 R" +
           (info_ > 0 ? " /Info " + std::to_string(info_) + " 0 R" : "") + " >>\nstartxref\n" +
           std::to_string(at) + "\n%%EOF\n";
    return pdf;
  }

 private:
  std::vector<std::string> objects_;
  std::vector<int> pages_;
  std::string fonts_;
  std::string catalog_;
  int info_ = 0;
};

// A simple font whose codes a, b, c... stand for the given characters, drawn 6 points apart at 10.
inline std::string font_for(PdfMaker& maker, const std::string& bfchars, int count) {
  const int map = maker.add_stream("",
                                   "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
                                   "1 begincodespacerange <00> <FF> endcodespacerange\n" +
                                       std::to_string(count) + " beginbfchar\n" + bfchars +
                                       "endbfchar endcmap end end");
  std::string widths;
  for (int i = 0; i < 26; ++i) widths += "600 ";
  return "<< /Type /Font /Subtype /TrueType /BaseFont /Some /FirstChar 97 /LastChar 122 /Widths [" +
         widths + "] /ToUnicode " + std::to_string(map) + " 0 R >>";
}

struct PdfOptions {
  bool page_markers = false;
  bool images = true;
  bool tables = true;
  bool comments = false;
  bool headers_and_footers = false;
  int min_image_size = 16;
  std::string password;

  std::string json() const {
    const auto flag = [](bool value) { return std::string(value ? "true" : "false"); };
    return "{\"page_markers\":" + flag(page_markers) + ",\"images\":" + flag(images) +
           ",\"tables\":" + flag(tables) + ",\"comments\":" + flag(comments) +
           ",\"headers_and_footers\":" + flag(headers_and_footers) +
           ",\"min_image_size\":" + std::to_string(min_image_size) +
           R"(,"ocr":"auto","ocr_resolution":300,"ocr_pages":500,"ocr_seconds":1800)" +
           ",\"password\":\"" + password + "\"}";
  }
};

struct PdfRun {
  explicit PdfRun(std::string pdf, const PdfOptions& options = {},
                  const pdf::RuleSettings& rules = {})
      : job(std::make_unique<RecordingJob>(std::move(pdf), "paper.pdf", "application/pdf")) {
    job->set_options(options.json());
    pdf::PdfConverter converter(rules);
    outcome = job->run(converter);
  }
  std::string markdown() const { return job->render("paper"); }

  std::unique_ptr<RecordingJob> job;
  Outcome outcome = Outcome::kInternal;
};

// The Markdown of one page with this content.
inline std::string page_markdown(const std::string& content, const PdfOptions& options = {}) {
  PdfMaker maker;
  maker.add_page(content);
  const PdfRun run(maker.make(), options);
  return run.outcome == Outcome::kOk ? run.markdown() : "outcome: " + run.job->reason();
}

// Content of the element that tagged_markdown gives this MCID.
inline std::string marked(int mcid, const std::string& content) {
  return "/P << /MCID " + std::to_string(mcid) + " >> BDC\n" + content + "EMC\n";
}

// An element of a tagged document: its type, and the number of its parent.
struct Element {
  std::string type;
  int parent;
};

// The Markdown of one page with this content, whose marked content belongs to `elements`. They are
// numbered from 1, the root is 0. MCID n belongs to the element `owners[n]`.
inline std::string tagged_markdown(const std::string& content, const std::vector<Element>& elements,
                                   const std::vector<int>& owners,
                                   const std::string& role_map = "") {
  PdfMaker maker;
  const int root = maker.add_page(content, "", "/StructParents 0") + 1;
  const auto reference = [&](int element) { return std::to_string(root + element) + " 0 R "; };
  std::string parents;
  for (const int owner : owners) parents += reference(owner);
  maker.add("<< /Type /StructTreeRoot /K [" + reference(1) + "] /ParentTree << /Nums [0 [" +
            parents + "]] >> /RoleMap << " + role_map + " >> >>");
  for (const Element& element : elements) {
    maker.add("<< /Type /StructElem /S /" + element.type + " /P " + reference(element.parent) +
              ">>");
  }
  maker.set_catalog("/StructTreeRoot " + reference(0) + "/MarkInfo << /Marked true >>");
  return PdfRun(maker.make()).markdown();
}

}  // namespace sluice::test
