#include "cli/sync_plan.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "cli/renames.h"
#include "owner/source_of_key.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

using owner::SourceBelow;

// What a run has to do is kept up to this number of sources, some 10 MB. If it is more, converting
// costs so much that a second walk does not count.
constexpr std::size_t kMaxWork = 20'000;

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
      on_both(std::move(*source), *on_record);
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
  any_children_ = kb_.registry().has_children();
  for (const std::string& root : roots) walk(root);
  if (!plan_.gone.empty()) find_renames_of(roots);
  return std::move(plan_);
}

void SyncPlanner::find_renames_of(const std::vector<std::string>& roots) {
  std::sort(plan_.gone.begin(), plan_.gone.end(),
            [](const SourceBelow& a, const SourceBelow& b) { return a.path_key < b.path_key; });
  const bool any_there = std::any_of(
      plan_.gone.begin(), plan_.gone.end(),
      [this](const SourceBelow& source) { return owner::is_there(kb_, source.path_key); });
  // What the first walk has no memory for: what is left out although it is there, and what is new,
  // if that is more than it could keep.
  if (any_there || !plan_.has_work) {
    for (const std::string& root : roots) look_again(root);
    std::erase_if(plan_.gone, [this](const SourceBelow& source) {
      return still_there_.contains(source.path_key);
    });
  } else {
    for (const Source& source : plan_.work) {
      if (!source.problem && new_keys_.contains(source.path_key())) arrivals_.push_back(source);
    }
  }
  std::vector<SourceBelow> movable;
  std::copy_if(plan_.gone.begin(), plan_.gone.end(), std::back_inserter(movable),
               [](const SourceBelow& source) { return source.is_primary; });
  plan_.renames = find_renames(files_, kb_, movable, arrivals_);
  find_heirs();
  std::set<std::string_view> moved;
  for (const auto& [now, before] : plan_.renames) moved.insert(before);
  std::erase_if(plan_.gone,
                [&](const SourceBelow& source) { return moved.contains(source.path_key); });
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
    if (heir == others.end()) continue;
    plan_.renames[heir->path_key] = source.path_key;
    // It is unchanged as a rule, and has its place in the order all the same.
    plan_.has_work = false;
  }
}

bool SyncPlanner::is_below_roots(std::string_view path_key) const {
  return std::any_of(plan_.root_keys.begin(), plan_.root_keys.end(), [&](const std::string& root) {
    return root.empty() ? is_key_in_kb(path_key) : path_key.starts_with(root);
  });
}

// The identity is that of last time, and nothing within it is to be tried again.
bool SyncPlanner::is_unchanged(const Source& source, const SourceBelow& row) {
  if (source.problem || !row.proof) return false;
  try {
    const auto info = files_.resolve_info(source.root->dir, source.relative);
    if (!info || info->identity != *row.proof) return false;
  } catch (const SystemError&) {
    return false;  // the run says so, in its place
  }
  // What is within it is reported with it.
  return !any_children_ || kb_.registry().children_of(row.path_key).empty();
}

void SyncPlanner::add_work(Source&& source, bool is_new) {
  if (!plan_.has_work) return;
  if (plan_.work.size() == kMaxWork) {
    plan_.has_work = false;
    plan_.work.clear();
    new_keys_.clear();
    return;
  }
  if (is_new) new_keys_.insert(source.path_key());
  plan_.work.push_back(std::move(source));
}

void SyncPlanner::walk(const std::string& root) {
  scan::Scanner scanner(files_, {root}, options_);
  const std::vector<std::string> keys = scanner.roots();
  if (keys.empty()) {  // it cannot be read: the run says so
    while (auto source = scanner.next()) add_work(std::move(*source), /*is_new=*/false);
    return;
  }
  plan_.root_keys.push_back(keys.front());
  std::vector<SourceBelow> gone;
  std::vector<std::string> unreadable;
  compare(
      scanner, kb_.registry().sources_below(keys.front()),
      [&](Source&& source, const SourceBelow& row) {
        plan_.documents += row.is_primary ? 1 : 0;
        if (is_unchanged(source, row)) {
          ++plan_.unchanged;
        } else {
          add_work(std::move(source), /*is_new=*/false);
        }
      },
      [&](SourceBelow&& row) {
        plan_.documents += row.is_primary ? 1 : 0;
        gone.push_back(std::move(row));
      },
      [&](Source&& source) {
        if (source.problem) unreadable.push_back(source.path_key());
        add_work(std::move(source), /*is_new=*/true);
      });
  std::erase_if(gone, [&](const SourceBelow& source) {
    return std::any_of(unreadable.begin(), unreadable.end(), [&](const std::string& folder) {
      return is_at_or_below(source.path_key, folder);
    });
  });
  std::move(gone.begin(), gone.end(), std::back_inserter(plan_.gone));
}

void SyncPlanner::look_again(const std::string& root) {
  scan::ScanOptions options = options_;
  options.on_skipped = [this](scan::Skipped&& skipped) { keep(skipped); };
  scan::Scanner scanner(files_, {root}, std::move(options));
  const std::vector<std::string> keys = scanner.roots();
  if (keys.empty()) return;
  compare(
      scanner, kb_.registry().sources_below(keys.front()), [](Source&&, const SourceBelow&) {},
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
