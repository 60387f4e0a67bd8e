#include "travel/bundle_folder.h"

#include <filesystem>

#include "platform/error.h"
#include "platform/move.h"
#include "travel/bundle_names.h"

namespace sluice::travel {
namespace {

platform::Dir made_folder(platform::Files& files, const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw SystemError("make the folder of bundles", path, error);
  auto dir = files.open_dir(path);
  if (!dir) throw Error("write bundles to", path, "it is no folder", "name another with --out");
  if (files.info(*dir, ".sluice")) {
    throw Error("write bundles to", path, "it is a knowledge base", "name another with --out",
                ExitCode::kUsage);
  }
  return std::move(*dir);
}

platform::Dir parts_folder(platform::Files& files, const platform::Dir& dir) {
  files.make_dir(dir, kPartsName, platform::Access::kUmask);
  auto parts = files.open_dir(dir, kPartsName);
  if (!parts) throw Error("write bundles beside", kPartsName, "it is no folder", "delete it");
  return std::move(*parts);
}

}  // namespace

BundleFolder::BundleFolder(platform::Files& files, const std::string& path)
    : files_(files),
      dir_(made_folder(files, path)),
      parts_(parts_folder(files, dir_)),
      staging_(LazyStaging::below(files, parts_)) {
  delete_dead_batches(files_, parts_);
  for (const platform::DirEntry& entry : files_.list(dir_)) {
    const auto name = parse_bundle_name(entry.name);
    if (name && entry.kind == platform::FileKind::kDirectory) {
      before_[name->key_hash] = name->place;
    }
  }
}

std::string BundleFolder::name_before(const std::string& path_key) const {
  if (before_.empty()) return {};
  const auto found = before_.find(key_hash(path_key));
  return found == before_.end() ? std::string() : bundle_name(found->second, path_key);
}

void BundleFolder::move_file(const platform::Dir& from, const std::string& name,
                             const platform::Dir& to, const std::string& new_name) {
  if (files_.rename(from, name, to, new_name, platform::RenameMode::kReplace) !=
      platform::RenameResult::kDone) {
    throw Error("write the bundle of", new_name, "its staged file is gone", "run it again");
  }
}

void BundleFolder::move_files(const Bundle& bundle, std::size_t part, const platform::Dir& to) {
  if (bundle.kind != Bundle::Kind::kPrepared) return;
  const platform::Dir& from = staging_.dir();
  move_file(from, bundle.raw.name, to, raw_name(part));
  move_file(from, bundle.markdown.name, to, markdown_name(part));
  if (!bundle.assets_dir.empty()) move_file(from, bundle.assets_dir, to, assets_name(part));
  for (const StagedSidecar& sidecar : bundle.sidecars) {
    move_file(from, sidecar.file.name, to, sidecar_name(part, sidecar.kind));
  }
}

std::string BundleFolder::write(Facts& facts, std::uint64_t place) {
  facts.made_by = "sluice " SLUICE_VERSION;
  const std::string text = format_facts(facts);
  if (text.size() > kMaxFactsBytes) {
    facts.bundle.kind = Bundle::Kind::kFailed;
    facts.bundle.outcome = Outcome::kLimit;
    facts.bundle.reason = "what is to be written down of it has more than 64 MiB";
    facts.bundle.warnings.clear();
    facts.bundle.attempts.clear();
    facts.bundle.children.clear();
    return write(facts, place);
  }
  const platform::Dir& staging = staging_.dir();
  const std::string part = "bundle-" + std::to_string(made_++);
  files_.make_dir(staging, part, platform::Access::kUmask);
  const auto to = files_.open_dir(staging, part);
  if (!to) throw Error("write a bundle to", part, "the new folder is gone", "run it again");
  if (!facts.skipped) {
    move_files(facts.bundle, 0, *to);
    std::size_t number = 0;
    for (const Bundle& child : facts.bundle.children) move_files(child, ++number, *to);
  }
  files_.write(files_.create(*to, kFactsName), 0, std::as_bytes(std::span(text)));
  const std::string key = facts.path_key();
  // The old one goes to the new place first, so that whenever a run is killed, a path key has one
  // bundle: of two, the next run could not tell which is the old one.
  const std::string name = keep(key, place);
  files_.at("bundle/appear");
  if (platform::move_to_free_name(files_, staging, part, dir_, name) ==
      platform::RenameResult::kTargetExists) {
    platform::swap_names(files_, staging, part, dir_, name);
    platform::remove_tree(files_, staging, part);
  }
  // Only if it could not: a list may have a path key at two places.
  const std::string old = name_before(key);
  if (!old.empty() && old != name) {
    files_.at("bundle/old-goes");
    // By a name of its own, so that no half of it is ever seen.
    const std::string gone = part + "-old";
    if (platform::move_to_free_name(files_, dir_, old, staging, gone) ==
        platform::RenameResult::kDone) {
      platform::remove_tree(files_, staging, gone);
    }
  }
  return name;
}

std::string BundleFolder::keep(const std::string& path_key, std::uint64_t place) {
  const std::string name = bundle_name(place, path_key);
  const std::string old = name_before(path_key);
  if (old.empty() || old == name) return name;
  files_.at("bundle/new-place");
  platform::move_to_free_name(files_, dir_, old, dir_, name);
  return name;
}

void BundleFolder::sync() {
  files_.sync_file_system(dir_);
}

}  // namespace sluice::travel
