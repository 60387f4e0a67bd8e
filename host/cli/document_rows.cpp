#include "cli/document_rows.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <optional>

#include "cli/values.h"
#include "model/names.h"
#include "model/outcome.h"
#include "model/path_text.h"
#include "platform/clock.h"
#include "platform/error.h"
#include "plugin/nearest.h"

namespace sluice::cli {
namespace {

constexpr std::int64_t kDaySeconds = 24 * 3600;

std::int64_t day_of(std::int64_t seconds) {
  return seconds / kDaySeconds;
}

// One thing that is known of a row: how it is shown, compared and asked for.
struct Column {
  std::string_view name;
  const std::string DocumentRow::*text = nullptr;
  const std::int64_t DocumentRow::*time = nullptr;  // with neither: the size
  bool is_sortable = true;
};

constexpr std::array kColumns = {
    Column{.name = "name", .text = &DocumentRow::name},
    Column{.name = "size"},
    Column{.name = "type", .text = &DocumentRow::type},
    Column{.name = "converter", .text = &DocumentRow::converter},
    Column{.name = "state", .text = &DocumentRow::state},
    Column{.name = "remark", .text = &DocumentRow::remark, .is_sortable = false},
    Column{.name = "added", .time = &DocumentRow::added},
    Column{.name = "updated", .time = &DocumentRow::updated},
    Column{.name = "markdown", .text = &DocumentRow::markdown, .is_sortable = false},
    Column{.name = "path", .text = &DocumentRow::path},
};

const Column* find_column(std::string_view name) {
  const auto found = std::find_if(kColumns.begin(), kColumns.end(),
                                  [&](const Column& one) { return one.name == name; });
  return found == kColumns.end() ? nullptr : &*found;
}

[[noreturn]] void refuse_word(const std::string& option, const std::string& word,
                              const std::string& what, bool only_sortable) {
  std::vector<std::string> known;
  std::string all;
  for (const Column& column : kColumns) {
    if (only_sortable && !column.is_sortable) continue;
    known.emplace_back(column.name);
    all += (all.empty() ? "" : ", ") + known.back();
  }
  const std::string near = plugin::nearest(word, known);
  throw Error("list", "the documents", option + " has no " + what + " \"" + word + "\"",
              near.empty() ? "give one of " + all : "did you mean \"" + near + "\"?",
              ExitCode::kUsage);
}

[[noreturn]] void refuse_condition(const std::string& condition, const std::string& next) {
  throw Error("list", "the documents", "--filter has \"" + condition + "\"", next,
              ExitCode::kUsage);
}

// "2026-11-01" to days since 1970.
std::optional<std::int64_t> parse_day(const std::string& text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int used = 0;
  if (std::sscanf(text.c_str(), "%4d-%2u-%2u%n", &year, &month, &day, &used) != 3) return {};
  if (static_cast<std::size_t>(used) != text.size()) return {};
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!date.ok()) return {};
  return std::chrono::sys_days(date).time_since_epoch().count();
}

// Of a list with commas.
std::vector<std::string> parts_of(const std::string& list) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= list.size()) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    parts.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

// Of the file that a path key ends with.
std::string type_of(std::string_view path_key) {
  return extension_of(path_key.substr(path_key.rfind('/') + 1));
}

std::string time_text(std::int64_t at, std::int64_t now) {
  if (at == 0) return "";
  return now == 0 ? platform::iso_time(at) : human_age(at, now);
}

std::string cell(const DocumentRow& row, const Column& column, std::int64_t now) {
  if (column.text != nullptr) return row.*column.text;
  if (column.time != nullptr) return time_text(row.*column.time, now);
  return row.id == 0 ? "" : human_size(row.size);
}

// A glob is about the parts of a path, without a slash in front.
std::string_view without_root(std::string_view path) {
  return path.starts_with('/') ? path.substr(1) : path;
}

// "damaged"; "partial: page 3 cannot be read"; empty where all is well.
std::string remark_of(const owner::Document& document) {
  std::string text;
  if (document.state != owner::DocumentState::kOk) text = owner::word(document.state);
  if (document.outcome == Outcome::kOk) return text;
  text += (text.empty() ? "" : ", ") + std::string(word(document.outcome));
  return document.reason.empty() ? text : text + ": " + document.reason;
}

}  // namespace

DocumentRow row_of(const owner::Document& document) {
  DocumentRow row{.id = document.id,
                  .name = document.name,
                  .path = document.path_key,
                  .type = type_of(document.path_key),
                  .media_type = document.media_type,
                  .converter = document.converter,
                  .state = std::string(owner::word(document.state)),
                  .remark = remark_of(document),
                  .markdown = document.markdown,
                  .size = document.size,
                  .added = document.added_at,
                  .updated = document.updated_at};
  if (document.state == owner::DocumentState::kOk && document.outcome != Outcome::kOk) {
    row.state = word(document.outcome);
  }
  return row;
}

DocumentRow row_of(const owner::FailureRow& failure) {
  std::string remark(word(failure.outcome));
  if (!failure.reason.empty()) remark += ": " + failure.reason;
  return {.path = failure.path_key,
          .type = type_of(failure.path_key),
          .converter = failure.converter,
          .state = "failed",
          .remark = std::move(remark),
          .updated = failure.at};
}

void RowFilter::add(const std::string& conditions) {
  for (const std::string& condition : parts_of(conditions)) add_condition(condition);
}

void RowFilter::add_condition(const std::string& text) {
  const std::size_t at = text.find_first_of("=<>!");
  if (at == std::string::npos || at == 0) {
    refuse_condition(text, "give FIELD=VALUE, as in type=pdf or size>10MiB");
  }
  Condition condition;
  condition.field = text.substr(0, at);
  static constexpr std::array<std::pair<std::string_view, Relation>, 6> kRelations = {
      {{"!=", Relation::kUnequal},
       {"<=", Relation::kAtMost},
       {">=", Relation::kAtLeast},
       {"=", Relation::kEqual},
       {"<", Relation::kLess},
       {">", Relation::kMore}}};
  const auto found = std::find_if(kRelations.begin(), kRelations.end(), [&](const auto& one) {
    return text.compare(at, one.first.size(), one.first) == 0;
  });
  if (found == kRelations.end()) refuse_condition(text, "use =, !=, <, <=, > or >=");
  condition.relation = found->second;
  const std::string value = text.substr(at + found->first.size());
  const Column* column = find_column(condition.field);
  if (column == nullptr) refuse_word("--filter", condition.field, "field", false);
  if (column->text != nullptr) {
    if (condition.relation != Relation::kEqual && condition.relation != Relation::kUnequal) {
      refuse_condition(text, "a text can only be compared with = and !=");
    }
    condition.glob = scan::Glob::parse(without_root(value));
    if (!condition.glob) refuse_condition(text, "close its [, and write no \\ at its end");
  } else if (column->time != nullptr) {
    const auto day = parse_day(value);
    if (!day) refuse_condition(text, "give a day, as in added>=2026-11-01");
    condition.kind = Kind::kDay;
    condition.number = *day;
  } else {
    const auto size = parse_size(value);
    const auto bytes = size ? size : parse_count(value);
    if (!bytes) refuse_condition(text, "give a size, as in size>10MiB");
    condition.kind = Kind::kSize;
    condition.number = static_cast<std::int64_t>(std::min<std::uint64_t>(*bytes, INT64_MAX));
  }
  conditions_.push_back(std::move(condition));
}

bool RowFilter::wants_failures() const {
  return std::any_of(conditions_.begin(), conditions_.end(),
                     [](const Condition& one) { return one.field == "state"; });
}

bool RowFilter::matches(const DocumentRow& row) const {
  return std::all_of(conditions_.begin(), conditions_.end(),
                     [&](const Condition& one) { return holds(one, row); });
}

bool RowFilter::holds(const Condition& condition, const DocumentRow& row) {
  const Column& column = *find_column(condition.field);
  if (condition.kind == Kind::kText) {
    // A type is an extension, or a media type.
    const bool is_equal = condition.glob->matches(without_root(row.*column.text)) ||
                          (condition.field == "type" && condition.glob->matches(row.media_type));
    return is_equal == (condition.relation == Relation::kEqual);
  }
  const std::int64_t value =
      condition.kind == Kind::kDay ? day_of(row.*column.time) : static_cast<std::int64_t>(row.size);
  switch (condition.relation) {
    case Relation::kEqual:
      return value == condition.number;
    case Relation::kUnequal:
      return value != condition.number;
    case Relation::kLess:
      return value < condition.number;
    case Relation::kAtMost:
      return value <= condition.number;
    case Relation::kMore:
      return value > condition.number;
    case Relation::kAtLeast:
      break;
  }
  return value >= condition.number;
}

void sort_rows(std::vector<DocumentRow>& rows, const std::string& by, bool is_reversed) {
  const Column* column = find_column(by);
  if (column == nullptr || !column->is_sortable) refuse_word("--sort", by, "order", true);
  const auto is_before = [&](const DocumentRow& a, const DocumentRow& b) {
    if (column->text != nullptr) return a.*column->text < b.*column->text;
    if (column->time != nullptr) return a.*column->time > b.*column->time;
    return a.size > b.size;
  };
  std::stable_sort(rows.begin(), rows.end(), is_before);
  if (is_reversed) std::reverse(rows.begin(), rows.end());
}

std::vector<std::string> columns_of(const std::string& list) {
  std::vector<std::string> columns = parts_of(list);
  for (const std::string& column : columns) {
    if (find_column(column) == nullptr) refuse_word("--columns", column, "column", false);
  }
  return columns;
}

void leave_out_remark(RowLayout& layout, const std::vector<DocumentRow>& rows) {
  const bool has_remark = std::any_of(rows.begin(), rows.end(),
                                      [](const DocumentRow& row) { return !row.remark.empty(); });
  if (!has_remark) std::erase(layout.columns, "remark");
}

RowTable::RowTable(const RowLayout& layout)
    : now_(layout.now), width_(layout.width), has_heading_(layout.has_heading) {
  for (const std::string& name : layout.columns) {
    columns_.push_back(static_cast<std::size_t>(find_column(name) - kColumns.data()));
  }
  if (!has_heading_) return;
  std::vector<std::string> heading = layout.columns;
  for (std::string& word : heading) {
    for (char& c : word) c = static_cast<char>(c - ('a' - 'A'));  // all are letters
  }
  table_.add(heading);
}

void RowTable::add(const DocumentRow& row) {
  is_empty_ = false;
  cells_.clear();
  for (const std::size_t column : columns_) cells_.push_back(cell(row, kColumns[column], now_));
  table_.add(cells_);
}

std::string RowTable::text(const Paint& paint) {
  if (is_empty_) return "";
  table_.fit(width_);
  return table_.text(paint, has_heading_ ? Table::Heading::kFirstRow : Table::Heading::kNone);
}

std::string fetched_text(const FetchFacts& facts, const std::string& time) {
  std::string text = time + " from " + facts.final_url;
  if (!facts.etag.empty()) text += "; ETag " + path_text(facts.etag);
  if (!facts.last_modified.empty()) text += "; Last-Modified " + path_text(facts.last_modified);
  return text;
}

}  // namespace sluice::cli
