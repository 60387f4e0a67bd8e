// The engine that reads pages, over made-up ones: seven bytes are a word or a rule at a place of a
// coarse grid, so that rows, columns, tables and lists are found often. It comes back, and every
// cell and block that it makes is of lines that are there.
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "frame/require.h"
#include "pdf/layout/layout.hpp"
#include "pdf/structure/build.hpp"
#include "pdf/structure/profile.hpp"
#include "pdf/structure/running_images.hpp"
#include "pdf/structure/running_lines.hpp"
#include "pdf/structure/table_pages.hpp"

namespace {

using sluice::fuzz::require;
namespace pdf = sluice::pdf;

constexpr std::size_t kBytes = 7;
constexpr std::size_t kItemsOfPage = 300;
constexpr std::array<std::string_view, 16> kTexts = {
    "mill", "The", "1,204.50", "-",         "\u2022", "1.",     "(a)",  "2024",
    "$",    "and", "Total:",   ".........", "12%",    "gates.", "Weir", "\u05D0\u05D1"};

pdf::Box box_of(std::span<const std::uint8_t, kBytes> item, float width) {
  const float x = static_cast<float>(item[0]) * 2.3F;
  const float y = 20 + static_cast<float>(item[1]) * 3;
  return {x, y, x + width, y + 8};
}

void add(std::span<const std::uint8_t, kBytes> item, pdf::PageContent& page) {
  const std::uint8_t kind = item[2];
  if (kind % 16 == 15) {
    const pdf::Box box = box_of(item, static_cast<float>(item[3]) * 2);
    const bool across = kind >= 128;
    page.rules.push_back({box.x0, box.y0, across ? box.x1 : box.x0,
                          across ? box.y0 : box.y0 + static_cast<float>(item[3]) * 2, across});
    return;
  }
  const std::string_view text = kTexts[item[4] % kTexts.size()];
  pdf::Word word;
  word.size = item[5] % 8 == 0 ? 14.0F : item[5] % 8 == 1 ? 7.0F : 10.0F;
  word.box = box_of(item, 0.5F * word.size * static_cast<float>(text.size()));
  word.baseline = word.box.y1 + static_cast<float>(item[6] % 4) * 0.7F;
  word.text = static_cast<std::uint32_t>(page.text.size());
  word.bytes = static_cast<std::uint32_t>(text.size());
  word.chars = static_cast<std::uint16_t>(text.size());
  word.face = item[5] >= 200 ? 1 : item[5] >= 190 ? 2 : 0;
  word.direction = pdf::direction_index(item[6] >= 250 ? 1 : 0, page.directions);
  word.blank_before = kind % 2 == 0;
  word.placed = kind % 4 == 1;
  word.clip = item[6] >= 240 && item[6] < 250 ? item[6] : 0;
  word.right_to_left = text == kTexts.back();
  page.text += text;
  page.directions[word.direction].chars += word.chars;
  page.words.push_back(word);
}

void require_lines(const pdf::Story& story, std::uint32_t first, std::uint32_t count) {
  require(std::uint64_t{first} + count <= story.lines.size(), "lines are there");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<pdf::Face> faces(3);
  faces[1].bold = true;
  faces[2].mono = true;
  const std::span<const std::uint8_t> bytes(data, size);
  pdf::Story story;
  int number = 0;
  for (std::size_t at = 0; at + kBytes <= size && number < 4; ++number) {
    pdf::PageContent page;
    page.number = number + 1;
    page.width = 600;
    page.height = 800;
    for (std::size_t i = 0; i < kItemsOfPage && at + kBytes <= size; ++i, at += kBytes)
      add(bytes.subspan(at).first<kBytes>(), page);
    if (page.directions.empty()) page.directions.push_back(pdf::quarter_direction(0));
    pdf::lay_out(page, faces, {}, story);
  }
  const pdf::RunningLines running = pdf::find_running_lines(story, pdf::profile_of(story));
  require(running.lines.size() == story.lines.size(), "each line runs or does not");
  pdf::remove_running_rows(story, running);
  pdf::join_tables_over_pages(story, running.lines);
  for (const pdf::Table& table : story.tables) {
    for (const pdf::TableRow& row : table.rows) {
      for (const pdf::Cell& cell : row.cells) {
        require_lines(story, cell.first_line, cell.lines);
        require(std::uint32_t{cell.column} + cell.column_span <= table.columns, "cells are inside");
      }
    }
  }
  for (const pdf::Block& block : pdf::build_blocks(story, faces, {}, running.lines)) {
    for (const pdf::BlockLine& line : block.lines) require_lines(story, line.line, 1);
  }
  return 0;
}
