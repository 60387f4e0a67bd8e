// SPDX-License-Identifier: Apache-2.0
#include "xls/converter.hpp"

#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/compound_file.hpp>
#include <sluice/counted.hpp>
#include <sluice/defects.hpp>
#include <sluice/embedded_objects.hpp>
#include <sluice/left_out.hpp>
#include <sluice/lines.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/office_art.hpp>
#include <sluice/ole_metadata.hpp>
#include <sluice/options.hpp>
#include <sluice/pictures_only.hpp>
#include <utility>

#include "xls/canary.hpp"
#include "xls/decrypt.hpp"
#include "xls/sheet.hpp"
#include "xls/workbook.hpp"
#include "xlsx/cell_text.hpp"
#include "xlsx/print_margins.hpp"
#include "xlsx/settings.hpp"
#include "xlsx/sheet_writer.hpp"

namespace sluice::xls {
namespace {

std::string stem_of(std::string_view file_name) {
  return std::string(file_name.substr(0, file_name.rfind('.')));
}

// The workbook's stream, decrypted.
struct Stream {
  std::string bytes;
  bool is_whole = true;
};

Stream stream_of(Job& job, std::optional<CompoundFile>& file) {
  Stream stream;
  if (!file) {
    stream.bytes = job.source_text();  // Excel 2 to 4, and some writers of Excel 5
  } else {
    set_ole_metadata(job, *file);
    const CompoundFile::Entry* entry = file->find("Workbook");
    if (entry == nullptr) entry = file->find("Book");
    if (entry == nullptr) throw Failure(Outcome::kMalformed, "there is no workbook in it");
    CompoundFile::Content content = file->read(*entry);
    stream.bytes = std::move(content.bytes);
    stream.is_whole = content.is_whole;
  }
  decrypt_workbook(stream.bytes, job.secret("password"));
  return stream;
}

// The container of pictures within the workbook's drawings ([MS-ODRAW] 2.2.12).
std::string_view picture_store(std::string_view drawings) {
  ArtRecords groups(drawings);
  while (groups.next()) {
    ArtRecords records(groups.record().body);
    while (records.next()) {
      if (records.record().type == kArtPictureStore) return records.record().body;
    }
  }
  return {};
}

// As far as links and headings need it.
xlsx::Workbook outline_of(const Workbook& workbook) {
  xlsx::Workbook outline;
  for (const Sheet& sheet : workbook.sheets) {
    outline.sheets.push_back({sheet.name, {}, sheet.kind, sheet.hidden});
  }
  outline.epoch = workbook.epoch;
  return outline;
}

// One workbook being written.
class Conversion {
 public:
  Conversion(Job& job, const xlsx::Settings& settings)
      : job_(job),
        settings_(settings),
        file_(job.source_text().starts_with(kCompoundFileMark)
                  ? std::optional<CompoundFile>(job.source_text())
                  : std::nullopt),
        stream_(stream_of(job, file_)),
        workbook_(read_workbook(stream_.bytes, stem_of(job.file_name()))),
        styles_(workbook_.formats),
        sheets_(outline_of(workbook_), settings.hidden_sheets ? xlsx::HiddenSheets::kWritten
                                                              : xlsx::HiddenSheets::kLeftOut),
        text_(styles_, workbook_.strings, cell_images_, sheets_, workbook_.epoch, settings.dates,
              xlsx::Formulas::kValues, job.source_size()),
        pictures_(job, picture_store(workbook_.pictures), {}),
        out_(job),
        objects_(job, settings.embedded) {}

  void run() {
    if (!stream_.is_whole || workbook_.is_cut_off) {
      defects_.add("the file is cut off or damaged");
    }
    if (workbook_.lost_strings > 0) {
      defects_.add("the text of " + counted(workbook_.lost_strings, "cell") + " is missing");
    }
    for (const std::string& name : workbook_.missing) {
      defects_.add("the sheet '" + name + "' is missing");
    }
    std::size_t hidden = 0;
    std::uint64_t done = 0;
    for (const Sheet& sheet : workbook_.sheets) {
      job_.check_cancelled();
      job_.progress(done++, workbook_.sheets.size());
      if (sheet.hidden && !settings_.hidden_sheets) {
        ++hidden;
      } else if (sheet.kind == xlsx::SheetKind::kGrid) {
        write(sheet);
      } else if (sheet.kind == xlsx::SheetKind::kChart) {
        ++charts_;
      }
    }
    write_objects();
    comments_left_.tell(job_, "xls");
    margins_.tell(job_, "xls");
    objects_.tell("xls");
    hidden_cells_.tell(job_, "xls");
    warn_of_hidden(job_, "sheet", hidden, "[plugin.xls] hidden_sheets = true");
    if (charts_ > 0 && settings_.drawings) {
      job_.warn("charts-left-out",
                counted(charts_, "chart was left out; its", "charts were left out; their") +
                    " numbers are in the sheets",
                Severity::kNote);
    }
    if (has_content_ && !has_words_ && defects_.empty()) {
      defects_.add(std::string(abi_rules::kPicturesAlone));
    }
    defects_.conclude(job_, out_, has_content_, "no sheet of the workbook shows anything");
  }

 private:
  void write(const Sheet& sheet) {
    bool begun = false;
    const auto begin_picture = [&] {
      if (begun) return;
      begun = has_content_ = true;
      out_.begin_heading(2);
      out_.text(sheet.name);
      out_.end_heading();
    };
    const std::function<void()> begin = [&] {
      has_words_ = true;
      begin_picture();
    };
    SheetRecords records(job_, workbook_, sheet, sheets_);
    charts_ += records.charts();
    xlsx::SheetWriter writer(job_, out_, nullptr, text_, settings_.sheet, begin);
    const std::string defect = writer.write(records);
    hidden_cells_.add(writer.left_out());
    for (const std::string& code : writer.print_margins()) {
      margins_.add(xlsx::text_of_margin(code));
    }
    if (!defect.empty()) defects_.add(defect);
    if (settings_.drawings) {
      for (const Shape& shape : records.shapes()) write(shape, begin, begin_picture);
    }
    if (settings_.comments) return xlsx::write_comments(out_, records.comments(), begin);
    for (const xlsx::Comment& comment : records.comments()) comments_left_.add(comment.text);
  }

  void write(const Shape& shape, const std::function<void()>& begin,
             const std::function<void()>& begin_picture) {
    if (!is_blank(shape.text)) {
      begin();
      write_lines(shape.text);
    }
    if (shape.picture == 0) return;
    const auto asset = pictures_.asset(shape.picture);
    if (!asset) return;
    begin_picture();
    out_.image(*asset, shape.description);
    out_.end_paragraph();
  }

  // [MS-XLS] 2.1.7.3: each in a storage of the root, by number; what is linked is under LNK. They
  // stand behind the sheets.
  void write_objects() {
    if (!file_) return;
    bool begun = false;
    for (const CompoundFile::Entry* entry : file_->children(file_->root())) {
      const bool is_object = entry->kind == CompoundFile::Kind::kStorage &&
                             starts_with_ignoring_ascii_case(entry->name, "MBD");
      if (!is_object) continue;
      const auto taken = objects_.take(*file_, *entry);
      if (!taken) continue;
      if (!std::exchange(begun, true)) {
        has_content_ = has_words_ = true;
        out_.begin_heading(2);
        out_.text("Embedded documents");
        out_.end_heading();
      }
      write_taken(*taken, out_);
      out_.end_paragraph();
    }
  }

  void write_lines(std::string_view text) {
    while (!text.empty()) {
      out_.text(next_line(text));
      out_.end_paragraph();
    }
  }

  Job& job_;
  xlsx::Settings settings_;
  std::optional<CompoundFile> file_;
  Stream stream_;
  Workbook workbook_;
  xlsx::Styles styles_;
  xlsx::CellImages cell_images_;  // there are none
  xlsx::SheetLinks sheets_;
  xlsx::CellText text_;
  ArtPictures pictures_;
  MarkdownWriter out_;
  EmbeddedObjects objects_;
  Defects defects_;
  xlsx::HiddenCells hidden_cells_;
  xlsx::PrintMargins margins_;
  LeftOut comments_left_ = {"comment is", "comments are", "comments"};
  std::size_t charts_ = 0;
  bool has_content_ = false;
  bool has_words_ = false;
};

}  // namespace

bool XlsConverter::probe(const Probe& input) {
  const std::string_view head(reinterpret_cast<const char*>(input.head.data()), input.head.size());
  return head.starts_with(kCompoundFileMark) || (head.size() > 4 && head[0] == 0x09);
}

void XlsConverter::convert(Job& job) {
  Conversion(job, xlsx::Settings(Options(job.options()))).run();
}

Canary XlsConverter::canary() const {
  return {kCanary, "canary.xls", "application/vnd.ms-excel", kCanaryMarkdown};
}

}  // namespace sluice::xls
