// Binary workbooks ([MS-XLSB]) for tests, record by record.
#pragma once

#include <bit>
#include <string>
#include <vector>

#include "unit/plugins/xlsx/workbook_builder.h"

namespace sluice::xlsx {

inline std::string little(std::uint64_t value, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) {
    out += static_cast<char>(i < sizeof value ? value >> (8 * i) & 0xFF : 0);
  }
  return out;
}

inline std::string record(unsigned type, const std::string& content) {
  std::string out;
  out += static_cast<char>(type < 0x80 ? type : (type & 0x7F) | 0x80);
  if (type >= 0x80) out += static_cast<char>(type >> 7);
  for (std::size_t size = content.size();; size >>= 7) {
    out += static_cast<char>((size & 0x7F) | (size >= 0x80 ? 0x80 : 0));
    if (size < 0x80) break;
  }
  return out + content;
}

inline std::string wide(const std::string& ascii) {
  std::string out = little(ascii.size(), 4);
  for (const char c : ascii) out += {c, '\0'};
  return out;
}

inline std::string cell_head(unsigned column, unsigned style = 0) {
  return little(column, 4) + little(style, 4);
}
inline std::string real(double value) {
  return little(std::bit_cast<std::uint64_t>(value), 8);
}
inline std::string row_head(unsigned number, bool hidden = false) {
  return record(0, little(number, 4) + little(0, 4) + little(300, 2) + little(0, 1) +
                       little(hidden ? 0x10 : 0, 1) + little(0, 1) + little(0, 4));
}

class BinaryBuilder {
 public:
  BinaryBuilder() : package_("xl/workbook.bin") {}

  BinaryBuilder& sheet(const std::string& name, const std::string& records, unsigned state = 0) {
    const std::string number = std::to_string(++sheets_);
    list_ += record(156, little(state, 4) + little(1, 4) + wide("s" + number) + wide(name));
    package_.part("xl/worksheets/sheet" + number + ".bin",
                  record(129, "") + record(145, "") + records + record(130, ""));
    package_.relate("xl/workbook.bin", "s" + number, "worksheet",
                    "worksheets/sheet" + number + ".bin");
    return *this;
  }
  BinaryBuilder& strings(const std::vector<std::string>& all) {
    std::string items = record(159, little(all.size(), 4) + little(all.size(), 4));
    for (const std::string& one : all) items += record(19, little(0, 1) + wide(one));
    package_.part("xl/sharedStrings.bin", items + record(160, ""));
    package_.relate("xl/workbook.bin", "strings", "sharedStrings", "sharedStrings.bin");
    return *this;
  }
  BinaryBuilder& formats(const std::vector<std::string>& codes) {
    std::string all;
    std::string styles = record(47, little(0xFFFF, 2) + little(0, 2) + little(0, 12));
    // Those of named styles come before and do not count.
    const std::string named = record(626, "") + styles + record(627, "");
    unsigned id = 164;
    for (const std::string& code : codes) {
      all += record(44, little(id, 2) + wide(code));
      styles += record(47, little(0, 2) + little(id++, 2) + little(0, 12));
    }
    package_.part("xl/styles.bin", all + named + record(617, "") + styles + record(618, ""));
    package_.relate("xl/workbook.bin", "styles", "styles", "styles.bin");
    return *this;
  }
  // `records`: those of the differential formats.
  BinaryBuilder& differential_formats(const std::vector<std::string>& records) {
    std::string all = record(505, little(records.size(), 4));
    for (const std::string& one : records) all += record(507, one);
    package_.part("xl/styles.bin", all + record(506, ""));
    package_.relate("xl/workbook.bin", "styles", "styles", "styles.bin");
    return *this;
  }
  BinaryBuilder& epoch_1904() {
    properties_ = record(153, little(1, 4) + little(0, 4) + wide(""));
    return *this;
  }
  test::OfficePackage& package() { return package_; }

  std::string build() {
    package_.part("xl/workbook.bin", record(131, "") + properties_ + record(143, "") + list_ +
                                         record(144, "") + record(132, ""));
    return package_.build();
  }

 private:
  test::OfficePackage package_;
  std::string list_;
  std::string properties_;
  int sheets_ = 0;
};

}  // namespace sluice::xlsx
