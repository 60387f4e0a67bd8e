// SPDX-License-Identifier: Apache-2.0
#include "layout.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "../page/unicode.hpp"
#include "centred_rows.hpp"
#include "dot_leaders.hpp"
#include "drawings.hpp"
#include "drop_caps.hpp"
#include "evidence.hpp"
#include "lines.hpp"
#include "links.hpp"
#include "reading_order.hpp"
#include "ruled_tables.hpp"
#include "segments.hpp"
#include "table_maker.hpp"
#include "tall_brackets.hpp"
#include "vertical_writing.hpp"

namespace sluice::pdf {
namespace {

constexpr std::uint32_t kObstacleRow = 0x80000000U;
constexpr float kMostOfDrawing = 0.5F;  // of its area, that a ruled box in it has: a part of it

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
      : page_(page),
        faces_(faces),
        options_(options),
        story_(story),
        rules_(options.rules),
        lines_(page, faces, story),
        tables_(page, faces, story, lines_, rules_) {
    rules_.page = page.number;
  }

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
    Line& made = story_.lines[line];
    made.column_x0 = ground.x0;
    made.column_x1 = ground.x1;
    made.column = column;
    made.turned = turned_;
    if (is_entry) made.role = Role::kContents;
    add_piece(PieceKind::kLine, line);
  }

  void read_table(const AlignedTable& aligned) override {
    add_piece(PieceKind::kTable, tables_.make_aligned(segments_, aligned));
  }

  void read_obstacle(const Segment& obstacle) override {
    if (obstacle.kind == SegmentKind::kDrawing) return read_drawing(drawings_[obstacle.index]);
    add_piece(obstacle.kind == SegmentKind::kTable ? PieceKind::kTable : PieceKind::kImage,
              obstacle.index);
  }

 private:
  void add_piece(PieceKind kind, std::uint32_t index) {
    story_.pieces.push_back({kind, index, static_cast<std::uint16_t>(story_.pages.size() - 1)});
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
    tables_.set_turned(turned_);
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
    join_tall_brackets(page_, chosen_);
    mark_leaders(page_, chosen_);
    drawings_.clear();
    if (is_main) {
      const std::vector<Box> drawings = drawings_in(frame);
      if (options_.tables) take_ruled_tables(frame, drawings);
      take_drawings(drawings);
      take_images(frame);
    }
    make_segments(page_, chosen_, rules_, segments_);
    note_evidence(page_, faces_, segments_);
    if (!turned_) join_centred_rows(segments_, rules_);
    if (!page_.mostly_mono) mark_code();
    insert_obstacles();
    read_in_order(segments_, rules_, story_.columns, *this);
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
    segment.cells_row = segment.row;
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
      const bool starts_row = i == 0 || segments_.all[i - 1].cells_row != segment.cells_row;
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

  // Of upright pages that are read from the left. Signs of a table's cells are no drawing.
  std::vector<Box> drawings_in(const Direction& frame) const {
    if (frame.degrees != 0 || page_.right_to_left || !rules_.allows(kDrawings)) return {};
    return find_drawings(page_);
  }

  static bool is_part_of(const Box& grid, const std::vector<Box>& drawings) {
    return std::any_of(drawings.begin(), drawings.end(), [&](const Box& drawing) {
      return drawing.holds_center_of(grid) && grid.area() < kMostOfDrawing * drawing.area();
    });
  }

  // A line of text that only begins in a drawing is none of its labels. What no line has, as text
  // that is drawn twice, goes with the rest.
  std::vector<std::uint32_t> words_inside(const Box& drawing) const {
    Segments all;
    make_segments(page_, chosen_, rules_, all);
    std::vector<bool> is_outside(page_.words.size(), false);
    for (const Segment& segment : all.all) {
      const bool is_inside = drawing.holds_center_of(segment.box) &&
                             segment.box.x0 > drawing.x0 - segment.size &&
                             segment.box.x1 < drawing.x1 + segment.size;
      for (std::uint32_t w = 0; w < segment.words && !is_inside; ++w)
        is_outside[all.words[segment.first + w]] = true;
    }
    std::vector<std::uint32_t> inside;
    for (const std::uint32_t index : chosen_) {
      if (!is_outside[index] && drawing.holds_center_of(page_.words[index].box))
        inside.push_back(index);
    }
    return inside;
  }

  // The words of a drawing, if all of them are labels, are read where its upper edge is.
  void take_drawings(const std::vector<Box>& drawings) {
    for (const Box& box : drawings) {
      const std::vector<std::uint32_t> inside = words_inside(box);
      if (inside.empty()) continue;
      Segments text;
      make_segments(page_, inside, rules_, text);
      note_evidence(page_, faces_, text);
      const bool is_drawing = are_labels(text);
      rules_.note(box, kDrawings, is_drawing ? "labels" : "text");
      if (!is_drawing) continue;
      std::vector<bool> is_taken(page_.words.size(), false);
      for (const std::uint32_t index : inside) is_taken[index] = true;
      std::erase_if(chosen_, [&](std::uint32_t index) { return is_taken[index]; });
      add_obstacle(box, SegmentKind::kDrawing, static_cast<std::uint32_t>(drawings_.size()));
      drawings_.push_back(std::move(text));
    }
  }

  void read_drawing(const Segments& text) {
    const std::int32_t column = story_.columns++;
    for (const DrawnLabel& label : labels_of(text)) {
      bool is_first = true;
      for (const std::uint32_t index : label.segments) {
        const Segment& segment = text.all[index];
        words_.assign(text.words.begin() + segment.first,
                      text.words.begin() + segment.first + segment.words);
        const std::uint32_t line = lines_.make(words_);
        Line& made = story_.lines[line];
        made.column_x0 = segment.box.x0;
        made.column_x1 = segment.box.x1;
        made.column = column;
        made.is_drawn = true;
        made.broken_before = is_first && label.begins_row;
        add_piece(PieceKind::kLine, line);
        is_first = false;
      }
    }
  }

  void take_ruled_tables(const Direction& frame, const std::vector<Box>& drawings) {
    if (page_.rules.size() < 4 || frame.degrees % 90 != 0) return;
    std::vector<Grid> grids = find_grids(rules_in(frame));
    // The innermost first: a frame around tables is none.
    std::sort(grids.begin(), grids.end(),
              [](const Grid& a, const Grid& b) { return a.box.area() < b.box.area(); });
    for (const Grid& grid : grids) {
      if (is_part_of(grid.box, drawings)) continue;
      if (const auto table = tables_.make_ruled(grid, chosen_))
        add_obstacle(grid.box, SegmentKind::kTable, *table);
    }
  }

  PageContent& page_;
  const std::vector<Face>& faces_;
  const LayoutOptions& options_;
  Story& story_;
  RuleSettings rules_;
  LineMaker lines_;
  TableMaker tables_;
  Segments segments_;
  std::vector<Segment> obstacles_;
  std::vector<Segments> drawings_;  // the text of each
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
