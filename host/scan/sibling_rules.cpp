#include "scan/sibling_rules.h"

#include <optional>
#include <set>

#include "model/names.h"
#include "platform/error.h"
#include "scan/rule_files.h"

namespace sluice::scan {
namespace {

constexpr std::size_t kMaxKnownFolders = 1024;
// A vault of 100,000 pictures needs some 20 MB; beyond this the rest is found by its path only.
constexpr std::size_t kMaxAssets = 500'000;
constexpr unsigned kMaxAssetDepth = 64;  // folders, each open while what is below is read

bool is_asset_name(const std::string& name) {
  static const std::set<std::string> kExtensions = {
      "avif", "bmp", "emf",  "flac", "gif",  "heic", "ico", "jpeg", "jpg",
      "m4a",  "mov", "mp3",  "mp4",  "oga",  "ogg",  "ogv", "opus", "png",
      "svg",  "tif", "tiff", "wav",  "webm", "webp", "wmf"};
  return kExtensions.contains(extension_of(name));
}

}  // namespace

ScanSiblingRules::ScanSiblingRules(platform::Files& files, const ScanOptions& options, KbPlace kb)
    : files_(files),
      selection_(options.globs),
      ignore_files_(options.ignore_files),
      defaults_(default_rules(options.ignore)),
      kb_(std::move(kb)) {}

bool ScanSiblingRules::leaves_out(const SourceRoot& root, const std::string& relative) const {
  if (is_excluded(relative)) return true;
  try {
    const RuleBase base = rule_base(files_, kb_, root.path, ignore_files_);
    return is_ignored(base.path, base.prefix + relative, base.prefix.size());
  } catch (const Error&) {
    // Rules that cannot be read may be what keeps it out.
    return true;
  }
}

std::vector<std::string> ScanSiblingRules::assets_named(const SourceRoot& root,
                                                        const std::string& key) const {
  const std::lock_guard lock(assets_mutex_);
  auto known = assets_.find(root.path);
  if (known == assets_.end()) known = assets_.emplace(root.path, walk_assets(root)).first;
  const auto found = known->second.find(key);
  return found == known->second.end() ? std::vector<std::string>() : found->second;
}

ScanSiblingRules::AssetNames ScanSiblingRules::walk_assets(const SourceRoot& root) const {
  AssetNames names;
  std::size_t left = kMaxAssets;
  add_assets(root.dir, {}, kMaxAssetDepth, left, names);
  return names;
}

// Whoever opens one of them decides whether it may be read; hidden folders and links are not even
// entered.
void ScanSiblingRules::add_assets(const platform::Dir& dir, const std::string& prefix,
                                  unsigned depth, std::size_t& left, AssetNames& names) const {
  try {
    for (const platform::DirEntry& entry : files_.list(dir)) {
      if (entry.name.starts_with('.') || left == 0) continue;
      if (entry.kind == platform::FileKind::kDirectory) {
        const auto below = depth > 0 ? files_.open_dir(dir, entry.name) : std::nullopt;
        if (below) add_assets(*below, prefix + entry.name + '/', depth - 1, left, names);
      } else if (entry.kind == platform::FileKind::kRegular && is_asset_name(entry.name)) {
        names[name_key(entry.name)].push_back(prefix + entry.name);
        --left;
      }
    }
  } catch (const SystemError&) {
    // A folder without permission: nothing of it can be read.
  }
}

bool ScanSiblingRules::is_excluded(const std::string& relative) const {
  std::size_t match = Selection::kNone;
  for (std::size_t end = relative.find('/');; end = relative.find('/', end + 1)) {
    const bool is_file = end == std::string::npos;
    match = selection_.last_match(relative.substr(0, end),
                                  is_file ? PathKind::kFile : PathKind::kDirectory, match);
    if (!selection_.enters_directory(match)) return true;
    if (is_file) return false;
  }
}

// Walks down from `top` as a scan does. What stands before `judged_from` was given by the user, and
// is only where rules may be.
bool ScanSiblingRules::is_ignored(const std::string& top, const std::string& path,
                                  std::size_t judged_from) const {
  std::shared_ptr<const IgnoreLevel> level = defaults_;
  std::size_t begin = 0;
  while (true) {
    level = rules_in(top, path.substr(0, begin), std::move(level));
    const std::size_t end = path.find('/', begin);
    const bool is_file = end == std::string::npos;
    if (is_file || end >= judged_from) {
      const auto kind = is_file ? PathKind::kFile : PathKind::kDirectory;
      const auto verdict = decide(level.get(), path.substr(0, end), kind).verdict;
      if (verdict == IgnoreRules::Verdict::kIgnore) return true;
    }
    if (is_file) return false;
    begin = end + 1;
  }
}

// `path`: from `top` to the folder, with a `/` behind, or empty.
std::shared_ptr<const IgnoreLevel> ScanSiblingRules::rules_in(
    const std::string& top, const std::string& path,
    std::shared_ptr<const IgnoreLevel> above) const {
  if (!ignore_files_) return above;
  const std::lock_guard lock(mutex_);
  if (const auto known = known_.find({top, path}); known != known_.end()) return known->second;
  const std::string folder = joined_path(top, path);
  const auto dir = files_.open_dir(folder);
  if (!dir) return above;
  auto rules = with_rules_of(files_, *dir, std::move(above), path.size(), folder);
  if (known_.size() >= kMaxKnownFolders) known_.clear();
  known_[{top, path}] = rules;
  return rules;
}

}  // namespace sluice::scan
