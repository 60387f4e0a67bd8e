// SPDX-License-Identifier: Apache-2.0
//
// The containers of a body (quotes, lists, items, footnotes) and its lines. Invariant: text goes to
// the job in lines, each written whole with the prefix of every open container; no line ends in a
// blank, no two lines in a row are blank.
#pragma once

#include <cstddef>
#include <cstdint>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "markdown/markdown_inline.hpp"

namespace sluice::markdown {

enum class Block : std::uint8_t {
  kNothing,  // the container is empty so far
  kParagraph,
  kBullets,
  kNumbers,
  kOther,
};

enum class Kind : std::uint8_t { kDocument, kQuote, kList, kItem, kFootnote };

struct Container {
  Kind kind = Kind::kDocument;
  bool flattened = false;  // too deep: it has no marker of its own
  Block last = Block::kNothing;
  std::size_t prefix_size = 0;  // of the line prefix outside of it
  ListOptions list;             // kList
  char marker = '-';            // kList
  char sibling_marker = 0;      // the marker of the list that ended last in it
};

class Containers {
 public:
  // `job` may be null: then the lines go nowhere.
  explicit Containers(Job* job) : job_(job) { containers_.emplace_back(); }

  // Called before each block: asks for the blank line that must stand before it.
  void begin_block(Block block);
  // Writes a line (or several, that hold their own prefixes), with the blank line before it and the
  // markers that are pending.
  void write_line(const Piece& line);
  // The same for a line that is no content: a remark.
  void write_remark(const Piece& line);

  void begin_quote();
  void begin_footnote(std::string_view label);
  void begin_list(const ListOptions& options);
  void end_list();
  void begin_item(const ItemOptions& options);
  // Closes containers up to the innermost one of `kind`, if there is one within reach. Returns its
  // marker.
  char close(Kind kind);
  // Hands all lines to the job, so that something else may be written behind them.
  void hand_over();
  // Closes all, and hands the rest to the job.
  void finish();

  // What the lines of the innermost container begin with.
  std::string_view prefix() const { return prefix_; }
  bool task_could_begin() const { return !pending_.empty(); }
  // Whether the next line stands by itself: behind no marker, and not at the body's beginning.
  bool is_line_free() const { return pending_.empty() && has_lines_; }
  bool has_content() const { return has_content_; }

 private:
  // Opens a container: its first line begins with `first`, the others with `rest`, of equal width
  // or not; the blank line that is due goes before it.
  void open(Kind kind, std::string_view first, std::string_view rest);
  void close_last();
  void blank_line_due(std::size_t prefix_size);
  // Takes back the marker of an empty quote or footnote.
  void drop_pending(const Container& empty);
  std::size_t pending_outer_size(const Container& empty) const;
  void append_trimmed(std::string_view prefix);
  void flush();

  Job* job_;
  Piece out_;  // lines on their way to the job
  std::vector<Container> containers_;
  std::size_t depth_ = 0;         // containers that have a prefix
  std::string prefix_;            // what the lines of the innermost container begin with
  std::string pending_;           // markers of containers that have no line yet,
  std::size_t pending_from_ = 0;  // instead of the prefix from here on
  std::size_t blank_prefix_ = 0;
  bool blank_due_ = false;
  bool joins_paragraph_ = false;
  bool has_content_ = false;
  bool has_lines_ = false;
};

// `label` as Markdown can hold it in `[^label]`.
std::string label_of(std::string_view label);

}  // namespace sluice::markdown
