#include "model/outcome.h"

#include <algorithm>
#include <array>

namespace sluice {
namespace {

struct Row {
  Outcome outcome;
  std::string_view word;
  std::string_view meaning;
  std::string_view hint;
};

constexpr std::array kRows = {
    Row{Outcome::kOk, "ok", "the whole document is in the Markdown", ""},
    Row{Outcome::kEmpty, "empty", "the converter found no text in it",
        "open it, and check that there is something in it to convert"},
    Row{Outcome::kPartial, "partial",
        "the document is in the knowledge base, and something of it is not in the Markdown; "
        "`sluice show` says what",
        "compare the Markdown with the document"},
    Row{Outcome::kUnsupported, "unsupported",
        "no converter takes it, or it uses something that its converter does not know",
        "see 'sluice plugin list' for the formats that have a converter"},
    Row{Outcome::kMalformed, "malformed", "it is damaged, or not what its name says",
        "open it in the program that made it and save it again"},
    Row{Outcome::kEncrypted, "encrypted", "it needs a password",
        "save a copy without a password and add that"},
    Row{Outcome::kLimit, "limit",
        "a limit was reached: of output, pictures, documents within it, or of its converter",
        "split the document, or look for an option: sluice plugin info ID"},
    Row{Outcome::kCancelled, "cancelled",
        "the run was stopped, or something was still writing to the file", "run the command again"},
    Row{Outcome::kMissingDependency, "missing-dependency",
        "the converter's plugin, or something that it needs, cannot be used on this system",
        "run 'sluice doctor' to see what the converter needs"},
    Row{Outcome::kIo, "io", "the file or the disk could not be read or written",
        "check that the file exists and can be read"},
    Row{Outcome::kInternal, "internal", "the converter reports a fault of its own",
        "report it, with the document, to the plugin's author"},
    Row{Outcome::kCrashed, "crashed", "the converter's process crashed",
        "report it, with the document, to the plugin's author"},
    Row{Outcome::kTimeout, "timeout", "it was not done in time",
        "give it more time with --timeout"},
    Row{Outcome::kOutOfMemory, "out-of-memory", "it needed more memory than a document may have",
        "give it more memory with --memory-limit"},
    Row{Outcome::kSandboxViolation, "sandbox-violation",
        "the converter's process tried what the sandbox forbids",
        "do not trust the document or the plugin; report it to the plugin's author"},
    Row{Outcome::kSourceUnstable, "source-unstable", "the file kept changing while it was read",
        "wait until nothing writes to the file and add it again"},
    Row{Outcome::kRefused, "refused", "a rule forbids to fetch the URL",
        "see [fetch] in 'sluice config show'"},
    Row{Outcome::kGone, "gone", "the server says that the URL is no more",
        "check the URL, or take it out with 'sluice remove URL'"},
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

std::vector<Outcome> all_outcomes() {
  std::vector<Outcome> all;
  for (const Row& row : kRows) all.push_back(row.outcome);
  return all;
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

std::string_view meaning(Outcome outcome) {
  return row_of(outcome).meaning;
}

std::string_view hint(Outcome outcome) {
  return row_of(outcome).hint;
}

}  // namespace sluice
