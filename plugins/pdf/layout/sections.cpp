// SPDX-License-Identifier: Apache-2.0
#include "sections.hpp"

#include <cmath>

#include "../shared_measures.hpp"
#include "evidence.hpp"

namespace sluice::pdf {
namespace {

// Times the usual distance of rows: above the head of another table, and above another part of the
// page; groups of rows have 2.
constexpr float kHeadGap = 1.3F;
constexpr float kSectionGap = 2.2F;
// Parts of the font's size.
constexpr float kOneSize = 0.03F;
constexpr float kPaperBelow = 0.8F;  // a caption, before the text goes on
constexpr float kFarHead = 2;        // from one line of a head to the next
constexpr float kCrossing = 0.5F;    // text on both sides of a gutter's middle
constexpr std::size_t kSectionsOfTable = 3;
constexpr std::uint32_t kMaxHeadLines = 5;

float usual_step(const std::vector<Row>& rows, const Band& band) {
  std::vector<float> steps;
  for (std::uint32_t r = band.first + 1; r <= band.last; ++r)
    steps.push_back(rows[r].baseline - rows[r - 1].baseline);
  if (steps.empty()) return 0;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

bool is_of_body(const Segments& segments, const Row& row) {
  std::size_t figures = 0;
  std::size_t others = 0;
  for (std::size_t i = 1; i < row.segments.size(); ++i) {
    const Segment& segment = segments.all[row.segments[i]];
    if (segment.is_currency) continue;
    ++(segment.is_figure && !segment.is_year ? figures : others);
  }
  return figures > 0 && figures >= others;
}

bool is_bold(const Segments& segments, const Row& row) {
  return std::all_of(row.segments.begin(), row.segments.end(),
                     [&](std::uint32_t index) { return segments.all[index].is_bold; });
}

// A total may be bold, too.
bool has_figures(const Segments& segments, const Row& row) {
  return std::any_of(row.segments.begin(), row.segments.end(), [&](std::uint32_t index) {
    const Segment& segment = segments.all[index];
    return segment.kind != SegmentKind::kText || segment.is_currency ||
           (segment.is_figure && !segment.is_year);
  });
}

// "12GA" is no figure, and no name of a column either.
bool has_digits(const Segments& segments, const Row& row) {
  return std::any_of(row.segments.begin(), row.segments.end(), [&](std::uint32_t index) {
    const Segment& segment = segments.all[index];
    if (segment.kind != SegmentKind::kText || segment.is_year) return !segment.is_year;
    for (std::uint32_t w = 0; w < segment.words; ++w) {
      const std::string_view text = word_text(segments, segment.first + w);
      if (text.find_first_of("0123456789") != std::string_view::npos) return true;
    }
    return false;
  });
}

// Names without figures, apart from the rows of figures above them and near those below.
bool is_plain_head(const Segments& segments, const std::vector<Row>& rows, std::uint32_t r,
                   float usual) {
  return rows[r].segments.size() >= 2 && !has_digits(segments, rows[r]) &&
         has_figures(segments, rows[r - 1]) && has_figures(segments, rows[r + 1]) &&
         rows[r].baseline - rows[r - 1].baseline > kHeadGap * usual &&
         rows[r + 1].baseline - rows[r].baseline < kHeadGap * usual;
}

// The size of all text in the row; nothing where sizes differ.
std::optional<float> text_size(const Segments& segments, const Row& row) {
  const float size = segments.all[row.segments.front()].size;
  for (const std::uint32_t index : row.segments) {
    const Segment& segment = segments.all[index];
    if (segment.kind != SegmentKind::kText || std::abs(segment.size - size) > kOneSize * size)
      return std::nullopt;
  }
  return size;
}

}  // namespace

bool are_heads_of_columns(const Segments& segments, const std::vector<Row>& rows,
                          const Band& band) {
  const Row& heads = rows[band.first];
  const std::size_t columns = band.gutters.size() + 1;
  if (heads.segments.size() != columns || band.last == band.first) return false;
  std::vector<float> begins(columns, 1e9F);
  for (std::uint32_t r = band.first + 1; r <= band.last; ++r) {
    for (const std::uint32_t index : rows[r].segments) {
      const Box& box = segments.all[index].box;
      float& begin = begins[column_of(band, box.center_x())];
      begin = std::min(begin, box.x0);
    }
  }
  for (std::size_t column = 0; column < columns; ++column) {
    const Segment& head = segments.all[heads.segments[column]];
    const Segment& below = segments.all[rows[band.last].segments.front()];
    const bool is_heading = head.is_bold || head.size > kLarger * below.size;
    if (!is_heading || std::abs(head.box.x0 - begins[column]) > kCrossing * head.size) return false;
  }
  return true;
}

void cut_off_text_below_captions(const Segments& segments, const std::vector<Row>& rows,
                                 const RuleSettings& settings, Band& band) {
  if (!settings.allows(kCaptionOverColumns)) return;
  const std::optional<float> size = text_size(segments, rows[band.first]);
  if (!size) return;
  float lowest = rows[band.first].y1;
  for (std::uint32_t r = band.first + 1; r <= band.last; ++r) {
    const std::optional<float> next = text_size(segments, rows[r]);
    if (!next) return;
    if (std::abs(*next - *size) <= kOneSize * *size) {
      lowest = std::max(lowest, rows[r].y1);
      continue;
    }
    if (*next < *size || r < band.first + 2 || rows[r].y0 - lowest < kPaperBelow * *size) return;
    settings.note(segments.all[rows[r].segments.front()].box, kCaptionOverColumns, "cut");
    band.last = r - 1;
    return;
  }
}

std::optional<std::uint32_t> head_again(const Segments& segments, const std::vector<Row>& rows,
                                        const Band& band) {
  const bool is_bold_above =
      is_bold(segments, rows[band.first]) && rows[band.first].segments.size() >= 2;
  const float usual = usual_step(rows, band);
  // Both tables have two rows below their heads.
  for (std::uint32_t r = band.first + 3; r + 1 < band.last; ++r) {
    if (is_plain_head(segments, rows, r, usual)) return r;
    if (!is_bold_above) continue;
    if (is_bold(segments, rows[r - 1]) || is_bold(segments, rows[r - 2])) continue;
    bool has_names = false;
    std::uint32_t end = r;
    for (; end <= band.last && is_bold(segments, rows[end]); ++end) {
      if (has_figures(segments, rows[end])) break;
      has_names = has_names || rows[end].segments.size() >= 2;
    }
    if (has_names && end < band.last && !is_bold(segments, rows[end]) &&
        !is_bold(segments, rows[end + 1])) {
      return r;
    }
  }
  return std::nullopt;
}

std::vector<std::uint32_t> section_starts(const Segments& segments, const std::vector<Row>& rows,
                                          const Band& band) {
  std::vector<std::uint32_t> starts;
  std::vector<std::uint32_t> headings;
  const float usual = usual_step(rows, band);
  // Both parts have two rows at least.
  for (std::uint32_t r = band.first + 1; r + 1 <= band.last; ++r) {
    const Segment& first = segments.all[rows[r].segments.front()];
    const Segment& below = segments.all[rows[r + 1].segments.front()];
    const bool is_heading =
        rows[r].segments.size() == 1 && first.kind == SegmentKind::kText && !first.is_figure &&
        ((first.is_bold && !below.is_bold) || first.size > kLarger * below.size);
    const bool is_apart = rows[r].baseline - rows[r - 1].baseline > kSectionGap * usual;
    if (is_apart) {
      starts.push_back(r);
    } else if (is_heading) {
      headings.push_back(r);
    }
  }
  // Many of them are the sections of one table.
  if (headings.size() < kSectionsOfTable)
    starts.insert(starts.end(), headings.begin(), headings.end());
  std::sort(starts.begin(), starts.end());
  return starts;
}

bool cross(const Segments& segments, const std::vector<Row>& rows, const Band& band,
           const std::vector<Gutter>& gutters) {
  if (gutters.empty()) return false;
  bool any = false;
  for (std::uint32_t r = band.first; r <= band.last; ++r) {
    if (rows[r].segments.size() < 2) continue;
    // A line of a head: it names columns only, and one name may stand over several.
    if (segments.all[rows[r].segments.front()].box.x0 > gutters.front().x0) return false;
    for (const std::uint32_t index : rows[r].segments) {
      const Segment& segment = segments.all[index];
      for (const Gutter& gutter : gutters) {
        const float middle = (gutter.x0 + gutter.x1) / 2;
        if (segment.box.x0 < middle - kCrossing * segment.size &&
            segment.box.x1 > middle + kCrossing * segment.size) {
          any = true;
        }
      }
    }
  }
  return any;
}

void add_head_above(const Segments& segments, const std::vector<Row>& rows, Band& band) {
  const float labels_end = band.gutters.front().x0;
  const std::uint32_t body = body_of(segments, rows, band);
  const bool has_body = body <= band.last && is_of_body(segments, rows[body]);
  for (std::uint32_t lines = 0; band.first > 0 && lines < kMaxHeadLines; ++lines) {
    const Row& head = rows[band.first];
    const Row& above = rows[band.first - 1];
    if (is_of_body(segments, head)) return;
    // Lines above figures may be as far apart as the head is from them.
    const float to_table =
        has_body && band.first < band.last ? rows[band.first + 1].baseline - head.baseline : 0;
    for (const std::uint32_t index : above.segments) {
      const Segment& segment = segments.all[index];
      const float reach = std::min(to_table, kFarHead * segment.size);
      const bool is_near =
          head.baseline - above.baseline <= std::max(kNextLine * segment.size, reach);
      if (segment.kind != SegmentKind::kText || !is_near || segment.box.x0 < labels_end) return;
    }
    --band.first;
  }
}

std::uint32_t body_of(const Segments& segments, const std::vector<Row>& rows, const Band& band) {
  for (std::uint32_t r = band.first; r <= band.last; ++r) {
    if (is_of_body(segments, rows[r])) return r;
  }
  return band.first + 1;
}

}  // namespace sluice::pdf
