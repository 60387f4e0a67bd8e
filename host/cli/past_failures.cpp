#include "cli/past_failures.h"

#include <algorithm>

#include "owner/source_of_key.h"

namespace sluice::cli {
namespace {

bool is_covered(const std::string& path_key, const std::vector<std::string>& roots) {
  return std::any_of(roots.begin(), roots.end(), [&](const std::string& root) {
    const bool is_directory = root.empty() || root.ends_with('/');
    if (root.empty()) return is_key_in_kb(path_key);
    return is_directory ? path_key.starts_with(root) : path_key == root;
  });
}

}  // namespace

void PastFailures::note(const owner::DocumentResult& result) {
  if (result.result != owner::Result::kFailed || !result.source.root) return;
  failed_.insert(result.source.path_key());
}

// It failed itself, or what it is in could not be read.
bool PastFailures::fails_still(const std::string& path_key) const {
  if (failed_.contains(path_key)) return true;
  for (std::size_t slash = path_key.find('/', 1); slash != std::string::npos;
       slash = path_key.find('/', slash + 1)) {
    if (failed_.contains(path_key.substr(0, slash))) return true;
    // Within a source that failed itself.
    if (path_key[slash - 1] == '!' && failed_.contains(path_key.substr(0, slash - 1))) return true;
  }
  return false;
}

std::vector<std::string> PastFailures::outlived(const owner::KnowledgeBase& kb,
                                                const std::vector<std::string>& roots,
                                                bool is_whole) const {
  std::vector<std::string> keys;
  if (!kb.registry().has_failures()) return keys;
  kb.registry().each_without_document([&](const owner::FailureRow& row) {
    if (!is_covered(row.path_key, roots) || fails_still(row.path_key)) return;
    if (is_whole || owner::is_gone(kb, row.path_key)) keys.push_back(row.path_key);
  });
  return keys;
}

}  // namespace sluice::cli
