#include "cli/sync_plan.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "cli/renames.h"

namespace sluice::cli {
namespace {

using owner::SourceBelow;

// `path_key` is `folder` or below it.
bool is_at_or_below(std::string_view path_key, std::string_view folder) {
  return path_key.starts_with(folder) &&
         (path_key.size() == folder.size() || path_key[folder.size()] == '/');
}

// Left out, but there, and nobody said that it should not be in the knowledge base.
bool is_still_there(scan::SkipReason why) {
  return why == scan::SkipReason::kUnsupported || why == scan::SkipReason::kNotSelected;
}

// Walks a folder and the registry's rows below it side by side: both are in the order of path keys.
template <typename OnBoth, typename OnlyOnRecord, typename OnlyThere>
void compare(scan::Scanner& scanner, owner::SourcesBelow cursor, OnBoth on_both,
             OnlyOnRecord only_on_record, OnlyThere only_there) {
  std::optional<SourceBelow> on_record = cursor.next();
  while (auto source = scanner.next()) {
    const std::string key = source->path_key();
    for (; on_record && on_record->path_key < key; on_record = cursor.next()) {
      only_on_record(std::move(*on_record));
    }
    if (on_record && on_record->path_key == key) {
      on_both(*on_record);
      on_record = cursor.next();
    } else {
      only_there(std::move(*source));
    }
  }
  for (; on_record; on_record = cursor.next()) only_on_record(std::move(*on_record));
}

}  // namespace

std::uint64_t SyncPlan::documents_to_remove() const {
  return static_cast<std::uint64_t>(std::count_if(
      gone.begin(), gone.end(),
      [](const SourceBelow& source) { return source.is_primary && source.is_alone; }));
}

SyncPlan SyncPlanner::plan(const std::vector<std::string>& roots) {
  for (const std::string& root : roots) find_gone(root);
  if (plan_.gone.empty()) return std::move(plan_);
  std::sort(plan_.gone.begin(), plan_.gone.end(),
            [](const SourceBelow& a, const SourceBelow& b) { return a.path_key < b.path_key; });
  for (const std::string& root : roots) look_again(root);
  std::erase_if(plan_.gone, [this](const SourceBelow& source) {
    return still_there_.contains(source.path_key);
  });
  std::vector<SourceBelow> movable;
  std::copy_if(plan_.gone.begin(), plan_.gone.end(), std::back_inserter(movable),
               [](const SourceBelow& source) { return source.is_primary; });
  plan_.renames = find_renames(files_, kb_, movable, arrivals_);
  find_heirs();
  std::set<std::string_view> moved;
  for (const auto& [now, before] : plan_.renames) moved.insert(before);
  std::erase_if(plan_.gone,
                [&](const SourceBelow& source) { return moved.contains(source.path_key); });
  return std::move(plan_);
}

// A document that was made from a source that is gone, and has another in these folders, goes on
// under that one. If all of its sources are gone, it goes.
void SyncPlanner::find_heirs() {
  std::set<std::string_view> gone;
  for (const SourceBelow& source : plan_.gone) gone.insert(source.path_key);
  std::set<std::string> renamed;
  for (const auto& [now, before] : plan_.renames) renamed.insert(before);
  for (SourceBelow& source : plan_.gone) {
    if (!source.is_primary || source.is_alone || renamed.contains(source.path_key)) continue;
    const auto row = kb_.registry().source(source.path_key);
    if (!row) continue;
    auto others = kb_.registry().sources_of(row->document);
    std::erase_if(others,
                  [&](const owner::SourceRow& other) { return gone.contains(other.path_key); });
    source.is_alone = others.empty();
    const auto heir = std::find_if(
        others.begin(), others.end(),
        [this](const owner::SourceRow& other) { return is_below_roots(other.path_key); });
    if (heir != others.end()) plan_.renames[heir->path_key] = source.path_key;
  }
}

bool SyncPlanner::is_below_roots(std::string_view path_key) const {
  return std::any_of(root_keys_.begin(), root_keys_.end(), [&](const std::string& root) {
    return root.empty() ? is_key_in_kb(path_key) : path_key.starts_with(root);
  });
}

void SyncPlanner::find_gone(const std::string& root) {
  scan::Scanner scanner(files_, {root}, options_);
  const std::vector<std::string> keys = scanner.roots();
  if (keys.empty()) return;  // it cannot be read: the run says so
  root_keys_.push_back(keys.front());
  std::vector<SourceBelow> gone;
  std::vector<std::string> unreadable;
  const auto note_problem = [&](const Source& source) {
    if (source.problem) unreadable.push_back(source.path_key());
  };
  compare(
      scanner, kb_.registry().sources_below(keys.front()),
      [&](const SourceBelow& source) { plan_.documents += source.is_primary ? 1 : 0; },
      [&](SourceBelow&& source) {
        plan_.documents += source.is_primary ? 1 : 0;
        gone.push_back(std::move(source));
      },
      [&](const Source& source) { note_problem(source); });
  std::erase_if(gone, [&](const SourceBelow& source) {
    return std::any_of(unreadable.begin(), unreadable.end(), [&](const std::string& folder) {
      return is_at_or_below(source.path_key, folder);
    });
  });
  std::move(gone.begin(), gone.end(), std::back_inserter(plan_.gone));
}

// A second look, for what the first has no memory for: what is new, and what is left out although
// it is there.
void SyncPlanner::look_again(const std::string& root) {
  scan::ScanOptions options = options_;
  options.on_skipped = [this](scan::Skipped&& skipped) { keep(skipped); };
  scan::Scanner scanner(files_, {root}, std::move(options));
  const std::vector<std::string> keys = scanner.roots();
  if (keys.empty()) return;
  compare(
      scanner, kb_.registry().sources_below(keys.front()), [](const SourceBelow&) {},
      [](SourceBelow&&) {},
      [this](Source&& source) {
        if (!source.problem) arrivals_.push_back(std::move(source));
      });
}

void SyncPlanner::keep(const scan::Skipped& skipped) {
  if (!is_still_there(skipped.why)) return;
  const auto by_key = [](const SourceBelow& source, const std::string& key) {
    return source.path_key < key;
  };
  // The file itself, or all below the folder.
  for (const std::string& first : {skipped.path, skipped.path + "/"}) {
    auto found = std::lower_bound(plan_.gone.begin(), plan_.gone.end(), first, by_key);
    for (; found != plan_.gone.end() && is_at_or_below(found->path_key, skipped.path); ++found) {
      still_there_.insert(found->path_key);
    }
  }
}

}  // namespace sluice::cli
