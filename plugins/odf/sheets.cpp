// SPDX-License-Identifier: Apache-2.0
#include "odf/sheets.hpp"

#include <optional>
#include <sluice/blanks.hpp>
#include <sluice/chart.hpp>
#include <sluice/counted.hpp>
#include <sluice/defects.hpp>
#include <sluice/embedded_objects.hpp>
#include <sluice/left_out.hpp>
#include <sluice/lines.hpp>
#include <sluice/options.hpp>

#include "odf/context.hpp"
#include "odf/convert.hpp"
#include "odf/document.hpp"
#include "odf/images.hpp"
#include "odf/margin_words.hpp"
#include "odf/objects.hpp"
#include "odf/probe.hpp"
#include "odf/sheet_layout.hpp"
#include "odf/sheet_reader.hpp"
#include "xlsx/print_margins.hpp"
#include "xlsx/settings.hpp"

namespace sluice::odf {
namespace {

struct SheetSettings {
  explicit SheetSettings(const Options& options) {
    sheet.hidden_sheets = options.get_bool("hidden_sheets");
    sheet.hidden_cells = options.get_bool("hidden_cells");
    sheet.iso_dates = options.get_string("dates") == "iso";
    sheet.comments = options.get_bool("comments");
    sheet.formulas = xlsx::formulas_of(options);
    if (options.get_string("merged") == "fill") merged = xlsx::MergedCells::kFill;
    if (options.get_string("header") == "none") header = xlsx::Header::kNone;
    drawings = options.get_bool("drawings");
    embedded = embedded_of(options);
  }
  SheetOptions sheet;
  xlsx::MergedCells merged = xlsx::MergedCells::kFirst;
  xlsx::Header header = xlsx::Header::kFirstRow;
  bool drawings = true;
  Embedded embedded = Embedded::kTaken;
};

// Of a master page.
void add_margins(XmlNode master, MarginWords& words) {
  walk_xml(
      master,
      [&](XmlNode node) {
        if (!node.is_element()) {
          words.text(node.value());
          return Walk::kOver;
        }
        words.start(node.name(), node.attribute("style:display").as_bool(true));
        return Walk::kInto;
      },
      [&](XmlNode node) {
        if (node.is_element()) words.end(node.name());
      });
}

// Ends a second reading behind the sheet that it was for.
struct Done {};

class Workbook {
 public:
  Workbook(Job& job, Document& document, const Options& options)
      : job_(job),
        document_(document),
        settings_(options),
        out_(job),
        images_(job, document),
        objects_(job, settings_.embedded) {}

  void convert(std::string_view id) {
    if (!document_.defect().empty()) lose(document_.defect());
    SheetReader reader(
        settings_.sheet, [&](std::size_t) { return begin_sheet(); },
        [&](std::size_t sheet, SheetFacts& facts) { end_sheet(sheet, facts); });
    const std::string defect = document_.stream_content(reader);
    if (!reader.other_body().empty()) refuse_body(reader.other_body());
    // What came before a broken place of the last sheet.
    if (!defect.empty()) {
      lose(defect);
      if (layout_ && !layout_->is_empty()) end_sheet(sheets_, broken_);
    }
    warn_of_hidden(job_, "sheet", reader.hidden_sheets(), setting_of(id, "hidden_sheets"));
    reader.hidden_cells().tell(job_, id);
    comments_left_.tell(job_, id);
    count_print_margins(reader.print_margins());
    margins_.tell(job_, id);
    objects_.tell(id);
    defects_.conclude(job_, out_, out_.has_content(), "the sheets show no cells and no pictures");
  }

 private:
  // Of all page styles. `in_content`: those of a single file, which stand before its sheets.
  void count_print_margins(const MarginWords& in_content) {
    MarginWords words;
    if (document_.is_package()) {
      add_margins(document_.styles_root().child("office:master-styles"), words);
    }
    for (const std::string& said : words.all()) margins_.add(said);
    for (const std::string& said : in_content.all()) margins_.add(said);
  }

  void lose(const std::string& defect) {
    job_.warn("damaged-document", defect);
    defects_.add(defect);
  }

  SheetReader::RowSink begin_sheet() {
    layout_.emplace(out_, settings_.header, settings_.merged);
    return [this](xlsx::ShownRow& row) {
      if (rows_++ % 1'000 == 0) job_.check_cancelled();
      layout_->add(row);
    };
  }

  void end_sheet(std::size_t sheet, SheetFacts& facts) {
    const bool has_drawings =
        settings_.drawings && (!facts.pictures.empty() || !facts.objects.empty() ||
                               !facts.ole_objects.empty() || !facts.texts.empty());
    sheets_ = sheet + 1;
    if (!settings_.sheet.comments) {
      for (const SheetComment& comment : facts.comments) comments_left_.add(comment.text);
      facts.comments.clear();
    }
    if (layout_->is_empty() && !has_drawings && facts.comments.empty()) return layout_.reset();
    out_.begin_heading(2);
    out_.text(facts.name.empty() ? "Sheet " + std::to_string(sheet + 1) : facts.name);
    out_.end_heading();
    if (!layout_->is_empty()) {
      layout_->write(facts.merges, [&](const auto& sink) { read_again(sheet, sink); });
    }
    layout_.reset();
    if (facts.is_cut) defects_.add("a sheet repeats cells to more than any sheet has");
    if (settings_.drawings) write_drawings(facts);
    write_comments(facts);
  }

  void read_again(std::size_t wanted, const SheetReader::RowSink& sink) {
    SheetReader reader(
        settings_.sheet,
        [&](std::size_t sheet) { return sheet == wanted ? sink : SheetReader::RowSink(); },
        [](std::size_t, SheetFacts&) { throw Done(); });
    try {
      // What ended the first reading ends this one at the same place.
      document_.stream_content(reader);
    } catch (const Done&) {
      return;
    }
  }

  void write_drawings(const SheetFacts& facts) {
    for (const std::string& reference : facts.objects) {
      const Object object = object_at(reference, document_);
      if (!object.formula.empty()) {
        out_.math(object.formula, MathLayout::kDisplay);
        out_.end_paragraph();
      } else if (object.chart && !object.chart->rows.empty()) {
        write_chart(out_, *object.chart);
      } else if (!object.chart) {
        write_object(reference, object.media_type);
      }
    }
    for (const std::string& reference : facts.ole_objects) write_object(reference, {});
    objects_.leave({}, facts.objects_left);
    for (const std::string& reference : facts.pictures) {
      // Those of objects are what these show.
      if (reference.find("ObjectReplacements/") != std::string::npos) continue;
      const auto asset = images_.asset_of(reference);
      if (!asset) continue;
      out_.image(*asset, {});
      out_.end_paragraph();
    }
    for (std::string_view text : facts.texts) {
      while (!text.empty()) {
        out_.text(next_line(text));
        out_.end_paragraph();
      }
    }
  }

  void write_object(std::string_view reference, std::string_view media_type) {
    const auto taken = take_object(objects_, document_, reference, media_type, {});
    if (!taken) return;
    write_taken(*taken, out_);
    out_.end_paragraph();
  }

  void write_comments(const SheetFacts& facts) {
    if (facts.comments.empty()) return;
    out_.begin_list();
    for (const SheetComment& comment : facts.comments) {
      out_.begin_item();
      out_.begin_style(Style::kStrong);
      out_.text(comment.place + (comment.author.empty() ? "" : " " + comment.author));
      out_.end_style(Style::kStrong);
      out_.text(": " + comment.text);
      out_.end_item();
    }
    out_.end_list();
  }

  Job& job_;
  Document& document_;
  SheetSettings settings_;
  MarkdownWriter out_;
  Images images_;
  Defects defects_;
  xlsx::PrintMargins margins_;
  LeftOut comments_left_ = {"comment is", "comments are", "comments"};
  std::optional<SheetLayout> layout_;
  SheetFacts broken_;  // of a sheet that is cut off: only its rows are known
  std::size_t sheets_ = 0;
  std::uint64_t rows_ = 0;
  EmbeddedObjects objects_;
};

}  // namespace

bool SheetsConverter::probe(const Probe& input) {
  return can_be_opendocument(input);
}

void SheetsConverter::convert(Job& job) {
  Document document(job);
  convert_sheets(job, document, Options(job.options()), "ods");
}

void convert_sheets(Job& job, Document& document, const Options& options, std::string_view id) {
  set_metadata(job, document.meta());
  Workbook(job, document, options).convert(id);
}

}  // namespace sluice::odf
