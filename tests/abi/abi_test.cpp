// The promise to plugins that are built already: of each struct, every published table of (field,
// offset, size, type) stays a prefix for ever. golden/v1.<minor>.txt is written once, when that
// minor is released, and never changed: a new minor adds a file.
#include <gtest/gtest.h>
#include <sluice/abi.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "abi/layout.h"
#include "kit/paths.h"

namespace sluice::abi {
namespace {

using Table = std::map<std::string, std::vector<Row>>;

Table by_type(const std::vector<Row>& rows) {
  Table table;
  for (const Row& row : rows) table[row.type].push_back(row);
  return table;
}

std::filesystem::path golden_folder() {
  return std::filesystem::path(sluice::test::project_folder()) / "tests" / "abi" / "golden";
}

std::vector<Row> read_golden(const std::filesystem::path& file) {
  std::vector<Row> rows;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    Row row;
    fields >> row.type >> row.field >> row.offset >> row.size >> row.declared;
    EXPECT_FALSE(fields.fail()) << file << ": " << line;
    rows.push_back(row);
  }
  return rows;
}

TEST(Abi, EveryPublishedTableIsAPrefixOfTheLayout) {
  if (sizeof(void*) != 8) GTEST_SKIP() << "the tables are of 64-bit platforms";
  const Table now = by_type(layout());
  int tables = 0;
  for (const auto& file : std::filesystem::directory_iterator(golden_folder())) {
    const auto golden = read_golden(file.path());
    EXPECT_GT(golden.size(), 40u) << file.path();
    for (const auto& [type, rows] : by_type(golden)) {
      SCOPED_TRACE(type);
      ASSERT_TRUE(now.contains(type));
      const auto& fields = now.at(type);
      ASSERT_GE(fields.size(), rows.size());
      for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(fields[i], rows[i])
            << "the field '" << rows[i].field << "' is now " << fields[i].field << " at "
            << fields[i].offset << ", " << fields[i].size << " bytes, " << fields[i].declared;
      }
    }
    ++tables;
  }
  EXPECT_EQ(tables, static_cast<int>(SLUICE_ABI_MINOR) + 1) << "each minor has its golden table";
}

TEST(Abi, TheNewestTableIsTheWholeLayout) {
  if (sizeof(void*) != 8) GTEST_SKIP() << "the tables are of 64-bit platforms";
  const auto file = golden_folder() / ("v" + std::to_string(SLUICE_ABI_MAJOR) + "." +
                                       std::to_string(SLUICE_ABI_MINOR) + ".txt");
  std::ostringstream written;
  for (const Row& row : layout()) {
    written << row.type << " " << row.field << " " << row.offset << " " << row.size << " "
            << row.declared << "\n";
  }
  EXPECT_EQ(read_golden(file), layout()) << "for a new minor, its table is\n" << written.str();
}

// A field that layout.cpp leaves out would make a hole that no table guards.
TEST(Abi, TheLayoutHasNoHoles) {
  const std::map<std::string, std::size_t> sizes = {
      {"sluice_str", sizeof(sluice_str)},
      {"sluice_bytes", sizeof(sluice_bytes)},
      {"sluice_warning", sizeof(sluice_warning)},
      {"sluice_job", sizeof(sluice_job)},
      {"sluice_probe", sizeof(sluice_probe)},
      {"sluice_canary", sizeof(sluice_canary)},
      {"sluice_converter", sizeof(sluice_converter)},
      {"sluice_host", sizeof(sluice_host)},
      {"sluice_plugin", sizeof(sluice_plugin)},
  };
  const Table table = by_type(layout());
  ASSERT_EQ(table.size(), sizes.size());
  for (const auto& [type, rows] : table) {
    std::size_t end = 0;
    for (const Row& row : rows) {
      EXPECT_EQ(row.offset, end) << type << "::" << row.field;
      end = row.offset + row.size;
    }
    EXPECT_EQ(sizes.at(type), end) << type;
  }
}

TEST(Abi, OutcomesAndStatusesKeepTheirNumbers) {
  EXPECT_EQ(SLUICE_OUTCOME_OK, 0);
  EXPECT_EQ(SLUICE_OUTCOME_EMPTY, 1);
  EXPECT_EQ(SLUICE_OUTCOME_PARTIAL, 2);
  EXPECT_EQ(SLUICE_OUTCOME_UNSUPPORTED, 3);
  EXPECT_EQ(SLUICE_OUTCOME_MALFORMED, 4);
  EXPECT_EQ(SLUICE_OUTCOME_ENCRYPTED, 5);
  EXPECT_EQ(SLUICE_OUTCOME_LIMIT, 6);
  EXPECT_EQ(SLUICE_OUTCOME_CANCELLED, 7);
  EXPECT_EQ(SLUICE_OUTCOME_MISSING_DEPENDENCY, 8);
  EXPECT_EQ(SLUICE_OUTCOME_IO, 9);
  EXPECT_EQ(SLUICE_OUTCOME_INTERNAL, 10);
  EXPECT_EQ(SLUICE_STATUS_OK, 0);
  EXPECT_EQ(SLUICE_STATUS_INVALID, -1);
  EXPECT_EQ(SLUICE_STATUS_LIMIT, -2);
  EXPECT_EQ(SLUICE_STATUS_CANCELLED, -3);
  EXPECT_EQ(SLUICE_STATUS_IO, -4);
  EXPECT_EQ(SLUICE_STATUS_NOT_FOUND, -5);
  EXPECT_EQ(SLUICE_STATUS_DENIED, -6);
  EXPECT_EQ(SLUICE_LOG_DEBUG, 0);
  EXPECT_EQ(SLUICE_LOG_ERROR, 3);
  EXPECT_EQ(SLUICE_SEVERITY_NOTE, 0);
  EXPECT_EQ(SLUICE_SEVERITY_WARNING, 1);
  EXPECT_EQ(SLUICE_PROBE_FAILED, -1);
  EXPECT_EQ(SLUICE_PROBE_NO, 0);
  EXPECT_EQ(SLUICE_PROBE_YES, 1);
}

}  // namespace
}  // namespace sluice::abi
