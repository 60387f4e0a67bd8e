// SPDX-License-Identifier: Apache-2.0
#include "csv/converter.hpp"

#include <algorithm>
#include <map>
#include <sluice/blanks.hpp>
#include <sluice/charset.hpp>
#include <sluice/counted.hpp>
#include <sluice/defects.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/options.hpp>
#include <vector>

#include "csv/cells.hpp"
#include "csv/row_reader.hpp"
#include "csv/table_shape.hpp"

namespace sluice::csv {
namespace {

constexpr std::size_t kSample = std::size_t{64} << 10;

// What the first pass learns of the table.
struct Shape {
  std::size_t columns = 0;
  std::uint64_t rows = 0;
  std::uint64_t unclosed_quotes = 0;
  // Per column, by its cells below the header.
  std::vector<bool> has_number;
  std::vector<bool> has_text;

  void add(const RowReader::Cells& cells) {
    if (cells.size() > columns) {
      columns = cells.size();
      has_number.resize(columns);
      has_text.resize(columns);
    }
    if (rows++ == 0) return;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].empty() || has_text[i]) continue;
      (is_number(cells[i]) ? has_number : has_text)[i] = true;
    }
  }

  Align align(std::size_t column) const {
    return has_number[column] && !has_text[column] ? Align::kRight : Align::kNone;
  }
};

// The rows of the text, pass after pass.
struct Rows {
  SourceText& text;
  TableShape shape;
  bool has_named_delimiter = false;
  std::uint64_t unclosed_quotes = 0;
  std::uint64_t replaced = 0;

  // Gives `lead` the rows above the table, and `body` the others, without a first line "sep=;".
  void read(const RowReader::Sink& lead, const RowReader::Sink& body) {
    std::size_t leading = shape.leading_rows;
    RowReader reader(shape.delimiter, [&](const RowReader::Cells& cells) {
      if (leading == 0) return body(cells);
      --leading;
      lead(cells);
    });
    bool skip_first_line = has_named_delimiter;
    replaced = text.decode([&](std::string_view piece) {
      if (skip_first_line) {
        const auto end = piece.find_first_of("\r\n");
        piece.remove_prefix(std::min(end, piece.size()));
        skip_first_line = end == std::string_view::npos;
      }
      reader.feed(piece);
    });
    reader.finish();
    unclosed_quotes = reader.unclosed_quotes();
  }
};

// Thrown to end a pass that has seen enough.
struct Enough {};

std::string sample_of(SourceText& text) {
  std::string sample;
  try {
    text.decode([&](std::string_view piece) {
      sample.append(piece);
      if (sample.size() >= kSample) throw Enough();
    });
  } catch (const Enough&) {
  }
  return sample;
}

Rows rows_of(SourceText& text, const Options& options) {
  static const std::map<std::string, char> kNames = {
      {"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}};
  const std::string sample = sample_of(text);
  std::string_view rest = sample;
  const std::optional<char> named = named_delimiter(rest);
  if (named) rest.remove_prefix(std::min(rest.find_first_of("\r\n"), rest.size()));
  const auto chosen = kNames.find(options.get_string("delimiter"));
  Rows rows{text, {}, named.has_value()};
  if (chosen != kNames.end()) {
    rows.shape = shape_with(rest, chosen->second);
  } else {
    rows.shape = named ? shape_with(rest, *named) : guess_shape(rest);
  }
  return rows;
}

// A row above the table: a title, a name and its value, a comment.
void write_leading_row(MarkdownWriter& out, const RowReader::Cells& cells) {
  std::string text;
  std::size_t filled = 0;
  for (const std::string_view cell : cells) {
    if (trimmed(cell).empty()) continue;
    if (filled++ > 0) text += text.ends_with(':') ? " " : filled == 2 ? ": " : ", ";
    text += cell;
  }
  std::string_view shown = text;
  if (shown.starts_with('#'))
    shown.remove_prefix(std::min(shown.find_first_not_of("# "), shown.size()));
  if (trimmed(shown).empty()) return;
  out.text(shown);
  out.end_paragraph();
}

void write_cell(MarkdownWriter& out, std::string_view cell, Align align) {
  CellOptions options;
  options.align = align;
  out.begin_cell(options);
  out.lines(cell);
  out.end_cell();
}

// Thousands apart, as in "12,345".
std::string with_commas(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

class TableWriter {
 public:
  TableWriter(Job& job, const Shape& shape, std::uint64_t most_rows)
      : job_(job), shape_(shape), most_rows_(most_rows), out_(job) {}

  void leading_row(const RowReader::Cells& cells) { write_leading_row(out_, cells); }

  void row(const RowReader::Cells& cells) {
    constexpr std::uint64_t kBetweenReports = 1000;
    if (rows_ % kBetweenReports == 0) {
      job_.check_cancelled();
      job_.progress(rows_, shape_.rows);
    }
    if (rows_ == 0) begin();
    // The header is none of the rows that are counted.
    if (is_cut() && rows_ > most_rows_) throw Enough();
    if (rows_++ == 0) return header(cells);
    out_.row(cells);
  }

  void finish() {
    out_.end_table();
    if (is_cut()) {
      const std::string cut = "Rows 1 to " + with_commas(most_rows_) + " of " +
                              with_commas(shape_.rows - 1) + "; the source has all of them.";
      out_.text(cut);
      out_.end_paragraph();
      job_.finish_as(Outcome::kPartial,
                     "the table has " + with_commas(shape_.rows - 1) + " rows, and the first " +
                         with_commas(most_rows_) +
                         " are in the text; the option max_rows = 0 takes all of them");
    }
    out_.finish();
  }

 private:
  bool is_cut() const { return most_rows_ > 0 && shape_.rows > most_rows_ + 1; }

  // It has a cell for each column, so that each gets its alignment.
  void header(const RowReader::Cells& cells) {
    out_.begin_row();
    for (std::size_t i = 0; i < shape_.columns; ++i) {
      write_cell(out_, i < cells.size() ? cells[i] : std::string_view(), shape_.align(i));
    }
    out_.end_row();
  }

  void begin() {
    TableOptions options;
    options.columns = static_cast<std::uint32_t>(shape_.columns);
    out_.begin_table(options);
  }

  Job& job_;
  const Shape& shape_;
  std::uint64_t most_rows_;  // below the header; 0: all
  MarkdownWriter out_;
  std::uint64_t rows_ = 0;
};

void warn(Job& job, const Rows& rows) {
  if (rows.unclosed_quotes > 0) {
    job.warn(
        "unclosed-quote",
        counted(rows.unclosed_quotes, "row has a quote that never closes, and is kept as it stands",
                "rows have a quote that never closes, and are kept as they stand"));
  }
  warn_of_undecodable(job, rows.replaced, rows.text.charset());
}

}  // namespace

void CsvConverter::convert(Job& job) {
  const Options options(job.options());
  SourceText text = SourceText::in_charset(job, options.get_string("charset"));
  Rows rows = rows_of(text, options);
  Shape shape;
  rows.read([](const RowReader::Cells&) {},
            [&shape](const RowReader::Cells& cells) { shape.add(cells); });
  if (shape.rows == 0) {
    job.finish_as(Outcome::kEmpty, "there is no row in the file");
    return;
  }
  warn(job, rows);
  TableWriter table(job, shape, static_cast<std::uint64_t>(options.get_int("max_rows")));
  try {
    rows.read([&table](const RowReader::Cells& cells) { table.leading_row(cells); },
              [&table](const RowReader::Cells& cells) { table.row(cells); });
  } catch (const Enough&) {
  }
  table.finish();
}

Canary CsvConverter::canary() const {
  return {"word;count\n\"canary; caf\xC3\xA9\";1\n", "canary.csv", "text/csv",
          "| word | count |\n| --- | ---: |\n| canary; caf\xC3\xA9 | 1 |\n"};
}

}  // namespace sluice::csv
