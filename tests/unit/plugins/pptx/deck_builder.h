// Presentations for tests, and what becomes of them.
#pragma once

#include <sluice/testing.hpp>
#include <string>
#include <utility>

#include "kit/office_package.h"
#include "pptx/converter.hpp"

namespace sluice::pptx {

inline const std::string kSpaces =
    " xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" "
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
    "xmlns:a14=\"http://schemas.microsoft.com/office/drawing/2010/main\" "
    "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" ";

inline std::string run(const std::string& text, const std::string& properties = "") {
  return "<a:r><a:rPr " + properties + "/><a:t>" + text + "</a:t></a:r>";
}
// A paragraph of one run.
inline std::string line(const std::string& text, const std::string& properties = "") {
  return "<a:p>" + properties + run(text) + "</a:p>";
}
inline std::string bullet(const std::string& text, int level = 0) {
  return line(text, "<a:pPr lvl=\"" + std::to_string(level) + "\"><a:buChar char=\"-\"/></a:pPr>");
}
inline std::string place(int x, int y, int width = 1000, int height = 1000) {
  constexpr const char* kThousand = "000";
  const auto emu = [&](int value) { return std::to_string(value) + kThousand; };
  return "<a:xfrm><a:off x=\"" + emu(x) + "\" y=\"" + emu(y) + "\"/><a:ext cx=\"" + emu(width) +
         "\" cy=\"" + emu(height) + "\"/></a:xfrm>";
}
// A shape with text; `placeholder`: attributes of p:ph, none if empty.
inline std::string shape(const std::string& paragraphs, const std::string& placeholder = "",
                         const std::string& transform = "") {
  return "<p:sp><p:nvSpPr><p:cNvPr id=\"1\" name=\"n\"/><p:cNvSpPr/><p:nvPr>" +
         (placeholder.empty() ? std::string() : "<p:ph " + placeholder + "/>") +
         "</p:nvPr></p:nvSpPr><p:spPr>" + transform + "</p:spPr><p:txBody><a:bodyPr/>" +
         paragraphs + "</p:txBody></p:sp>";
}
inline std::string title(const std::string& text) {
  return shape(line(text), "type=\"title\"");
}

class DeckBuilder {
 public:
  DeckBuilder() : package_("ppt/presentation.xml") {}

  DeckBuilder& slide(const std::string& shapes, const std::string& attributes = "") {
    const std::string number = std::to_string(++slides_);
    package_.part(part(), slide_xml("p:sld", shapes, attributes));
    package_.relate("ppt/presentation.xml", "s" + number, "slide",
                    "slides/slide" + number + ".xml");
    ids_ += "<p:sldId id=\"" + std::to_string(255 + slides_) + "\" r:id=\"s" + number + "\"/>";
    return *this;
  }
  // The part of the slide added last.
  std::string part() const { return "ppt/slides/slide" + std::to_string(slides_) + ".xml"; }

  // A layout over a master for the slide added last.
  DeckBuilder& under(const std::string& layout_shapes, const std::string& master_shapes,
                     const std::string& master_styles = "") {
    package_.part("ppt/slideLayouts/slideLayout1.xml", slide_xml("p:sldLayout", layout_shapes));
    package_.part("ppt/slideMasters/slideMaster1.xml",
                  slide_xml("p:sldMaster", master_shapes, "", master_styles));
    package_.relate(part(), "layout", "slideLayout", "../slideLayouts/slideLayout1.xml");
    package_.relate("ppt/slideLayouts/slideLayout1.xml", "master", "slideMaster",
                    "../slideMasters/slideMaster1.xml");
    return *this;
  }
  // The order of the slides instead of that of their making: s1, s2, ...
  DeckBuilder& order(std::initializer_list<int> numbers) {
    ids_.clear();
    for (const int number : numbers) {
      ids_ += "<p:sldId id=\"1\" r:id=\"s" + std::to_string(number) + "\"/>";
    }
    return *this;
  }
  test::OfficePackage& package() { return package_; }

  static std::string slide_xml(const std::string& element, const std::string& shapes,
                               const std::string& attributes = "", const std::string& after = "") {
    return "<" + element + kSpaces + attributes + "><p:cSld><p:spTree>" + shapes +
           "</p:spTree></p:cSld>" + after + "</" + element + ">";
  }

  std::string build() {
    package_.part("ppt/presentation.xml", "<p:presentation" + kSpaces + "><p:sldIdLst>" + ids_ +
                                              "</p:sldIdLst></p:presentation>");
    return package_.build();
  }

 private:
  test::OfficePackage package_;
  std::string ids_;
  int slides_ = 0;
};

class Sample {
 public:
  explicit Sample(std::string bytes, const std::string& options = "")
      : job_(std::move(bytes), "a.pptx",
             "application/vnd.openxmlformats-officedocument.presentationml.presentation") {
    job_.set_options(
        "{\"notes\":true,\"footers\":false,\"embedded_documents\":true,\"hidden_slides\":false,"
        "\"comments\":false,\"password\":"
        "\"\"" +
        (options.empty() ? "" : "," + options) + "}");
    outcome_ = job_.run(converter_);
  }
  explicit Sample(DeckBuilder& builder, const std::string& options = "")
      : Sample(builder.build(), options) {}

  Outcome outcome() const { return outcome_; }
  std::string markdown() const { return job_.render("a"); }
  const RecordingJob& job() const { return job_; }

 private:
  RecordingJob job_;
  PptxConverter converter_;
  Outcome outcome_ = Outcome::kOk;
};

// The Markdown of one slide, without its number.
inline std::string slide_markdown(DeckBuilder& builder, const std::string& options = "") {
  const std::string markdown = Sample(builder, options).markdown();
  const std::string begin = "<!-- Slide number: 1 -->\n\n";
  return markdown.starts_with(begin) ? markdown.substr(begin.size()) : markdown;
}
inline std::string slide_markdown(const std::string& shapes) {
  DeckBuilder builder;
  builder.slide(shapes);
  return slide_markdown(builder);
}

}  // namespace sluice::pptx
