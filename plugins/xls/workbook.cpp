// SPDX-License-Identifier: Apache-2.0
#include "xls/workbook.hpp"

#include <sluice/plugin.hpp>

namespace sluice::xls {
namespace {

// 2.4.21, and the older forms of it.
Version version_of(const Record& bof) {
  switch (bof.number) {
    case 0x009:
      return Version::k2;
    case 0x209:
      return Version::k3;
    case 0x409:
      return Version::k4;
    default:
      return little_u16(bof.body, 0) == 0x0600 ? Version::k8 : Version::k5;
  }
}

constexpr std::uint16_t kGlobals = 0x0005;
constexpr std::uint16_t kGrid = 0x0010;
constexpr std::uint16_t kChart = 0x0020;

std::uint16_t kind_of(const Record& bof) {
  return little_u16(bof.body, 2);
}

// In the globals' order, and what each of their records says.
class GlobalsReader {
 public:
  GlobalsReader(std::string_view stream, Workbook& workbook)
      : stream_(stream), workbook_(workbook) {}

  void record(const Record& record) {
    Fields fields(stream_, record);
    switch (record.type) {
      case RecordType::kCodePage:
        workbook_.code_page = CodePage(fields.u16());
        break;
      case RecordType::kDateMode:
        if (fields.u16() != 0) workbook_.epoch = Epoch::k1904;
        break;
      case RecordType::kBoundSheet:
        bound_sheet(fields);
        break;
      case RecordType::kFormat:
        format(fields);
        break;
      case RecordType::kStyle:
        fields.skip(2);
        style(fields.u16());
        break;
      case RecordType::kStyle2:
        old_style(fields);
        break;
      case RecordType::kSharedStrings:
        shared_strings(fields);
        break;
      case RecordType::kDrawingGroup:
        workbook_.pictures += record.body;
        in_pictures_ = true;
        return;
      case RecordType::kContinue:
        if (in_pictures_) workbook_.pictures += record.body;
        return;
      default:
        break;
    }
    in_pictures_ = false;
  }

 private:
  void style(std::uint32_t format) { workbook_.formats.format_of_style.push_back(format); }

  void old_style(Fields& fields) {
    const bool is_of_excel_2 = workbook_.version == Version::k2;
    fields.skip(is_of_excel_2 ? 2 : 1);
    const std::uint8_t format = fields.u8();
    style(is_of_excel_2 ? format & 0x3FU : format);
  }

  // 2.4.28
  void bound_sheet(Fields& fields) {
    Sheet sheet;
    sheet.offset = fields.u32();
    sheet.hidden = (fields.u8() & 3U) != 0;
    const std::uint8_t kind = fields.u8();
    sheet.kind = kind == 0   ? xlsx::SheetKind::kGrid
                 : kind == 2 ? xlsx::SheetKind::kChart
                             : xlsx::SheetKind::kOther;
    sheet.name = workbook_.text(fields, fields.u8());
    constexpr std::size_t kMaxSheets = 10'000;
    if (workbook_.sheets.size() < kMaxSheets) workbook_.sheets.push_back(std::move(sheet));
  }

  // 2.4.126
  void format(Fields& fields) {
    std::uint32_t id = static_cast<std::uint32_t>(formats_++);
    if (workbook_.version >= Version::k5) {
      id = fields.u16();
    } else if (workbook_.version == Version::k4) {
      fields.skip(2);
    }
    const std::size_t count = workbook_.version == Version::k8 ? fields.u16() : fields.u8();
    workbook_.formats.codes[id] = workbook_.text(fields, count);
  }

  // 2.4.265
  void shared_strings(Fields& fields) {
    fields.skip(4);
    const std::uint32_t count = fields.u32();
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::size_t size = fields.u16();
      if (!fields.ok()) {
        workbook_.lost_strings = count - i;
        break;
      }
      workbook_.strings.add(fields.rich_text(size));
    }
  }

  std::string_view stream_;
  Workbook& workbook_;
  std::size_t formats_ = 0;
  bool in_pictures_ = false;
};

// Where each part of the stream begins that is no part of another: the globals, and the sheets.
std::vector<Record> top_level_parts(std::string_view stream) {
  std::vector<Record> parts;
  std::size_t depth = 0;
  Records records(stream);
  while (records.next()) {
    const Record& record = records.record();
    if (record.type == RecordType::kBof && depth++ == 0) parts.push_back(record);
    if (record.type == RecordType::kEof && depth > 0) --depth;
  }
  return parts;
}

// A sheet of Excel 2 to 4 stands alone, and has the name of its file. So do the sheets of a
// workbook whose globals are lost.
void add_lone_sheets(Workbook& workbook, const std::string& name) {
  for (const Record& bof : top_level_parts(workbook.stream)) {
    if (kind_of(bof) != kGrid && kind_of(bof) != kChart) continue;
    Sheet sheet;
    sheet.name = name;
    if (!workbook.sheets.empty()) sheet.name += " " + std::to_string(workbook.sheets.size() + 1);
    sheet.offset = bof.offset;
    sheet.kind = kind_of(bof) == kGrid ? xlsx::SheetKind::kGrid : xlsx::SheetKind::kChart;
    workbook.sheets.push_back(std::move(sheet));
  }
}

// Places that lead to no sheet are those of a damaged file, or of a writer that counts otherwise:
// then the parts of the stream are the sheets, in their order.
void check_places(Workbook& workbook) {
  const auto is_place = [&](const Sheet& sheet) {
    Records records(workbook.stream, sheet.offset);
    return records.next() && records.record().type == RecordType::kBof;
  };
  if (std::all_of(workbook.sheets.begin(), workbook.sheets.end(), is_place)) return;
  std::vector<Record> parts = top_level_parts(workbook.stream);
  std::erase_if(parts, [](const Record& bof) { return kind_of(bof) == kGlobals; });
  std::vector<Sheet> found;
  for (std::size_t i = 0; i < workbook.sheets.size(); ++i) {
    Sheet& sheet = workbook.sheets[i];
    const bool in_order = parts.size() == workbook.sheets.size();
    if (in_order) sheet.offset = parts[i].offset;
    if (in_order || is_place(sheet)) {
      found.push_back(std::move(sheet));
    } else {
      workbook.missing.push_back(sheet.name);
    }
  }
  workbook.sheets = std::move(found);
}

}  // namespace

std::string Workbook::text(Fields& fields, std::size_t count) const {
  if (version == Version::k8) return fields.rich_text(count);
  return code_page.utf8(fields.bytes(count));
}

Workbook read_workbook(std::string_view stream, const std::string& name) {
  Workbook workbook;
  workbook.stream = stream;
  Records records(stream);
  if (!records.next() || records.record().type != RecordType::kBof) {
    throw Failure(Outcome::kMalformed, "it does not begin as a workbook does");
  }
  workbook.version = version_of(records.record());
  GlobalsReader reader(stream, workbook);
  // In Excel 2 to 4 what the globals say stands in the sheet, in front of its cells.
  std::size_t depth = 1;
  while (depth > 0 && records.next()) {
    const Record& record = records.record();
    if (record.type == RecordType::kBof) ++depth;
    if (record.type == RecordType::kEof) --depth;
    if (depth == 1) reader.record(record);
  }
  // A sheet of Excel 2 without styles has the numbers of its formats in its cells.
  workbook.cells_name_formats =
      workbook.version == Version::k2 && workbook.formats.format_of_style.empty();
  constexpr std::uint32_t kOldFormats = 64;
  for (std::uint32_t i = 0; workbook.cells_name_formats && i < kOldFormats; ++i) {
    workbook.formats.format_of_style.push_back(i);
  }
  if (workbook.sheets.empty()) add_lone_sheets(workbook, name);
  while (records.next()) {
  }
  workbook.is_cut_off = records.is_cut_off();
  check_places(workbook);
  return workbook;
}

}  // namespace sluice::xls
