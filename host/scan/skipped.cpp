#include "scan/skipped.h"

#include <algorithm>
#include <array>

namespace sluice::scan {
namespace {

struct Row {
  SkipReason reason;
  std::string_view word;
  std::string_view label;
  std::string_view meaning;
};

constexpr std::array kRows = {
    Row{SkipReason::kUnsupported, "unsupported", "unsupported",
        "no converter takes files of this kind"},
    Row{SkipReason::kIgnored, "ignored", "ignored",
        "a rule of an ignore file or of `[ingest] ignore` leaves it out"},
    Row{SkipReason::kHidden, "hidden", "hidden", "its name begins with a dot; `--hidden` takes it"},
    Row{SkipReason::kNotSelected, "not-selected", "not selected", "`-g` does not select it"},
    Row{SkipReason::kIgnoreFile, "ignore-file", "ignore file", "it holds the rules themselves"},
    Row{SkipReason::kBrokenLink, "broken-link", "broken link",
        "it is a link to nothing, or to itself"},
    Row{SkipReason::kLinkOutside, "link-outside", "link to outside",
        "it is a link that leads out of the folder that was given"},
    Row{SkipReason::kLinkToFolder, "link-to-folder", "link to a folder",
        "it is a link to a folder; what is in the folder is taken where it stands"},
    Row{SkipReason::kSpecialFile, "special-file", "special file",
        "it is a pipe, a socket or a device"},
    Row{SkipReason::kKnowledgeBase, "knowledge-base", "knowledge base",
        "it belongs to the knowledge base itself"},
    Row{SkipReason::kGone, "gone", "gone", "it was listed, and was not there any more"},
    Row{SkipReason::kNoText, "no-text", "no text", "it is a picture in which no text was found"},
};

// Looked up by place: the rows stand in the order of the enumeration.
constexpr bool rows_are_in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<std::size_t>(kRows[i].reason) != i) return false;
  }
  return true;
}
static_assert(rows_are_in_order());

}  // namespace

std::string_view word(SkipReason reason) {
  return kRows.at(static_cast<std::size_t>(reason)).word;
}

std::optional<SkipReason> skip_reason_from_word(std::string_view word) {
  const auto row =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& one) { return one.word == word; });
  return row == kRows.end() ? std::nullopt : std::optional(row->reason);
}

std::string_view label(SkipReason reason) {
  return kRows.at(static_cast<std::size_t>(reason)).label;
}

std::string_view meaning(SkipReason reason) {
  return kRows.at(static_cast<std::size_t>(reason)).meaning;
}

std::vector<SkipReason> all_skip_reasons() {
  std::vector<SkipReason> all;
  for (const Row& row : kRows) all.push_back(row.reason);
  return all;
}

}  // namespace sluice::scan
