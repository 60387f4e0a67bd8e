// The rows of `sluice list`: which of them are wanted, in which order, and what is shown of each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/args.h"
#include "cli/text.h"
#include "owner/registry_rows.h"
#include "scan/glob.h"

namespace sluice::cli {

// A document, or a source that failed.
struct DocumentRow {
  std::int64_t id = 0;  // of the document; 0: it is a failure
  std::string name = {};
  std::string path = {};        // path key of the source
  std::string type = {};        // extension, in lower case
  std::string media_type = {};  // of a document
  std::string converter = {};
  std::string state = {};   // ok, partial, failed or a word of DocumentState
  std::string remark = {};  // what the state means here; empty where all is well
  std::string markdown = {};
  std::uint64_t size = 0;
  std::int64_t added = 0;    // seconds since 1970
  std::int64_t updated = 0;  // of a failure: when it first failed this way
};

DocumentRow row_of(const owner::Document& document);
DocumentRow row_of(const owner::FailureRow& failure);

// "type=pdf,added>=2026-11-01": conditions that must all hold. A text is a glob; a date stands for
// its day, in UTC; a size is written as in 10MiB.
class RowFilter {
 public:
  // Throws Error (kUsage).
  void add(const std::string& conditions);

  bool is_empty() const { return conditions_.empty(); }
  // Whether a failure could be among the rows: only if the state is asked for.
  bool wants_failures() const;
  bool matches(const DocumentRow& row) const;

 private:
  enum class Relation { kEqual, kUnequal, kLess, kAtMost, kMore, kAtLeast };
  enum class Kind { kText, kSize, kDay };
  struct Condition {
    std::string field;
    Kind kind = Kind::kText;
    Relation relation = Relation::kEqual;
    std::optional<scan::Glob> glob = {};  // kText
    std::int64_t number = 0;
  };
  void add_condition(const std::string& text);
  static bool holds(const Condition& condition, const DocumentRow& row);

  std::vector<Condition> conditions_;
};

// By name, path, type, converter and state from a to z; by size the largest, by added and updated
// the newest first. Throws Error (kUsage) for a word that is none of these.
void sort_rows(std::vector<DocumentRow>& rows, const std::string& by, bool is_reversed);

// "name,size" to columns. Throws Error (kUsage) for one that there is not.
std::vector<std::string> columns_of(const std::string& list);

struct RowLayout {
  std::vector<std::string> columns;
  std::size_t width = 0;  // of the terminal; 0: nothing is cut
  bool has_heading = false;
  std::int64_t now = 0;  // for ages; 0: times are written out
};
// Where all is well, paths get the room of that column.
void leave_out_remark(RowLayout& layout, const std::vector<DocumentRow>& rows);
// Rows as they come, so that no more than their text need be kept.
class RowTable {
 public:
  explicit RowTable(const RowLayout& layout);
  void add(const DocumentRow& row);
  // Empty if there are no rows.
  std::string text(const Paint& paint);

 private:
  std::vector<std::size_t> columns_;
  const std::int64_t now_;
  const std::size_t width_;
  const bool has_heading_;
  bool is_empty_ = true;
  std::vector<std::string> cells_;
  Table table_;
};

// Where a page of the web came from, and what its server said: "TIME from URL; ETag "x"".
std::string fetched_text(const FetchFacts& facts, const std::string& time);

}  // namespace sluice::cli
