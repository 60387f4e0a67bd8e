// SPDX-License-Identifier: Apache-2.0
#include "layout.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "../page/unicode.hpp"
#include "drop_caps.hpp"
#include "evidence.hpp"
#include "lines.hpp"
#include "links.hpp"
#include "reading_order.hpp"
#include "ruled_tables.hpp"
#include "segments.hpp"
#include "vertical_writing.hpp"

namespace sluice::pdf {
namespace {

constexpr float kSameLine = 2;  // points between baselines of one line
constexpr std::uint32_t kObstacleRow = 0x80000000U;

bool is_right_to_left(const PageContent& page) {
  const bool any = std::any_of(page.words.begin(), page.words.end(),
                               [](const Word& word) { return word.right_to_left; });
  if (!any) return false;
  StrongLetters letters;
  letters.count(page.text);
  return letters.to_left > letters.to_right;
}

bool is_mostly_mono(const PageContent& page, const std::vector<Face>& faces) {
  std::uint64_t mono = 0;
  std::uint64_t all = 0;
  for (const Word& word : page.words) {
    all += word.chars;
    if (faces[word.face].mono) mono += word.chars;
  }
  return mono * 10 > all * 5;
}

// Its functions are the steps of reading one page, over the same words and rules.
class PageReader : public Reader {
 public:
  PageReader(PageContent& page, const std::vector<Face>& faces, const LayoutOptions& options,
             Story& story)
      : page_(page), faces_(faces), options_(options), story_(story), lines_(page, faces, story) {}

  void read() {
    std::vector<std::uint8_t> order(page_.directions.size());
    std::iota(order.begin(), order.end(), std::uint8_t{0});
    std::stable_sort(order.begin(), order.end(), [this](std::uint8_t a, std::uint8_t b) {
      return page_.directions[a].chars > page_.directions[b].chars;
    });
    if (order.empty()) {
      read_images_alone();
      return;
    }
    for (std::size_t i = 0; i < order.size(); ++i) read_direction(order[i], i == 0);
  }

  void read_line(const std::vector<std::uint32_t>& segments, const Box& ground,
                 std::int32_t column) override {
    words_.clear();
    bool is_entry = false;
    for (const std::uint32_t index : segments) {
      const Segment& segment = segments_.all[index];
      is_entry = is_entry || segment.is_entry;
      for (std::uint32_t w = 0; w < segment.words; ++w)
        words_.push_back(segments_.words[segment.first + w]);
    }
    const std::uint32_t line = lines_.make(words_);
    place(story_.lines[line], ground, column);
    if (is_entry) story_.lines[line].role = Role::kContents;
    add_piece(PieceKind::kLine, line);
  }

  void read_table(const AlignedTable& aligned) override {
    Table table;
    table.columns = aligned.columns;
    for (const auto& row : aligned.rows) {
      TableRow made;
      for (const AlignedCell& cell : row) {
        Cell out;
        out.column = cell.column;
        out.column_span = cell.column_span;
        out.first_line = static_cast<std::uint32_t>(story_.lines.size());
        make_lines(segments_, cell.segments);
        out.lines = static_cast<std::uint32_t>(story_.lines.size()) - out.first_line;
        for (const std::uint32_t index : cell.segments) {
          const Box& box = segments_.all[index].box;
          if (table.rows.empty() && made.cells.empty() && index == cell.segments.front())
            table.box = box;
          table.box.add(box);
        }
        made.cells.push_back(out);
      }
      table.rows.push_back(std::move(made));
    }
    turn_columns(table);
    story_.tables.push_back(std::move(table));
    add_piece(PieceKind::kTable, static_cast<std::uint32_t>(story_.tables.size()) - 1);
  }

  void read_obstacle(const Segment& obstacle) override {
    add_piece(obstacle.kind == SegmentKind::kTable ? PieceKind::kTable : PieceKind::kImage,
              obstacle.index);
  }

 private:
  void add_piece(PieceKind kind, std::uint32_t index) {
    story_.pieces.push_back({kind, index, static_cast<std::uint16_t>(story_.pages.size() - 1)});
  }

  void place(Line& line, const Box& ground, std::int32_t column) const {
    line.column_x0 = ground.x0;
    line.column_x1 = ground.x1;
    line.column = column;
    line.turned = turned_;
  }

  // Segments, row by row, as lines of a cell.
  void make_lines(const Segments& segments, const std::vector<std::uint32_t>& chosen) {
    if (chosen.empty()) return;
    Box ground = segments.all[chosen.front()].box;
    for (const std::uint32_t index : chosen) ground.add(segments.all[index].box);
    const std::int32_t column = story_.columns++;
    for (std::size_t i = 0; i < chosen.size();) {
      words_.clear();
      const std::uint32_t row = segments.all[chosen[i]].row;
      for (; i < chosen.size() && segments.all[chosen[i]].row == row; ++i) {
        const Segment& segment = segments.all[chosen[i]];
        for (std::uint32_t w = 0; w < segment.words; ++w)
          words_.push_back(segments.words[segment.first + w]);
      }
      const std::uint32_t line = lines_.make(words_);
      place(story_.lines[line], ground, column);
    }
  }

  // Right-to-left pages are read in a mirror: there, as on others, text begins at the left, and the
  // first column of a table or of a page is the leftmost.
  void mirror(Box& box) const {
    const float x0 = box.x0;
    box.x0 = page_.width - box.x1;
    box.x1 = page_.width - x0;
  }

  void read_direction(std::uint8_t direction, bool is_main) {
    turned_ = !is_main;
    chosen_.clear();
    for (std::uint32_t i = 0; i < page_.words.size(); ++i) {
      if (page_.words[i].direction == direction) chosen_.push_back(i);
    }
    obstacles_.clear();
    const Direction& frame = page_.directions[direction];
    if (page_.right_to_left) {
      for (const std::uint32_t index : chosen_) mirror(page_.words[index].box);
    } else {
      lower_drop_caps(page_, chosen_);
    }
    if (is_main) {
      if (options_.tables) take_ruled_tables(frame);
      take_images(frame);
    }
    make_segments(page_, chosen_, segments_);
    note_evidence(page_, faces_, segments_);
    if (!page_.mostly_mono) mark_code();
    insert_obstacles();
    read_in_order(segments_, story_.columns, *this);
  }

  void mark_code() {
    for (Segment& segment : segments_.all) {
      segment.is_code = true;
      for (std::uint32_t w = 0; w < segment.words && segment.is_code; ++w) {
        segment.is_code = faces_[page_.words[segments_.words[segment.first + w]].face].mono;
      }
    }
  }

  // --- obstacles: what lines of text are read around ---

  void add_obstacle(const Box& box, SegmentKind kind, std::uint32_t index) {
    Segment segment;
    segment.box = box;
    segment.baseline = box.y0;
    segment.size = 10;
    segment.kind = kind;
    segment.index = index;
    segment.row = kObstacleRow + static_cast<std::uint32_t>(obstacles_.size());
    obstacles_.push_back(segment);
  }

  // Between the rows, by their upper edges.
  void insert_obstacles() {
    if (obstacles_.empty()) return;
    std::stable_sort(obstacles_.begin(), obstacles_.end(),
                     [](const Segment& a, const Segment& b) { return a.box.y0 < b.box.y0; });
    std::vector<Segment> all;
    all.reserve(segments_.all.size() + obstacles_.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < segments_.all.size(); ++i) {
      const Segment& segment = segments_.all[i];
      const bool starts_row = i == 0 || segments_.all[i - 1].row != segment.row;
      while (starts_row && next < obstacles_.size() &&
             obstacles_[next].box.y0 < segment.box.center_y()) {
        all.push_back(obstacles_[next++]);
      }
      all.push_back(segment);
    }
    all.insert(all.end(), obstacles_.begin() + static_cast<std::ptrdiff_t>(next), obstacles_.end());
    segments_.all = std::move(all);
  }

  std::uint32_t add_image(const PlacedImage& image, const Box& box) {
    story_.images.push_back({image.asset, image.alt, box});
    return static_cast<std::uint32_t>(story_.images.size()) - 1;
  }

  void read_images_alone() {
    std::vector<const PlacedImage*> images;
    for (const PlacedImage& image : page_.images) images.push_back(&image);
    std::stable_sort(images.begin(), images.end(), [](const PlacedImage* a, const PlacedImage* b) {
      return a->box.y0 < b->box.y0;
    });
    for (const PlacedImage* image : images)
      add_piece(PieceKind::kImage, add_image(*image, image->box));
  }

  void take_images(const Direction& frame) {
    for (const PlacedImage& image : page_.images) {
      Box box = frame.from_page(image.box);
      if (page_.right_to_left) mirror(box);
      // Behind text it is no obstacle: it stands before what is on it.
      float covered = 0;
      for (const std::uint32_t index : chosen_) {
        const Box& word = page_.words[index].box;
        if (box.holds_center_of(word)) covered += word.area();
      }
      if (covered > 0.02F * box.area()) box.y1 = box.y0;
      add_obstacle(box, SegmentKind::kImage, add_image(image, box));
    }
  }

  std::vector<Rule> rules_in(const Direction& frame) const {
    if (frame.degrees == 0 && !page_.right_to_left) return page_.rules;
    std::vector<Rule> rules;
    for (const Rule& rule : page_.rules) {
      Box box = frame.from_page({rule.x0, rule.y0, rule.x1, rule.y1});
      if (page_.right_to_left) mirror(box);
      rules.push_back({box.x0, box.y0, box.x1, box.y1, box.width() > box.height()});
    }
    return rules;
  }

  void take_ruled_tables(const Direction& frame) {
    if (page_.rules.size() < 4 || frame.degrees % 90 != 0) return;
    std::vector<Grid> grids = find_grids(rules_in(frame));
    // The innermost first: a frame around tables is none.
    std::sort(grids.begin(), grids.end(),
              [](const Grid& a, const Grid& b) { return a.box.area() < b.box.area(); });
    for (const Grid& grid : grids) take_grid(grid);
  }

  void take_grid(const Grid& grid) {
    std::vector<std::vector<std::uint32_t>> inside(grid.cells.size());
    std::vector<std::uint32_t> outside;
    std::uint32_t chars = 0;
    for (const std::uint32_t index : chosen_) {
      const Box& box = page_.words[index].box;
      const std::size_t cell =
          grid.box.holds_center_of(box) ? cell_at(grid, box) : grid.cells.size();
      if (cell == grid.cells.size()) {
        outside.push_back(index);
      } else {
        inside[cell].push_back(index);
        chars += page_.words[index].chars;
      }
    }
    if (!is_table(grid, inside, chars) || is_frame(inside, chars)) return;
    chosen_ = std::move(outside);
    add_obstacle(grid.box, SegmentKind::kTable, make_ruled(grid, inside));
  }

  static std::size_t cell_at(const Grid& grid, const Box& box) {
    for (std::size_t i = 0; i < grid.cells.size(); ++i) {
      if (grid.cells[i].box.holds_center_of(box)) return i;
    }
    return grid.cells.size();
  }

  static bool is_table(const Grid& grid, const std::vector<std::vector<std::uint32_t>>& inside,
                       std::uint32_t chars) {
    std::size_t filled = 0;
    std::vector<bool> columns(grid.columns, false);
    std::vector<bool> rows(grid.rows, false);
    for (std::size_t i = 0; i < inside.size(); ++i) {
      if (inside[i].empty()) continue;
      ++filled;
      columns[grid.cells[i].column] = true;
      rows[grid.cells[i].row] = true;
    }
    const auto count = [](const std::vector<bool>& flags) {
      return std::count(flags.begin(), flags.end(), true);
    };
    if (filled < 3 || count(columns) < 2 || count(rows) < 2) return false;
    if (filled * 6 < grid.cells.size()) return false;
    return chars / filled < 500;
  }

  // Most of the text in cells that hold rows and columns themselves: the rules frame a page, the
  // table inside is one without.
  bool is_frame(const std::vector<std::vector<std::uint32_t>>& inside, std::uint32_t chars) const {
    std::uint32_t in_rows = 0;
    Segments segments;
    for (const auto& cell : inside) {
      if (cell.size() < 6) continue;
      make_segments(page_, cell, segments);
      std::uint32_t parted = 0;
      std::uint32_t cell_chars = 0;
      for (std::size_t i = 0; i < segments.all.size(); ++i) {
        cell_chars += segments.all[i].chars;
        if (i > 0 && segments.all[i].row == segments.all[i - 1].row) ++parted;
      }
      if (parted >= 3) in_rows += cell_chars;
    }
    return in_rows * 2 > chars;
  }

  struct CellRange {
    std::size_t first;
    std::size_t end;
  };

  // One row of the grid; several rows of the table where nothing is ruled between lines that stand
  // side by side in every cell.
  void add_ruled_row(const Grid& grid, const std::vector<std::vector<std::uint32_t>>& inside,
                     CellRange range, const std::vector<std::uint16_t>& column_number,
                     Table& table) {
    std::vector<Segments> cells(range.end - range.first);
    for (std::size_t i = range.first; i < range.end; ++i) {
      if (!inside[i].empty()) make_segments(page_, inside[i], cells[i - range.first]);
    }
    const std::vector<float> baselines = shared_baselines(grid, range, cells);
    const std::size_t rows = std::max<std::size_t>(1, baselines.size());
    for (std::size_t line = 0; line < rows; ++line) {
      TableRow made;
      for (std::size_t i = range.first; i < range.end; ++i) {
        const GridCell& cell = grid.cells[i];
        const Segments& segments = cells[i - range.first];
        Cell out;
        out.column = column_number[cell.column];
        out.column_span =
            static_cast<std::uint16_t>(column_number[cell.column + cell.column_span] - out.column);
        out.row_span = rows == 1 ? cell.row_span : 1;
        if (out.column_span == 0) continue;
        out.first_line = static_cast<std::uint32_t>(story_.lines.size());
        std::vector<std::uint32_t> chosen;
        for (std::uint32_t s = 0; s < segments.all.size(); ++s) {
          const bool here =
              rows == 1 || std::abs(segments.all[s].baseline - baselines[line]) < kSameLine;
          if (here) chosen.push_back(s);
        }
        make_lines(segments, chosen);
        out.lines = static_cast<std::uint32_t>(story_.lines.size()) - out.first_line;
        made.cells.push_back(out);
      }
      table.rows.push_back(std::move(made));
    }
  }

  // The baselines of the lines in a row's cells, if at least three cells have lines, two or more,
  // and all the same ones, or two cells, of which one holds figures.
  std::vector<float> shared_baselines(const Grid& grid, CellRange range,
                                      const std::vector<Segments>& cells) const {
    std::vector<float> shared;
    std::size_t filled = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].all.empty()) continue;
      if (grid.cells[range.first + i].row_span != 1) return {};
      std::vector<float> own;
      for (const Segment& segment : cells[i].all) {
        if (own.empty() || segment.baseline - own.back() > kSameLine)
          own.push_back(segment.baseline);
      }
      if (filled++ == 0) shared = own;
      if (own.size() != shared.size()) return {};
      for (std::size_t k = 0; k < own.size(); ++k) {
        if (std::abs(own[k] - shared[k]) >= kSameLine) return {};
      }
    }
    if (shared.size() < 2 || filled < 2) return {};
    // Text beside text may break at the same lines by chance.
    if (filled == 2 && (shared.size() < 3 || !any_is_figures(cells))) return {};
    return shared;
  }

  // Whether a cell holds nothing but numbers.
  bool any_is_figures(const std::vector<Segments>& cells) const {
    return std::any_of(cells.begin(), cells.end(), [this](const Segments& cell) {
      return !cell.all.empty() &&
             std::all_of(cell.words.begin(), cell.words.end(), [this](std::uint32_t word) {
               const std::string_view text = page_.text_of(page_.words[word]);
               return text.find_first_of("0123456789") != std::string_view::npos &&
                      text.find_first_not_of("0123456789.,-+%$()") == std::string_view::npos;
             });
    });
  }

  // The columns of a table whose text runs against the page do so, too.
  void turn_columns(Table& table) const {
    std::size_t against = 0;
    std::size_t cells = 0;
    for (const TableRow& row : table.rows) {
      for (const Cell& cell : row.cells) {
        if (cell.lines == 0) continue;
        const Line& line = story_.lines[cell.first_line];
        StrongLetters letters;
        letters.count(story_.text_of(line));
        if (letters.to_left + letters.to_right == 0) continue;
        ++cells;
        against += line.backwards ? 1 : 0;
      }
    }
    if (against * 2 <= cells) return;
    for (TableRow& row : table.rows) {
      std::reverse(row.cells.begin(), row.cells.end());
      for (Cell& cell : row.cells) {
        cell.column = static_cast<std::uint16_t>(table.columns - cell.column - cell.column_span);
      }
    }
  }

  // Empty rows and columns come from doubled rules and are left out.
  std::uint32_t make_ruled(const Grid& grid,
                           const std::vector<std::vector<std::uint32_t>>& inside) {
    std::vector<std::uint16_t> column_number(grid.columns + 1, 0);
    std::vector<bool> has_text(grid.columns, false);
    std::vector<bool> row_has_text(grid.rows, false);
    for (std::size_t i = 0; i < inside.size(); ++i) {
      if (inside[i].empty()) continue;
      has_text[grid.cells[i].column] = true;
      row_has_text[grid.cells[i].row] = true;
    }
    // A column without text stays if it is as wide as a column is.
    for (const GridCell& cell : grid.cells) {
      if (cell.column_span == 1 && cell.box.width() > 12) has_text[cell.column] = true;
    }
    for (std::size_t c = 0; c < grid.columns; ++c) {
      column_number[c + 1] = static_cast<std::uint16_t>(column_number[c] + (has_text[c] ? 1 : 0));
    }
    Table table;
    table.columns = column_number[grid.columns];
    table.box = grid.box;
    std::size_t first = 0;
    for (std::uint32_t row = 0; row < grid.rows; ++row) {
      std::size_t end = first;
      while (end < grid.cells.size() && grid.cells[end].row == row) ++end;
      if (row_has_text[row]) {
        add_ruled_row(grid, inside, {first, end}, column_number, table);
      }
      first = end;
    }
    turn_columns(table);
    story_.tables.push_back(std::move(table));
    return static_cast<std::uint32_t>(story_.tables.size()) - 1;
  }

  PageContent& page_;
  const std::vector<Face>& faces_;
  const LayoutOptions& options_;
  Story& story_;
  LineMaker lines_;
  Segments segments_;
  std::vector<Segment> obstacles_;
  std::vector<std::uint32_t> chosen_;
  std::vector<std::uint32_t> words_;
  bool turned_ = false;
};

}  // namespace

void lay_out(PageContent& page, const std::vector<Face>& faces, const LayoutOptions& options,
             Story& story) {
  StoryPage entry;
  entry.number = page.number;
  entry.width = page.width;
  entry.height = page.height;
  entry.first_piece = static_cast<std::uint32_t>(story.pieces.size());
  story.pages.push_back(entry);
  find_vertical_writing(page);
  place_links(page, story);
  page.right_to_left = is_right_to_left(page);
  page.mostly_mono = is_mostly_mono(page, faces);
  PageReader(page, faces, options, story).read();
}

}  // namespace sluice::pdf
