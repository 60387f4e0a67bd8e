// SPDX-License-Identifier: Apache-2.0
#include "csv/converter.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <sluice/ascii.hpp>
#include <sluice/charset.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/options.hpp>
#include <vector>

#include "csv/delimiter.hpp"
#include "csv/row_reader.hpp"

namespace sluice::csv {
namespace {

constexpr std::size_t kSample = std::size_t{64} << 10;

constexpr std::array<bool, 256> make_stands_in_numbers() {
  std::array<bool, 256> stands{};
  for (const char c : std::string_view("0123456789+-., %$eE")) {
    stands[static_cast<unsigned char>(c)] = true;
  }
  return stands;
}
constexpr auto kStandsInNumbers = make_stands_in_numbers();

// "12", "-1.5", "1,234.50", "50 %", "1e-3", "$ 3": what a reader compares by its digits.
bool is_number(std::string_view cell) {
  bool digits = false;
  for (const char c : cell) {
    if (!kStandsInNumbers[static_cast<unsigned char>(c)]) return false;
    digits = digits || is_ascii_digit(c);
  }
  const bool starts =
      !cell.empty() && std::string_view("+-.$").find(cell[0]) != std::string_view::npos;
  return digits && (is_ascii_digit(cell[0]) || starts);
}

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

// A pass over the text: the rows, without a first line "sep=;".
std::uint64_t read_rows(SourceText& text, char delimiter, bool skip_first_line,
                        const RowReader::Sink& sink) {
  RowReader reader(delimiter, sink);
  text.decode([&](std::string_view piece) {
    if (skip_first_line) {
      const auto end = piece.find_first_of("\r\n");
      piece.remove_prefix(std::min(end, piece.size()));
      skip_first_line = end == std::string_view::npos;
    }
    reader.feed(piece);
  });
  reader.finish();
  return reader.unclosed_quotes();
}

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

char choose_delimiter(const Options& options, std::string_view sample) {
  static const std::map<std::string, char> kNames = {
      {"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}};
  const auto chosen = kNames.find(options.get_string("delimiter"));
  if (chosen != kNames.end()) return chosen->second;
  const auto named = named_delimiter(sample);
  return named ? *named : guess_delimiter(sample);
}

void write_cell(MarkdownWriter& out, std::string_view cell, Align align) {
  CellOptions options;
  options.align = align;
  out.begin_cell(options);
  while (true) {
    const auto end = cell.find('\n');
    out.text(cell.substr(0, end));
    if (end == std::string_view::npos) break;
    out.line_break();
    cell.remove_prefix(end + 1);
  }
  out.end_cell();
}

class TableWriter {
 public:
  TableWriter(Job& job, const Shape& shape) : job_(job), shape_(shape), out_(job) {
    TableOptions options;
    options.columns = static_cast<std::uint32_t>(shape.columns);
    out_.begin_table(options);
  }

  void row(const RowReader::Cells& cells) {
    constexpr std::uint64_t kBetweenReports = 1000;
    if (rows_ % kBetweenReports == 0) {
      job_.check_cancelled();
      job_.progress(rows_, shape_.rows);
    }
    ++rows_;
    out_.begin_row();
    // The header has a cell for each column, so that each gets its alignment.
    const std::size_t count = rows_ == 1 ? shape_.columns : cells.size();
    for (std::size_t i = 0; i < count; ++i) {
      write_cell(out_, i < cells.size() ? cells[i] : std::string_view(), shape_.align(i));
    }
    out_.end_row();
  }

  void finish() {
    out_.end_table();
    out_.finish();
  }

 private:
  Job& job_;
  const Shape& shape_;
  MarkdownWriter out_;
  std::uint64_t rows_ = 0;
};

}  // namespace

void CsvConverter::convert(Job& job) {
  const Options options(job.options());
  SourceText text(job);
  const std::string sample = sample_of(text);
  const char delimiter = choose_delimiter(options, sample);
  const bool names_delimiter = named_delimiter(sample).has_value();

  Shape shape;
  shape.unclosed_quotes = read_rows(text, delimiter, names_delimiter,
                                    [&shape](const RowReader::Cells& cells) { shape.add(cells); });
  if (shape.rows == 0) {
    job.finish_as(Outcome::kEmpty, "there is no row in the file");
    return;
  }
  if (shape.unclosed_quotes > 0) {
    job.warn("unclosed-quote",
             std::to_string(shape.unclosed_quotes) +
                 " rows have a quote that never closes and are kept as they stand");
  }
  TableWriter table(job, shape);
  read_rows(text, delimiter, names_delimiter,
            [&table](const RowReader::Cells& cells) { table.row(cells); });
  table.finish();
}

Canary CsvConverter::canary() const {
  return {"word;count\n\"canary; caf\xC3\xA9\";1\n", "canary.csv", "text/csv",
          "| word | count |\n| --- | ---: |\n| canary; caf\xC3\xA9 | 1 |\n"};
}

}  // namespace sluice::csv
