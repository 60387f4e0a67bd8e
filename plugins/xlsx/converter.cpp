// SPDX-License-Identifier: Apache-2.0
#include "xlsx/converter.hpp"

#include <sluice/defects.hpp>
#include <sluice/left_out.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/opc.hpp>
#include <sluice/opc_images.hpp>
#include <sluice/options.hpp>
#include <sluice/pictures_only.hpp>
#include <string>

#include "xlsx/canary.hpp"
#include "xlsx/cell_images.hpp"
#include "xlsx/cell_text.hpp"
#include "xlsx/extras.hpp"
#include "xlsx/print_margins.hpp"
#include "xlsx/settings.hpp"
#include "xlsx/sheet_part.hpp"
#include "xlsx/sheet_writer.hpp"
#include "xlsx/workbook.hpp"

namespace sluice::xlsx {
namespace {

// One workbook being written.
class Conversion {
 public:
  Conversion(Job& job, const Settings& settings, Formulas formulas)
      : job_(job),
        settings_(settings),
        package_(job, {}, job.secret("password")),
        workbook_(read_workbook(package_)),
        styles_(package_, workbook_.styles),
        strings_(package_, workbook_.strings),
        cell_images_(settings.drawings ? CellImages(package_) : CellImages()),
        sheets_(workbook_,
                settings.hidden_sheets ? HiddenSheets::kWritten : HiddenSheets::kLeftOut),
        text_(styles_, strings_, cell_images_, sheets_, workbook_.epoch, settings.dates, formulas,
              job.source().size()),
        images_(job, package_),
        out_(job),
        objects_(job, settings.embedded) {}

  void run() {
    set_office_metadata(job_, package_);
    if (package_.zip().is_recovered()) defects_.add("the file is cut off or damaged");
    if (!strings_.defect().empty()) defects_.add(strings_.defect());
    for (const std::string& name : workbook_.missing) {
      defects_.add("the sheet '" + name + "' is missing");
    }
    std::size_t hidden = 0;
    std::uint64_t done = 0;
    for (const SheetInfo& sheet : workbook_.sheets) {
      job_.check_cancelled();
      job_.progress(done++, workbook_.sheets.size());
      if (sheet.hidden && !settings_.hidden_sheets) {
        ++hidden;
      } else if (sheet.kind != SheetKind::kOther) {
        write(sheet);
      }
    }
    comments_left_.tell(job_, "xlsx");
    margins_.tell(job_, "xlsx");
    objects_.tell("xlsx");
    hidden_cells_.tell(job_, "xlsx");
    warn_of_hidden(job_, "sheet", hidden, "[plugin.xlsx] hidden_sheets = true");
    // Its sheets' names alone do not say what it holds.
    if (has_content_ && !has_words_ && defects_.empty()) {
      defects_.add(std::string(abi_rules::kPicturesAlone));
    }
    defects_.conclude(job_, out_, has_content_, "no sheet of the workbook shows anything");
  }

 private:
  void write(const SheetInfo& sheet) {
    bool begun = false;
    const auto begin_picture = [&] {
      if (begun) return;
      begun = has_content_ = true;
      out_.begin_heading(2);
      out_.text(sheet.name);
      out_.end_heading();
    };
    const auto begin = [&] {
      has_words_ = true;
      begin_picture();
    };
    const OpcRelationships links = package_.relationships(sheet.part);
    if (sheet.kind == SheetKind::kGrid) {
      SheetPart part(package_, sheet.part, links, sheets_);
      SheetWriter writer(job_, out_, &images_, text_, settings_.sheet, begin);
      const std::string defect = writer.write(part);
      hidden_cells_.add(writer.left_out());
      for (const std::string& code : writer.print_margins()) {
        margins_.add(text_of_margin(code));
      }
      if (!defect.empty()) defects_.add(defect);
    }
    if (settings_.drawings) {
      write_drawings(out_, images_, package_, links, begin, begin_picture);
    }
    objects_.write_parts(package_, links, out_, begin);
    std::vector<Comment> comments = comments_of(package_, links);
    if (settings_.comments) return write_comments(out_, std::move(comments), begin);
    for (const Comment& comment : comments) comments_left_.add(comment.text);
  }

  Job& job_;
  Settings settings_;
  OpcPackage package_;
  Workbook workbook_;
  Styles styles_;
  SharedStrings strings_;
  CellImages cell_images_;
  SheetLinks sheets_;
  CellText text_;
  OpcImages images_;
  MarkdownWriter out_;
  Defects defects_;
  HiddenCells hidden_cells_;
  EmbeddedObjects objects_;
  PrintMargins margins_;
  LeftOut comments_left_ = {"comment is", "comments are", "comments"};
  bool has_content_ = false;
  bool has_words_ = false;  // or numbers: besides pictures, and the names of their sheets
};

}  // namespace

void XlsxConverter::convert(Job& job) {
  const Options options(job.options());
  Conversion(job, Settings(options), formulas_of(options)).run();
}

Canary XlsxConverter::canary() const {
  return {kCanary, "canary.xlsx",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", kCanaryMarkdown};
}

}  // namespace sluice::xlsx
