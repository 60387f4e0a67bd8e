// SPDX-License-Identifier: Apache-2.0
#include "table_rows.hpp"

#include <algorithm>

#include "../shared_measures.hpp"

namespace sluice::pdf {
namespace {

constexpr float kSameStep = 1.25F;      // times the least: still the same distance of lines
constexpr float kSetIn = 0.3F;          // of the size: a label that is set in
constexpr std::size_t kFewAgainst = 5;  // of close lines, one may be of another row by mistake

// In the order in which they are asked; a line that none is about begins a row.
const std::vector<RowRule> kRowRules = {
    {"under-a-group",
     "above the first figures, a line with more cells than the one above, which spans columns, "
     "names "
     "the columns of the groups above it",
     RowStep::kNewRow, [](const LineFacts& facts) { return facts.under_group; }},
    {"head-of-lines",
     "above the first figures, lines under each other are one head: 'Suffered' over 'from'",
     RowStep::kGoesOn, [](const LineFacts& facts) { return facts.in_head; }},
    {"two-figures", "no cell holds two numbers, one below the other: they are of two rows",
     RowStep::kNewRow, [](const LineFacts& facts) { return facts.two_figures; }},
    {"pair-below-pair",
     "a label in bold with its value, below another such label and value, is a row of its own: "
     "'VIN' and 'Color' of a form, beside other labels",
     RowStep::kNewRow, [](const LineFacts& facts) { return facts.pair_below_pair; }},
    {"label-goes-on",
     "a label alone, and below it one that begins with a small letter, is one label: 'Murder and "
     "nonnegligent' over 'manslaughter 10.0'",
     RowStep::kGoesOn,
     [](const LineFacts& facts) { return facts.only_label_above && facts.label_goes_on; }},
    {"label-hangs",
     "a label alone, set in below one with figures, whose first word had no room there, goes on "
     "with it if the next label is not set in: 'Congo - République' over 'démocratique du Congo'",
     RowStep::kGoesOn, [](const LineFacts& facts) { return facts.hangs; }},
    {"same-columns",
     "as many cells as the line above, three or more, in the same columns, are a row of their own",
     RowStep::kNewRow, [](const LineFacts& facts) { return facts.same_columns; }},
    {"rows-apart",
     "where most rows are apart, lines that are closer are of one cell, as in a table of HTML",
     RowStep::kGoesOn, [](const LineFacts& facts) { return facts.rows_are_apart; }},
    {"wrapped-cells",
     "text without a label, in no more columns than above and not in most, goes on there",
     RowStep::kGoesOn,
     [](const LineFacts& facts) {
       return !facts.has_label && facts.only_text && facts.line.cells.size() * 2 <= facts.columns &&
              facts.line.cells.size() <= facts.before.cells.size();
     }},
};

class RowMaker {
 public:
  RowMaker(const Segments& segments, std::vector<TableLine> lines, std::size_t columns,
           const RuleSettings& settings)
      : segments_(segments), lines_(std::move(lines)), columns_(columns), settings_(settings) {
    measure_steps();
    find_head();
    count_labels();
    weigh();
  }

  std::vector<std::vector<AlignedCell>> make() {
    std::vector<std::vector<AlignedCell>> rows;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (i > 0 && goes_on(i, rows.back())) {
        add_cells(rows.back(), lines_[i].cells);
      } else {
        rows.push_back(lines_[i].cells);
      }
    }
    return rows;
  }

 private:
  const Segment& segment(std::uint32_t index) const { return segments_.all[index]; }

  static Box box_of(const AlignedCell& cell, const Segments& segments) {
    Box box = segments.all[cell.segments.front()].box;
    for (const std::uint32_t index : cell.segments) box.add(segments.all[index].box);
    return box;
  }

  float step_before(std::size_t i) const { return lines_[i].baseline - lines_[i - 1].baseline; }

  // Not the very least: rows may stand a little askew.
  void measure_steps() {
    std::vector<float> steps;
    for (std::size_t i = 1; i < lines_.size(); ++i) steps.push_back(step_before(i));
    std::sort(steps.begin(), steps.end());
    least_step_ = steps.empty() ? 1e9F : steps[steps.size() / 5];
  }

  bool is_bold(const AlignedCell& cell) const {
    return std::all_of(cell.segments.begin(), cell.segments.end(),
                       [&](std::uint32_t index) { return segment(index).is_bold; });
  }

  // Two cells beside each other, the first of them bold, and both below such cells.
  bool is_pair_below_pair(const TableLine& line, const TableLine& above) const {
    for (std::size_t i = 0; i + 1 < line.cells.size(); ++i) {
      const AlignedCell* label = cell_in(above.cells, line.cells[i].column);
      const AlignedCell* value = cell_in(above.cells, line.cells[i + 1].column);
      if (label == nullptr || value == nullptr || label == value) continue;
      if (is_bold(line.cells[i]) && is_bold(*label) && !is_bold(line.cells[i + 1]) &&
          !is_bold(*value)) {
        return true;
      }
    }
    return false;
  }

  bool is_close(std::size_t i) const {
    return step_before(i) <= kSameStep * least_step_ &&
           step_before(i) <= kNextLine * lines_[i].size;
  }

  static const AlignedCell* cell_in(const std::vector<AlignedCell>& cells, std::size_t column) {
    const auto found = std::find_if(cells.begin(), cells.end(), [&](const AlignedCell& cell) {
      return cell.column <= column && column < std::size_t{cell.column} + cell.column_span;
    });
    return found == cells.end() ? nullptr : &*found;
  }

  bool is_figure(const AlignedCell& cell) const {
    return std::all_of(cell.segments.begin(), cell.segments.end(), [&](std::uint32_t index) {
      return segment(index).is_figure || segment(index).is_currency;
    });
  }
  bool ends_in_figure(const AlignedCell& cell) const {
    return segment(cell.segments.back()).is_figure;
  }

  // A row of the body: most of what stands beside its label is figures that are no years.
  bool is_of_body(const TableLine& line) const {
    std::size_t figures = 0;
    std::size_t others = 0;
    for (const AlignedCell& cell : line.cells) {
      if (cell.column == 0) continue;
      const Segment& last = segment(cell.segments.back());
      ++(is_figure(cell) && !last.is_year ? figures : others);
    }
    return figures > 0 && figures >= others;
  }

  static bool is_label_alone(const TableLine& line) {
    return line.cells.size() == 1 && line.cells.front().column == 0;
  }

  // Lines above the first line of figures are one head if they are close to each other, none of
  // them reaches over several columns, and at most one has text in the first column: two labels
  // that close are of two rows, and so is what stands beside and below them.
  void find_head() {
    std::size_t body = 0;
    // A label alone begins a group of rows; a title or a unit may stand on the first line.
    while (body < lines_.size() && !is_of_body(lines_[body]) &&
           (body == 0 || !is_label_alone(lines_[body]))) {
      ++body;
    }
    if (body == lines_.size()) return;
    body_ = body;
    if (body < 2) return;
    head_end_ = head_begin_ = body;
    std::size_t labels = 0;
    while (head_begin_ > 0) {
      const TableLine& line = lines_[head_begin_ - 1];
      const bool is_near = head_begin_ == body || step_before(head_begin_) <= kNextLine * line.size;
      const bool spans = std::any_of(line.cells.begin(), line.cells.end(),
                                     [](const AlignedCell& cell) { return cell.column_span > 1; });
      labels += cell_in(line.cells, 0) != nullptr ? 1 : 0;
      if (!is_near || spans) return;
      if (labels > 1) {
        head_begin_ = head_end_ = 0;
        return;
      }
      --head_begin_;
    }
  }

  // Labels that are set in: the line above has figures, and the line below a label at the edge.
  bool hangs(std::size_t i, const std::vector<AlignedCell>& row) const {
    if (!is_label_alone(lines_[i]) || i <= body_ || row.size() < 2) return false;
    const AlignedCell* above = cell_in(lines_[i - 1].cells, 0);
    if (above == nullptr || lines_[i - 1].cells.size() < 2) return false;
    const Segment& label = segment(lines_[i].cells.front().segments.front());
    const float set_in = kSetIn * label.size;
    const float edge = segment(above->segments.front()).box.x0;
    if (label.box.x0 < edge + set_in) return false;
    const AlignedCell* below = i + 1 < lines_.size() ? cell_in(lines_[i + 1].cells, 0) : nullptr;
    if (below != nullptr && segment(below->segments.front()).box.x0 > edge + set_in) return false;
    return segment(above->segments.back()).box.x1 + label.first_word > widest_label_;
  }

  // Where most labels begin with a small letter, that does not say that one goes on.
  void count_labels() {
    std::size_t labels = 0;
    std::size_t lower = 0;
    widest_label_ = 0;
    for (const TableLine& line : lines_) {
      const AlignedCell* label = cell_in(line.cells, 0);
      if (label == nullptr) continue;
      ++labels;
      if (label->column_span == 1)
        widest_label_ = std::max(widest_label_, segment(label->segments.back()).box.x1);
      lower += segment(label->segments.front()).begins_lower ? 1 : 0;
    }
    labels_are_capital_ = lower * 2 <= labels;
  }

  // Whether rows are apart from each other and closer lines are of one cell. Close lines that
  // cannot be of one cell say that they are not.
  void weigh() {
    std::size_t close = 0;
    std::size_t apart = 0;
    std::size_t against = 0;
    for (std::size_t i = 1; i < lines_.size(); ++i) {
      const bool is_tight = step_before(i) <= kSameStep * least_step_;
      ++(is_tight ? close : apart);
      if (!is_tight) continue;
      const LineFacts facts = facts_of(i, lines_[i - 1].cells);
      if (!facts.in_head && facts.two_figures) ++against;
    }
    rows_are_apart_ = apart * 10 >= (apart + close) * 3 && against * kFewAgainst <= close;
  }

  LineFacts facts_of(std::size_t i, const std::vector<AlignedCell>& row) const {
    const TableLine& line = lines_[i];
    const TableLine& before = lines_[i - 1];
    LineFacts facts{line, before, row};
    facts.columns = columns_;
    facts.in_head = i > head_begin_ && i < head_end_;
    facts.rows_are_apart = rows_are_apart_;
    const bool has_more = i <= body_ && line.cells.size() > before.cells.size();
    const bool begins_head = i == head_begin_ && head_begin_ < head_end_;
    facts.under_group = (has_more || begins_head) &&
                        std::any_of(before.cells.begin(), before.cells.end(),
                                    [](const AlignedCell& cell) { return cell.column_span > 1; });
    const AlignedCell* label = cell_in(line.cells, 0);
    facts.has_label = label != nullptr;
    facts.pair_below_pair = is_pair_below_pair(line, before);
    facts.label_goes_on =
        label != nullptr && labels_are_capital_ && segment(label->segments.front()).begins_lower;
    facts.hangs = hangs(i, row);
    facts.only_label_above = row.size() == 1 && row.front().column == 0;
    facts.same_columns =
        line.cells.size() >= 3 && line.cells.size() == before.cells.size() &&
        std::equal(line.cells.begin(), line.cells.end(), before.cells.begin(),
                   [](const AlignedCell& a, const AlignedCell& b) { return a.column == b.column; });
    facts.only_text = true;
    for (const AlignedCell& cell : line.cells) {
      const bool figure = is_figure(cell);
      facts.only_text = facts.only_text && !figure;
      const AlignedCell* above = cell_in(row, cell.column);
      if (above == nullptr) continue;
      facts.two_figures = facts.two_figures || (figure && ends_in_figure(*above));
    }
    return facts;
  }

  bool goes_on(std::size_t i, const std::vector<AlignedCell>& row) const {
    if (lines_[i].cells.empty()) return false;
    const LineFacts facts = facts_of(i, row);
    if (!facts.in_head && !is_close(i)) return false;
    const auto rule = std::find_if(kRowRules.begin(), kRowRules.end(), [&](const RowRule& each) {
      return settings_.allows(each.name) && each.holds(facts);
    });
    if (rule == kRowRules.end()) return false;
    settings_.note(box_of(lines_[i].cells.front(), segments_), rule->name,
                   rule->step == RowStep::kGoesOn ? "goes on" : "new row");
    return rule->step == RowStep::kGoesOn;
  }

  const Segments& segments_;
  std::vector<TableLine> lines_;
  std::size_t columns_;
  const RuleSettings& settings_;
  float least_step_ = 0;
  std::size_t body_ = 0;        // the first line of figures; 0 where there is none
  std::size_t head_begin_ = 0;  // lines of the head; none where it has one line
  std::size_t head_end_ = 0;
  bool rows_are_apart_ = false;
  bool labels_are_capital_ = true;
  float widest_label_ = 0;  // where it ends
};

}  // namespace

void add_cells(std::vector<AlignedCell>& row, std::vector<AlignedCell> cells) {
  for (AlignedCell& cell : cells) {
    const auto same = std::find_if(row.begin(), row.end(), [&](const AlignedCell& other) {
      return other.column <= cell.column && cell.column < other.column + other.column_span;
    });
    if (same != row.end()) {
      same->segments.insert(same->segments.end(), cell.segments.begin(), cell.segments.end());
      continue;
    }
    const auto place = std::find_if(row.begin(), row.end(), [&](const AlignedCell& other) {
      return other.column > cell.column;
    });
    row.insert(place, std::move(cell));
  }
}

const std::vector<RowRule>& row_rules() {
  return kRowRules;
}

std::vector<std::vector<AlignedCell>> rows_of_lines(const Segments& segments,
                                                    std::vector<TableLine> lines,
                                                    std::size_t columns,
                                                    const RuleSettings& settings) {
  return RowMaker(segments, std::move(lines), columns, settings).make();
}

}  // namespace sluice::pdf
