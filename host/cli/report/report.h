// What `sluice report` tells: one look at all that the registry has, as plain values. Printing is
// report_text's, report_json's and report_page's.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/limits.h"
#include "owner/knowledge_base.h"
#include "owner/registry_rows.h"

namespace sluice::cli {

// Failures that have the same outcome and can be mended in the same way.
struct FailureCause {
  Outcome outcome = Outcome::kInternal;
  std::string hint;
  std::int64_t count = 0;
};

// What the documents of one converter took.
struct ConverterUse {
  std::string converter;
  std::int64_t documents = 0;
  std::int64_t failed = 0;
  std::uint64_t bytes = 0;  // of their sources
  std::int64_t milliseconds = 0;
  std::int64_t median = 0;  // milliseconds of a document
  std::int64_t slowest = 0;
  std::uint64_t memory = 0;  // the most that one had
  std::int64_t time_limit = 0;
  std::uint64_t memory_limit = 0;
};

struct DocumentUse {
  std::string name;
  std::string path;
  std::string markdown;
  std::string converter;
  std::uint64_t size = 0;
  std::int64_t milliseconds = 0;
  std::uint64_t memory = 0;
};

struct Report {
  std::string kb;
  std::int64_t made_at = 0;
  owner::Counts counts;
  std::int64_t duplicates = 0;  // sources whose content another source has
  std::int64_t partial = 0;
  std::vector<FailureCause> causes;  // the most frequent first
  std::vector<owner::RunRow> runs;   // the newest first
  // Changes after this event.
  std::int64_t since = 0;
  std::map<owner::EventOp, std::int64_t> changes;
  std::vector<owner::Event> events;      // the newest of them, newest first
  std::vector<ConverterUse> converters;  // by name
  std::vector<DocumentUse> slowest;      // the slowest first
  std::vector<DocumentUse> largest;      // the largest first
  std::vector<DocumentUse> near_limits;  // the nearest first
  std::int64_t near_limits_in_all = 0;
};

// Which limits a converter has.
using LimitsOf = std::function<const Limits&(std::string_view converter)>;

// `since`: nothing for the changes of the last run. Throws Error (kUsage) if there is no event of
// that number yet.
Report make_report(const owner::KnowledgeBase& kb, std::optional<std::int64_t> since,
                   const LimitsOf& limits_of);

// For a terminal of so many columns; 0: any number.
class Paint;
std::string report_text(const Report& report, const Paint& paint, std::size_t columns);

}  // namespace sluice::cli
