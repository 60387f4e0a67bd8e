// The same promise for extensions: a revision is never changed once it has been published. What it
// lacks comes as another revision, with a table of its own.
#include <gtest/gtest.h>
#include <sluice/ext/assets.h>
#include <sluice/ext/children.h>
#include <sluice/ext/document_links.h>
#include <sluice/ext/positions.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "abi/row.h"
#include "kit/paths.h"

namespace sluice::abi {
namespace {

struct Extension {
  std::string id;
  std::uint32_t revision = 0;
  std::size_t size = 0;
  std::vector<Row> rows;
};

std::vector<Extension> extensions() {
  return {
      {SLUICE_ASSETS_ID,
       SLUICE_ASSETS_REVISION,
       sizeof(sluice_assets),
       {ROW(sluice_assets, size), ROW(sluice_assets, are_kept)}},
      {SLUICE_CHILDREN_ID,
       SLUICE_CHILDREN_REVISION,
       sizeof(sluice_children),
       {ROW(sluice_children, size), ROW(sluice_children, child_open),
        ROW(sluice_children, child_write), ROW(sluice_children, child_finish),
        ROW(sluice_children, link_child)}},
      {SLUICE_DOCUMENT_LINKS_ID,
       SLUICE_DOCUMENT_LINKS_REVISION,
       sizeof(sluice_document_links),
       {ROW(sluice_document_links, size), ROW(sluice_document_links, link_document)}},
      {SLUICE_DOCUMENT_LINKS_ID,
       SLUICE_DOCUMENT_LINKS_REVISION_2,
       sizeof(sluice_document_links_2),
       {ROW(sluice_document_links_2, size), ROW(sluice_document_links_2, link_document),
        ROW(sluice_document_links_2, name_anchor)}},
      {SLUICE_POSITIONS_ID,
       SLUICE_POSITIONS_REVISION,
       sizeof(sluice_positions),
       {ROW(sluice_positions, size), ROW(sluice_positions, begin_part)}},
  };
}

std::string text_of(const std::vector<Row>& rows) {
  std::ostringstream text;
  for (const Row& row : rows) {
    text << row.type << " " << row.field << " " << row.offset << " " << row.size << " "
         << row.declared << "\n";
  }
  return text.str();
}

TEST(ExtensionLayout, EveryRevisionIsAsItWasPublished) {
  if (sizeof(void*) != 8) GTEST_SKIP() << "the tables are of 64-bit platforms";
  for (const Extension& extension : extensions()) {
    const auto file = std::filesystem::path(sluice::test::project_folder()) / "tests" / "abi" /
                      "golden_extensions" /
                      (extension.id + "-" + std::to_string(extension.revision) + ".txt");
    std::ostringstream golden;
    golden << std::ifstream(file).rdbuf();
    EXPECT_EQ(golden.str(), text_of(extension.rows)) << file;
    std::size_t end = 0;
    for (const Row& row : extension.rows) {
      EXPECT_EQ(row.offset, end) << row.type << "::" << row.field;
      end = row.offset + row.size;
    }
    EXPECT_EQ(extension.size, end) << extension.id << " has a field that no table guards";
  }
}

}  // namespace
}  // namespace sluice::abi
