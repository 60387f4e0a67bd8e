// Text for people: colour where it is wanted, columns that line up, and names from outside made
// harmless, so that no file name plays tricks with the terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/args.h"
#include "cli/io.h"

namespace sluice::cli {

// `text` with everything that a terminal would act on or hide (controls, invalid UTF-8, characters
// that turn the direction of writing, invisible ones) shown as an escape: "\x1b", "\u202e", "\n".
std::string visible(std::string_view text);

// Text of several lines for a terminal: the same, but for line ends, tabs and characters that are
// merely unusual.
std::string visible_lines(std::string_view text);

// Columns that the text takes on a terminal.
std::size_t display_width(std::string_view text);

// `text` cut to so many columns, with "..." for its middle: a file's name tells most at its ends.
std::string cut_in_the_middle(std::string_view text, std::size_t columns);

// "1.5 MiB", "812 B"; "350 ms", "4.2 s", "3 min 5 s".
std::string human_size(std::uint64_t bytes);
std::string human_duration(std::uint64_t milliseconds);

// How long ago, for two times in seconds since 1970: "just now", "5 min ago", "3 h ago",
// "yesterday", "12 days ago"; after a month the day, "2026-01-31".
std::string human_age(std::int64_t at, std::int64_t now);

// Colours for one stream.
class Paint {
 public:
  // By --color, then NO_COLOR and TERM=dumb, then whether it is a terminal.
  Paint(When color, bool is_terminal, const Io& io);

  std::string bold(std::string_view text) const { return wrap("1", text); }
  std::string dim(std::string_view text) const { return wrap("2", text); }
  std::string red(std::string_view text) const { return wrap("31", text); }
  std::string green(std::string_view text) const { return wrap("32", text); }
  std::string yellow(std::string_view text) const { return wrap("33", text); }

 private:
  std::string wrap(std::string_view code, std::string_view text) const;
  bool enabled_ = false;
};

// Rows of cells, in columns that are as wide as their widest cell; the last column is not filled
// up. Cells are made visible().
class Table {
 public:
  void add(const std::vector<std::string>& row);
  // No line is wider than so many columns, unless there is no room for all cells: the widest are
  // cut in their middle. 0: nothing is cut.
  void fit(std::size_t columns) { columns_ = columns; }
  // The first row in bold, if it is a heading. Ends with a newline, unless it is empty.
  enum class Heading { kNone, kFirstRow };
  std::string text(const Paint& paint, Heading heading = Heading::kNone) const;

 private:
  struct Cell {
    std::uint32_t size = 0;   // bytes in text_
    std::uint32_t width = 0;  // columns
  };
  std::vector<std::size_t> widths() const;

  // One after another: a list of 100,000 documents has half a million cells.
  std::string text_;  // of all cells, as it is shown
  std::vector<Cell> cells_;
  std::vector<std::size_t> row_ends_;  // in cells_
  std::vector<std::size_t> widest_;    // by column
  std::size_t columns_ = 0;
};

}  // namespace sluice::cli
