#include "scan/skipped.h"

#include <algorithm>
#include <array>

namespace sluice::scan {
namespace {

struct Row {
  SkipReason reason;
  std::string_view word;
  std::string_view label;
};

constexpr std::array kRows = {
    Row{SkipReason::kUnsupported, "unsupported", "unsupported"},
    Row{SkipReason::kIgnored, "ignored", "ignored"},
    Row{SkipReason::kHidden, "hidden", "hidden"},
    Row{SkipReason::kNotSelected, "not-selected", "not selected"},
    Row{SkipReason::kIgnoreFile, "ignore-file", "ignore file"},
    Row{SkipReason::kBrokenLink, "broken-link", "broken link"},
    Row{SkipReason::kLinkOutside, "link-outside", "link to outside"},
    Row{SkipReason::kLinkToFolder, "link-to-folder", "link to a folder"},
    Row{SkipReason::kSpecialFile, "special-file", "special file"},
    Row{SkipReason::kKnowledgeBase, "knowledge-base", "knowledge base"},
    Row{SkipReason::kGone, "gone", "gone"},
    Row{SkipReason::kNoText, "no-text", "no text"},
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

}  // namespace sluice::scan
