// What a scan left out, as a run reports it: counted by kind, and named where the user asks for it.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "cli/args.h"
#include "cli/json.h"
#include "owner/registry_rows.h"
#include "scan/skipped.h"

namespace sluice::cli {

class SkipReport {
 public:
  // `print` gets lines that can wait no longer; any thread.
  SkipReport(const GlobalArgs& global, std::function<void(const std::string&)> print);

  // Any thread.
  void add(scan::Skipped&& skipped);
  // A picture without words (model/picture_without_text.h).
  void add_picture(const Source& picture);

  // Lines for those that come before the source of this number, in the order of the scan; empty
  // where they are only counted.
  std::string lines_before(std::uint64_t sequence);
  std::string all_lines() { return lines_before(UINT64_MAX); }

  std::uint64_t count() const;
  // "skipped 339: js 150, jpg 40, hidden 3\n"; empty if nothing was.
  std::string summary_line() const;
  std::vector<owner::SkipCount> counts() const;  // by reason and kind, as words
  std::vector<JsonObject> counts_json() const;

 private:
  enum class Names { kNone, kText, kJson };
  using Kind = std::pair<scan::SkipReason, std::string>;

  std::string line(const scan::Skipped& skipped) const;

  const Names names_;
  const std::function<void(const std::string&)> print_;
  mutable std::mutex mutex_;
  std::map<Kind, std::uint64_t> counts_;
  std::uint64_t count_ = 0;
  struct Waiting {
    std::uint64_t before;
    std::string line;
  };
  std::deque<Waiting> waiting_;
};

}  // namespace sluice::cli
