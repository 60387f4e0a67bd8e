// SPDX-License-Identifier: Apache-2.0
#include "odf/slides.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <sluice/blanks.hpp>
#include <sluice/counted.hpp>
#include <sluice/options.hpp>

#include "odf/block_writer.hpp"
#include "odf/convert.hpp"
#include "odf/elements.hpp"
#include "odf/probe.hpp"

namespace sluice::odf {
namespace {

constexpr double kBand = 14;  // points: shapes whose tops differ by less stand side by side
constexpr double kNoPlace = 1e9;

std::string_view class_of(XmlNode shape) {
  return value_of(shape, "presentation:class");
}

// What asks to be filled in.
bool is_placeholder(XmlNode shape) {
  return value_of(shape, "presentation:placeholder") == "true";
}

// Of the master, repeated on each slide.
bool is_furniture(XmlNode shape) {
  constexpr std::array<std::string_view, 4> kClasses = {"header", "footer", "date-time",
                                                        "page-number"};
  return std::find(kClasses.begin(), kClasses.end(), class_of(shape)) != kClasses.end();
}

struct Placed {
  XmlNode node;
  double left = kNoPlace;
  double top = kNoPlace;
};

// svg:x and svg:y; of lines their ends, of turned shapes what draw:transform moves them by; of a
// group its first shape that has a place.
Placed placed(XmlNode shape, int depth = 0) {
  Placed out{shape};
  const auto number = [&](const char* first, const char* second) {
    const auto value = points_of(value_of(shape, first));
    return value ? value : points_of(value_of(shape, second));
  };
  if (const auto left = number("svg:x", "svg:x1")) out.left = *left;
  if (const auto top = number("svg:y", "svg:y1")) out.top = *top;
  const std::string_view transform = value_of(shape, "draw:transform");
  const std::size_t moved = transform.find("translate (");
  if (moved != std::string_view::npos) {
    std::string_view rest = transform.substr(moved + 11);
    rest = rest.substr(0, rest.find(')'));
    const std::size_t blank = rest.find(' ');
    out.left = points_of(rest.substr(0, blank)).value_or(out.left);
    if (blank != std::string_view::npos)
      out.top = points_of(rest.substr(blank + 1)).value_or(out.top);
  }
  if (named(shape, "draw:g") && depth < 32) {
    for (const XmlNode child : shape.children()) {
      const Placed inner = placed(child, depth + 1);
      out.left = std::min(out.left, inner.left);
      out.top = std::min(out.top, inner.top);
    }
  }
  return out;
}

// From top to bottom, and from left to right where shapes stand side by side. Shapes that have no
// place stay behind the others, as they are written.
std::vector<XmlNode> in_reading_order(std::vector<Placed> shapes) {
  std::stable_sort(shapes.begin(), shapes.end(),
                   [](const Placed& a, const Placed& b) { return a.top < b.top; });
  for (std::size_t begin = 0; begin < shapes.size();) {
    std::size_t end = begin + 1;
    while (end < shapes.size() && shapes[end].top - shapes[begin].top < kBand) ++end;
    std::stable_sort(shapes.begin() + static_cast<std::ptrdiff_t>(begin),
                     shapes.begin() + static_cast<std::ptrdiff_t>(end),
                     [](const Placed& a, const Placed& b) { return a.left < b.left; });
    begin = end;
  }
  std::vector<XmlNode> out;
  for (const Placed& shape : shapes) out.push_back(shape.node);
  return out;
}

class SlideWriter {
 public:
  SlideWriter(Context& context, const Options& options)
      : context_(context),
        out_(context.out),
        notes_(options.get_bool("notes")),
        footers_(options.get_bool("footers")),
        comments_(options.get_bool("comments")) {}

  // The texts that pages share, by their names.
  void read_footers(XmlNode body) {
    for (const XmlNode node : body.children()) {
      const std::string_view name = node.name();
      if (name != "presentation:header-decl" && name != "presentation:footer-decl" &&
          name != "presentation:date-time-decl") {
        continue;
      }
      shared_footers_.emplace(value_of(node, "presentation:name"), plain_text(node));
    }
  }

  void write(XmlNode page) {
    std::vector<Placed> shapes;
    XmlNode title;
    for (const XmlNode node : page.children()) {
      const std::string_view name = node.name();
      const bool is_shape =
          name.starts_with("draw:") || name.starts_with("dr3d:") || name == "table:table";
      if (!is_shape || name == "draw:layer-set" || is_placeholder(node)) continue;
      if (is_furniture(node) && !footers_) {
        footers_left_.add(plain_text(node));
        continue;
      }
      if (!title && class_of(node) == "title" && !plain_text(node).empty()) {
        title = node;
      } else {
        shapes.push_back(placed(node));
      }
    }
    if (title) write_title(title);
    for (const XmlNode node : in_reading_order(std::move(shapes))) {
      BlockWriter(context_).shape(node);
      out_.end_paragraph();
    }
    for (const char* use : {"presentation:use-header-name", "presentation:use-footer-name",
                            "presentation:use-date-time-name"}) {
      if (const auto found = shared_footers_.find(value_of(page, use));
          found != shared_footers_.end()) {
        write_footer(found->second);
      }
    }
    if (notes_) write_speaker_notes(page.child("presentation:notes"));
    write_comments(page);
  }

  void tell(std::string_view id) const {
    footers_left_.tell(context_.job, id);
    comments_left_.tell(context_.job, id);
  }

 private:
  void write_footer(const std::string& text) {
    if (!footers_) return footers_left_.add(text);
    out_.text(text);
    out_.end_paragraph();
  }

  void write_title(XmlNode frame) {
    const std::string text = title_of(frame);
    out_.begin_heading(1);
    out_.text(text);
    out_.end_heading();
  }

  // All paragraphs as one line.
  static std::string title_of(XmlNode frame) {
    std::string text;
    for (const XmlNode paragraph : frame.child("draw:text-box").children()) {
      const std::string line = plain_text(paragraph);
      if (!line.empty()) text.append(text.empty() ? "" : " ").append(line);
    }
    return text.empty() ? plain_text(frame) : text;
  }

  void begin_section(std::string_view name) {
    out_.begin_heading(3);
    out_.text(name);
    out_.end_heading();
  }

  void write_speaker_notes(XmlNode notes) {
    bool is_begun = false;
    for (const XmlNode frame : notes.children("draw:frame")) {
      const XmlNode box = frame.child("draw:text-box");
      if (is_placeholder(frame) || is_furniture(frame) || plain_text(box).empty()) continue;
      if (!std::exchange(is_begun, true)) begin_section("Notes:");
      BlockWriter(context_).write(box);
    }
  }

  void write_comments(XmlNode page) {
    bool is_begun = false;
    for (const XmlNode comment : page.children("office:annotation")) {
      const std::string said = comment_text(comment);
      if (said.empty()) continue;
      if (!comments_) {
        comments_left_.add(said);
        continue;
      }
      if (!std::exchange(is_begun, true)) {
        begin_section("Comments:");
        out_.begin_list();
      }
      out_.begin_item();
      const std::string author = one_line(comment.child_value("dc:creator"));
      if (!author.empty()) {
        out_.begin_style(Style::kStrong);
        out_.text(author);
        out_.end_style(Style::kStrong);
        out_.text(": ");
      }
      out_.text(said);
      out_.end_item();
    }
    if (is_begun) out_.end_list();
  }

  Context& context_;
  MarkdownWriter& out_;
  bool notes_;
  bool footers_;
  bool comments_;
  std::map<std::string, std::string, std::less<>> shared_footers_;
  LeftOut footers_left_ = {"footer or date of slides is", "footers and dates of slides are",
                           "footers"};
  LeftOut comments_left_ = {"comment is", "comments are", "comments"};
};

bool is_hidden(Context& context, XmlNode page) {
  const XmlNode properties = context.styles.properties(
      "drawing-page", value_of(page, "draw:style-name"), "style:drawing-page-properties");
  return value_of(properties, "presentation:visibility") == "hidden";
}

}  // namespace

bool SlidesConverter::probe(const Probe& input) {
  return can_be_opendocument(input);
}

void SlidesConverter::convert(Job& job) {
  Document document(job);
  convert_slides(job, document, Options(job.options()), "odp");
}

void convert_slides(Job& job, Document& document, const Options& options, std::string_view id) {
  document.read_content();
  const XmlNode body = document.body();
  const bool is_drawing = named(body, "office:drawing");
  if (!is_drawing && !named(body, "office:presentation")) refuse_body(body.name());
  MarkdownWriter out(job);
  Context context(job, document, out, embedded_of(options));
  context.settings.page_markers = false;
  context.nesting = 1;
  context.styles = Styles({document.content_root(), document.styles_root()});
  set_metadata(job, document.meta());
  if (!document.defect().empty()) {
    context.defects.add(document.defect());
    job.warn("damaged-document", document.defect());
  }
  SlideWriter slides(context, options);
  slides.read_footers(body);
  std::uint64_t number = 0;
  for (const XmlNode page : body.children("draw:page")) {
    job.check_cancelled();
    ++number;
    if (is_hidden(context, page) && !options.get_bool("hidden_slides")) {
      ++context.hidden_left;
      continue;
    }
    out.comment((is_drawing ? "Page number: " : "Slide number: ") + std::to_string(number));
    slides.write(page);
  }
  BlockWriter(context).write_notes();
  if (!is_drawing) job.set_metadata("pages", std::to_string(number));
  warn_of_hidden(job, "slide", context.hidden_left, setting_of(id, "hidden_slides"));
  slides.tell(id);
  context.left_out.tell(job, {});  // within the text: no option of slides keeps these
  context.objects.tell(id);
  context.defects.conclude(job, out, out.has_content(), "the pages show no text and no pictures");
}

}  // namespace sluice::odf
