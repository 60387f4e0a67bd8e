// Compares the registry with raw/, wiki/sources/, wiki/log.md and .sluice/: what is missing, was
// changed, belongs to nobody, or was left behind. Changes nothing, and its memory does not grow
// with the number of documents but for the names in one directory. Repairs are in repair.h.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "owner/knowledge_base.h"

namespace sluice::owner {

struct Finding {
  // Damage: a guarantee of Sluice is broken. A remark: worth knowing, and harmless.
  enum class Weight { kDamage, kRemark };
  // What repair() does about it.
  enum class Remedy {
    kNone,      // nothing, or nothing that a program may do
    kMark,      // the document is marked: the next add of its source repairs it
    kUnmark,    // all of a marked document is there
    kSetAside,  // what is at `where` moves to .sluice/set-aside
    kPutSource,
    kDropRows,
    kWriteLog,
    kForget,  // a damage row whose evidence the user has deleted
  };
  Weight weight = Weight::kDamage;
  std::string_view kind;  // one word: "missing", "changed", "orphan", ...
  std::string where;      // a path relative to the KB, or the name of a document
  std::string what;       // why, without a full stop
  std::string next;       // what to do, or empty
  Remedy remedy = Remedy::kNone;
  std::int64_t row = 0;  // of the document or damage that the remedy is about
};
using ReportFinding = std::function<void(const Finding&)>;

struct CheckSettings {
  unsigned jobs = 1;        // threads that read files
  bool reads_files = true;  // else only sizes are compared
  // Asked on any thread; may be empty. True ends the check with an Error (kInterrupted).
  std::function<bool()> interrupted;
  // Told how many more documents were looked at; may be empty.
  std::function<void(std::uint64_t)> progress;
};

struct CheckCounts {
  std::uint64_t documents = 0;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;  // that were read, or compared by size
};

// REQUIRES: the KB lock, shared or exclusive, unless nobody can write to the KB. Findings come in a
// fixed order, on the calling thread. Stops after the first part if the registry itself is damaged.
CheckCounts check(KnowledgeBase& kb, const CheckSettings& settings, const ReportFinding& report);

}  // namespace sluice::owner
