#include "owner/document_result.h"

namespace sluice::owner {

std::string_view word(Result result) {
  switch (result) {
    case Result::kAdded:
      return "added";
    case Result::kUpdated:
      return "updated";
    case Result::kUnchanged:
      return "unchanged";
    case Result::kDuplicate:
      return "duplicate";
    case Result::kRemoved:
      return "removed";
    case Result::kRenamed:
      return "renamed";
    case Result::kFailed:
      break;
  }
  return "failed";
}

}  // namespace sluice::owner
