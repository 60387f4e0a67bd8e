// Builds workbooks of Excel 97 ([MS-XLS]) for tests, record by record.
#pragma once

#include <bit>
#include <sluice/testing.hpp>
#include <string>
#include <vector>

#include "kit/compound_file_builder.h"
#include "xls/converter.hpp"

namespace sluice::test {

inline std::string biff(unsigned number, const std::string& body) {
  return little(number, 2) + little(body.size(), 2) + body;
}
inline std::string bof(unsigned kind) {
  return biff(0x809, little(0x0600, 2) + little(kind, 2) + std::string(12, '\0'));
}
inline std::string narrow(const std::string& text, std::size_t count_size = 2) {
  return little(text.size(), count_size) + '\0' + text;
}
inline std::string cell_head(unsigned row, unsigned column, unsigned style = 0) {
  return little(row, 2) + little(column, 2) + little(style, 2);
}
inline std::string number_cell(unsigned row, unsigned column, double value, unsigned style = 0) {
  return biff(0x203,
              cell_head(row, column, style) + little(std::bit_cast<std::uint64_t>(value), 8));
}
inline std::string label(unsigned row, unsigned column, const std::string& text) {
  return biff(0x204, cell_head(row, column) + narrow(text));
}
inline std::string shared(unsigned row, unsigned column, unsigned index) {
  return biff(0xFD, cell_head(row, column) + little(index, 4));
}

class XlsBuilder {
 public:
  XlsBuilder& global(const std::string& records) {
    globals_ += records;
    return *this;
  }
  XlsBuilder& sheet(const std::string& name, const std::string& records, unsigned hidden = 0) {
    sheets_.push_back({name, records, hidden});
    return *this;
  }

  // The stream of the workbook.
  std::string stream() const {
    std::string list;
    for (const Sheet& sheet : sheets_) list += entry(sheet, 0);
    std::size_t offset = bof(5).size() + globals_.size() + list.size() + 4;
    std::string placed;
    std::string bodies;
    for (const Sheet& sheet : sheets_) {
      placed += entry(sheet, offset + bodies.size());
      bodies += bof(0x10) + sheet.records + biff(0x0A, "");
    }
    return bof(5) + globals_ + placed + biff(0x0A, "") + bodies;
  }
  std::string build() const { return compound_file({{"Workbook", stream()}}); }

 private:
  struct Sheet {
    std::string name;
    std::string records;
    unsigned hidden;
  };
  static std::string entry(const Sheet& sheet, std::size_t offset) {
    return biff(0x85,
                little(offset, 4) + little(sheet.hidden, 1) + little(0, 1) + narrow(sheet.name, 1));
  }

  std::string globals_;
  std::vector<Sheet> sheets_;
};

// A conversion with some options set, the others as the manifest has them.
class XlsRun {
 public:
  explicit XlsRun(const std::string& bytes, const std::string& options = "")
      : job_(bytes, "book.xls", "application/vnd.ms-excel") {
    std::string all =
        R"({"embedded_documents":true,"hidden_sheets":false,"hidden_cells":false,"dates":"shown","merged":"first",)"
        R"("header":"first-row","comments":false,"drawings":true,"password":"")";
    job_.set_options(all + (options.empty() ? "}" : "," + options + "}"));
    outcome = job_.run(converter_);
  }
  std::string body() const { return job_.body(); }
  const RecordingJob& job() const { return job_; }
  Outcome outcome = Outcome::kOk;

 private:
  xls::XlsConverter converter_;
  RecordingJob job_;
};

}  // namespace sluice::test
