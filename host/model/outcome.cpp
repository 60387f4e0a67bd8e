#include "model/outcome.h"

#include <algorithm>
#include <array>

namespace sluice {
namespace {

struct Row {
  Outcome outcome;
  std::string_view word;
  std::string_view hint;
};

constexpr std::array kRows = {
    Row{Outcome::kOk, "ok", ""},
    Row{Outcome::kEmpty, "empty",
        "check that the document holds text, and not only pictures of text"},
    Row{Outcome::kPartial, "partial", "compare the Markdown with the document"},
    Row{Outcome::kUnsupported, "unsupported",
        "see 'sluice plugin list' for the formats that have a converter"},
    Row{Outcome::kMalformed, "malformed", "open it in the program that made it and save it again"},
    Row{Outcome::kEncrypted, "encrypted", "save a copy without a password and add that"},
    Row{Outcome::kLimit, "limit",
        "split the document, or look for an option: sluice plugin info ID"},
    Row{Outcome::kCancelled, "cancelled", "run the command again"},
    Row{Outcome::kMissingDependency, "missing-dependency",
        "run 'sluice doctor' to see what the converter needs"},
    Row{Outcome::kIo, "io", "check that the file exists and can be read"},
    Row{Outcome::kInternal, "internal", "report it, with the document, to the plugin's author"},
    Row{Outcome::kCrashed, "crashed", "report it, with the document, to the plugin's author"},
    Row{Outcome::kTimeout, "timeout", "give it more time with --timeout"},
    Row{Outcome::kOutOfMemory, "out-of-memory", "give it more memory with --memory-limit"},
    Row{Outcome::kSandboxViolation, "sandbox-violation",
        "do not trust the document or the plugin; report it to the plugin's author"},
    Row{Outcome::kSourceUnstable, "source-unstable",
        "wait until nothing writes to the file and add it again"},
    Row{Outcome::kRefused, "refused", "see [fetch] in 'sluice config show'"},
    Row{Outcome::kGone, "gone", "check the URL, or take it out with 'sluice remove URL'"},
};

// Looked up by place: the rows stand in the order of the enumeration.
constexpr bool rows_are_in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<std::size_t>(kRows[i].outcome) != i) return false;
  }
  return true;
}
static_assert(rows_are_in_order());

const Row& row_of(Outcome outcome) {
  return kRows.at(static_cast<std::size_t>(outcome));
}

}  // namespace

std::string_view word(Outcome outcome) {
  return row_of(outcome).word;
}

std::optional<Outcome> outcome_from_word(std::string_view word) {
  const auto* found =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.word == word; });
  if (found == kRows.end()) return std::nullopt;
  return found->outcome;
}

bool is_committable(Outcome outcome) {
  return outcome == Outcome::kOk || outcome == Outcome::kPartial;
}

bool ends_the_same_again(Outcome outcome) {
  switch (outcome) {
    case Outcome::kEmpty:
    case Outcome::kUnsupported:
    case Outcome::kMalformed:
    case Outcome::kEncrypted:
    case Outcome::kLimit:
      return true;
    default:
      return false;
  }
}

std::string_view hint(Outcome outcome) {
  return row_of(outcome).hint;
}

}  // namespace sluice
