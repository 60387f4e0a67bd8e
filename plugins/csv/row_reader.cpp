// SPDX-License-Identifier: Apache-2.0
//
// A line without quotes is a row, and is split here. Others go through libcsv, line by line, so
// that it is known which line an open row began with: if the row does not end, that line is read
// again without quotes, and the lines after it as if nothing had been.
#include "csv/row_reader.hpp"

#include <csv.h>

#include <algorithm>
#include <bit>
#include <exception>
#include <sluice/plugin.hpp>
#include <utility>

namespace sluice::csv {
namespace {

// Reading again costs what the open row holds. After this many times quotes mean nothing any more.
constexpr std::uint64_t kMaxUnclosedQuotes = 8;

// What libcsv strips from the edges of a cell without quotes, and so does split().
constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view without_blanks(std::string_view cell) {
  while (!cell.empty() && is_blank(cell.front())) cell.remove_prefix(1);
  while (!cell.empty() && is_blank(cell.back())) cell.remove_suffix(1);
  return cell;
}

bool is_all_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_blank);
}

[[noreturn]] void refuse_columns() {
  throw Failure(Outcome::kLimit,
                "the table has more than " + std::to_string(kMaxColumns) + " columns");
}

// A character that decoded text does not hold (NUL is dropped): no cell is quoted by it.
constexpr unsigned char kNoQuote = '\0';

}  // namespace

// libcsv behind exceptions and cells.
class RowReader::Parser {
 public:
  Parser(char delimiter, const Sink& sink) : sink_(sink) {
    if (csv_init(&parser_, 0) != 0) throw std::bad_alloc();
    csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
    csv_set_blk_size(&parser_, std::size_t{4} << 10);
  }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  void set_quote(unsigned char quote) { csv_set_quote(&parser_, quote); }

  // Whether a row is open: it has begun and its end was not in what was parsed.
  bool open() const { return open_; }

  void parse(std::string_view text) {
    open_ = true;
    const std::size_t done = csv_parse(&parser_, text.data(), text.size(), on_cell, on_row, this);
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
    if (done != text.size()) throw std::bad_alloc();
  }

  // Forgets the open row.
  void drop_row() {
    // Its end is the only way to make libcsv forget it; the sink does not see it.
    dropping_ = true;
    csv_fini(&parser_, on_cell, on_row, this);
    dropping_ = false;
    cells_.clear();
    open_ = false;
  }

 private:
  static void on_cell(void* data, std::size_t size, void* self) {
    Parser& parser = *static_cast<Parser*>(self);
    if (parser.dropping_ || parser.error_) return;
    try {
      if (parser.cells_.size() == kMaxColumns) refuse_columns();
      // An empty cell without quotes comes as a null pointer.
      parser.cells_.emplace_back(size == 0 ? "" : static_cast<const char*>(data), size);
    } catch (...) {
      parser.error_ = std::current_exception();
    }
  }

  static void on_row(int, void* self) {
    Parser& parser = *static_cast<Parser*>(self);
    parser.open_ = false;
    if (parser.dropping_ || parser.error_) return;
    try {
      parser.sink_(Cells(parser.cells_.begin(), parser.cells_.end()));
    } catch (...) {
      parser.error_ = std::current_exception();
    }
    parser.cells_.clear();
  }

  csv_parser parser_{};
  const Sink& sink_;
  std::vector<std::string> cells_;
  bool open_ = false;
  bool dropping_ = false;
  std::exception_ptr error_;
};

RowReader::RowReader(char delimiter, Sink sink)
    : delimiter_(delimiter),
      marks_(delimiter, CSV_QUOTE),
      sink_(std::move(sink)),
      parser_(std::make_unique<Parser>(delimiter, sink_)) {}

RowReader::~RowReader() = default;

namespace {

// Where the first CR or LF stands; npos if there is none.
std::size_t find_line_end(std::string_view text) {
  const std::size_t lf = text.find('\n');
  return std::min(lf, text.substr(0, lf).find('\r'));
}

}  // namespace

void RowReader::feed(std::string_view text) {
  while (!text.empty()) {
    if (after_cr_ && text.front() == '\n') text.remove_prefix(1);
    after_cr_ = false;
    if (const std::size_t size = read_plain_line(text)) {
      after_cr_ = text[size - 1] == '\r';
      text.remove_prefix(size);
      continue;
    }
    const auto end = find_line_end(text);
    if (partial_line_.size() + std::min(end, text.size()) > kMaxRowBytes) {
      throw Failure(Outcome::kLimit, "a line has more than 16 MiB");
    }
    if (end == std::string_view::npos) {
      partial_line_.append(text);
      return;
    }
    if (partial_line_.empty()) {
      line(text.substr(0, end));
    } else {
      partial_line_.append(text.substr(0, end));
      line(partial_line_);
      partial_line_.clear();
    }
    after_cr_ = text[end] == '\r';
    text.remove_prefix(end + 1);
  }
}

// Splits the line at the beginning of `text` while looking for its end: one look at each byte, as
// nearly all lines allow. Returns its size with its end; 0 if it has to be read in another way, as
// it has quotes, or does not end here.
std::size_t RowReader::read_plain_line(std::string_view text) {
  if (!partial_line_.empty() || !open_row_.empty()) return 0;
  cells_.clear();
  std::size_t begin = 0;
  std::size_t block = 0;
  std::uint64_t found = marks_.in(text);
  while (true) {
    while (found == 0) {
      block += LineMarks::kBlock;
      if (block >= text.size()) return 0;
      found = marks_.in(text.substr(block));
    }
    const std::size_t at = block + static_cast<std::size_t>(std::countr_zero(found));
    found &= found - 1;
    if (text[at] == CSV_QUOTE || cells_.size() == kMaxColumns) return 0;
    cells_.push_back(without_blanks(text.substr(begin, at - begin)));
    begin = at + 1;
    if (text[at] == delimiter_) continue;
    if (at > kMaxRowBytes) return 0;
    if (!is_all_blank(text.substr(0, at))) sink_(cells_);
    return at + 1;
  }
}

void RowReader::finish() {
  if (!partial_line_.empty()) line(std::exchange(partial_line_, {}));
  while (!open_row_.empty()) reread_open_row();
}

void RowReader::line(std::string_view text) {
  if (open_row_.empty() && text.find(CSV_QUOTE) == std::string_view::npos) return split(text);
  ended_line_.assign(text).push_back('\n');
  parse(ended_line_, Quotes::kMean);
  while (open_row_.size() > kMaxRowBytes) reread_open_row();
}

// What libcsv makes of a line without quotes, without a copy of it.
void RowReader::split(std::string_view text) {
  if (is_all_blank(text)) return;
  cells_.clear();
  while (true) {
    const std::size_t end = std::min(text.find(delimiter_), text.size());
    if (cells_.size() == kMaxColumns) refuse_columns();
    cells_.push_back(without_blanks(text.substr(0, end)));
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  sink_(cells_);
}

void RowReader::parse(std::string_view text, Quotes quotes) {
  const bool begins_row = open_row_.empty();
  // Blank lines between rows are none, and open nothing.
  if (begins_row && text.find_first_not_of(" \t\n") == std::string_view::npos) return;
  const bool mean = quotes == Quotes::kMean && unclosed_quotes_ < kMaxUnclosedQuotes;
  parser_->set_quote(mean ? static_cast<unsigned char>(CSV_QUOTE) : kNoQuote);
  parser_->parse(text);
  if (parser_->open()) {
    open_row_.append(text);
  } else {
    open_row_.clear();
  }
}

void RowReader::reread_open_row() {
  ++unclosed_quotes_;
  const std::string lines = std::exchange(open_row_, {});
  parser_->drop_row();
  Quotes quotes = Quotes::kLiteral;
  for (std::string_view rest = lines; !rest.empty();) {
    const auto size = rest.find('\n') + 1;
    parse(rest.substr(0, size), std::exchange(quotes, Quotes::kMean));
    rest.remove_prefix(size);
  }
}

}  // namespace sluice::csv
