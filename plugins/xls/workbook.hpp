// SPDX-License-Identifier: Apache-2.0
//
// What a workbook's stream says for all its sheets ([MS-XLS] 2.1.7.20.3, globals): their names and
// places, strings, styles, the epoch, the code page.
#pragma once

#include <cstdint>
#include <sluice/code_page.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "xls/records.hpp"
#include "xlsx/shared_strings.hpp"
#include "xlsx/styles.hpp"
#include "xlsx/workbook.hpp"

namespace sluice::xls {

struct Sheet {
  std::string name;
  std::size_t offset = 0;  // of its first record
  xlsx::SheetKind kind = xlsx::SheetKind::kGrid;
  bool hidden = false;
};

struct Workbook {
  std::string_view stream;
  Version version = Version::k8;
  CodePage code_page{1252};
  Epoch epoch = Epoch::k1900;
  std::vector<Sheet> sheets;
  std::vector<std::string> missing;  // names of sheets whose records are not there
  xlsx::SharedStrings strings;
  xlsx::CellFormats formats;
  std::string pictures;             // the records DrawingGroup, joined
  bool cells_name_formats = false;  // instead of styles
  bool is_cut_off = false;          // the stream breaks off
  std::size_t lost_strings = 0;     // that the table of shared strings promises and does not have

  // A text behind its count of characters: `fields` stand at its flags.
  std::string text(Fields& fields, std::size_t count) const;
};

// `stream` must outlive it, decrypted; `name`: that of a sheet that has none. Throws Failure:
// kMalformed if it is no workbook, kLimit.
Workbook read_workbook(std::string_view stream, const std::string& name);

}  // namespace sluice::xls
