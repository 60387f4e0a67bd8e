#include "owner/publish.h"

#include <algorithm>

#include "model/layout.h"
#include "model/names.h"
#include "platform/error.h"
#include "platform/move.h"

namespace sluice::owner {

using platform::Dir;
using platform::FileKind;
using platform::Files;
using platform::RenameResult;
using platform::Sha256Digest;

namespace {

bool removes(const Step& step) {
  return step.op == Step::Op::kRemoveFile || step.op == Step::Op::kRemoveDir;
}

std::optional<Sha256Digest> hash_of(Files& files, const Dir& at, const std::string& name,
                                    bool directory) {
  if (!at) return std::nullopt;
  return directory ? hash_directory(files, at, name) : hash_file(files, at, name);
}

}  // namespace

std::optional<Sha256Digest> hash_file(Files& files, const Dir& at, const std::string& name) {
  const auto info = files.info(at, name);
  if (!info || info->kind != FileKind::kRegular) return std::nullopt;
  const auto file = files.open_read(at, name);
  if (!file) return std::nullopt;
  return hash_open_file(files, *file);
}

std::optional<Sha256Digest> hash_open_file(Files& files, const platform::File& file,
                                           const std::function<bool()>& cancelled) {
  platform::Sha256 hash;
  const std::uint64_t size = files.info(file).identity.size;
  std::vector<std::byte> buffer(std::min<std::uint64_t>(size + 1, 256 << 10));
  std::uint64_t offset = 0;
  while (const std::size_t got = files.read(file, offset, buffer)) {
    hash.update(std::span(buffer).first(got));
    offset += got;
    // Who appends as fast as we read must not keep us here.
    if (offset > size) return std::nullopt;
    if (cancelled && cancelled()) return std::nullopt;
  }
  return hash.finish();
}

std::optional<Sha256Digest> hash_directory(Files& files, const Dir& at, const std::string& name) {
  const auto dir = files.open_dir(at, name);
  if (!dir) return std::nullopt;
  std::vector<NamedDigest> entries;
  for (const auto& entry : files.list(*dir)) {
    const auto digest = hash_file(files, *dir, entry.name);
    if (!digest) return std::nullopt;
    entries.push_back({entry.name, *digest});
  }
  return directory_digest(std::move(entries));
}

Sha256Digest directory_digest(std::vector<NamedDigest> entries) {
  std::sort(entries.begin(), entries.end(),
            [](const NamedDigest& a, const NamedDigest& b) { return a.name < b.name; });
  platform::Sha256 hash;
  for (const NamedDigest& entry : entries) {
    hash.update(platform::to_hex(entry.sha256));
    hash.update("  ");
    hash.update(entry.name);
    hash.update("\n");
  }
  return hash.finish();
}

namespace {

void sync_log(KnowledgeBase& kb) {
  Files& files = kb.files();
  const auto wiki = files.open_dir(kb.root(), layout::kWiki);
  const auto info = wiki ? files.info(*wiki, layout::kLogName) : std::nullopt;
  if (!info || info->kind != FileKind::kRegular) return;
  if (const auto log = files.open_read(*wiki, layout::kLogName)) files.sync(*log);
  files.sync(*wiki);
}

}  // namespace

void sync_staged(KnowledgeBase& kb, const Dir& staging,
                 const std::vector<std::vector<Step>>& documents) {
  Files& files = kb.files();
  if (files.sync_file_system(kb.root())) return;
  const auto sync_file = [&files](const Dir& at, const std::string& name) {
    if (const auto file = files.open_read(at, name)) files.sync(*file);
  };
  for (const auto& steps : documents) {
    for (const Step& step : steps) {
      if (step.op == Step::Op::kPublishFile) sync_file(staging, step.staged);
      if (step.op != Step::Op::kPublishDir) continue;
      const auto assets = files.open_dir(staging, step.staged);
      if (!assets) continue;
      for (const auto& entry : files.list(*assets)) sync_file(*assets, entry.name);
      files.sync(*assets);
    }
  }
  sync_published(kb, staging);
}

void remove_empty_folders(KnowledgeBase& kb) {
  if (kb.layout() == layout::Kind::kFlat) return;
  Files& files = kb.files();
  for (const Shelf shelf : {Shelf::kRaw, Shelf::kSources}) {
    // Each before those below it, and then from the last to the first.
    std::vector<std::string> folders = {""};
    for (std::size_t i = 0; i < folders.size(); ++i) {
      const auto at = kb.folder({shelf, {}, folders[i]});
      if (!at) continue;
      for (const auto& entry : files.list(*at)) {
        const std::string name = layout::name_in(folders[i], entry.name);
        const bool is_images = shelf == Shelf::kSources && entry.name == layout::kImagesFolder;
        const bool is_ours = is_images ? i > 0 : is_mirror_folder(name);
        if (entry.kind == FileKind::kDirectory && is_ours) folders.push_back(name);
      }
    }
    for (std::size_t i = folders.size(); i-- > 1;) {
      const auto at = kb.folder({shelf, {}, std::string(layout::folder_of(folders[i]))});
      try {
        if (at) files.remove_dir(*at, std::string(layout::leaf_of(folders[i])));
      } catch (const SystemError&) {
        // It holds something.
      }
    }
  }
}

void sync_published(KnowledgeBase& kb, const platform::Dir& staging) {
  platform::Files& files = kb.files();
  if (files.sync_file_system(kb.root())) {
    kb.forget_changed_folders();
    return;
  }
  if (staging) {
    files.sync(staging);
    files.sync(kb.staging());  // where its name stands
  }
  for (const Shelf shelf : {Shelf::kRaw, Shelf::kWiki, Shelf::kSources, Shelf::kImages})
    files.sync(kb.top({shelf, {}}));
  kb.sync_changed_folders();
  sync_log(kb);
}

Publisher::Result Publisher::apply(const Step& step) {
  const auto target = parse_target(step.target);
  if (!target) return Result::kDamaged;
  kb_.note_change(*target);
  return removes(step) ? remove(step, *target) : place(step, *target, OldVersion::kInPlace);
}

Publisher::Result Publisher::resume(const Step& step) {
  const auto target = parse_target(step.target);
  if (!target) return Result::kDamaged;
  kb_.note_change(*target);
  Files& files = kb_.files();
  const bool directory = is_directory(step.op);
  std::optional<Sha256Digest> there;
  auto swap = platform::SwapState::kNone;
  if (const auto folder = kb_.folder(*target)) {
    if (staging_) {
      swap = platform::resume_swap(files, staging_, step.staged, *folder, target->name);
    }
    there = hash_of(files, *folder, target->name, directory);
  }
  if (removes(step)) return resume_removal(step, *target, there);
  if (there == step.sha256) {
    if (step.replaces && staging_ && files.info(staging_, step.staged)) settle_old(step, *target);
    return Result::kDone;
  }
  if (hash_of(files, staging_, step.staged, directory) != step.sha256) return Result::kDamaged;
  return place(
      step, *target,
      swap == platform::SwapState::kMovedOut ? OldVersion::kMovedOut : OldVersion::kInPlace);
}

Publisher::Result Publisher::resume_removal(const Step& step, const Target& target,
                                            const std::optional<Sha256Digest>& there) {
  // It may have been moved away already, and not yet been looked at.
  if (staging_ && kb_.files().info(staging_, step.staged)) settle_old(step, target);
  if (!kb_.info(target)) {
    remove_empty_folders(target);
    return Result::kDone;
  }
  if (!staging_) return there == step.replaces ? Result::kDamaged : Result::kDone;
  return remove(step, target);
}

// Whatever stands where a folder is to be was put there by somebody else, and is kept.
PublishedFolder Publisher::make_folder(const Target& target) {
  if (auto found = kb_.folder(target)) return std::move(*found);
  Files& files = kb_.files();
  const std::string path = path_from_top(target);
  Target part{target.shelf == Shelf::kRaw ? Shelf::kRaw : Shelf::kSources, {}, {}};
  std::string_view rest = layout::folder_of(path);
  Dir at = platform::duplicate(kb_.top(target));
  while (!rest.empty()) {
    part.name = layout::take_part(rest);
    files.at("publish/folder");
    files.make_dir(at, part.name, platform::Access::kUmask);
    auto next = files.open_dir(at, part.name);
    if (!next) {
      keep(at, part.name, part, hash_file(files, at, part.name).value_or(Sha256Digest{}));
      files.make_dir(at, part.name, platform::Access::kUmask);
      next = files.open_dir(at, part.name);
    }
    if (!next) {
      throw Error("publish", path_of(target), "there is no folder for it",
                  "move away what stands in its place", ExitCode::kDamaged);
    }
    at = std::move(*next);
    part.folder = layout::name_in(part.folder, part.name);
  }
  return PublishedFolder(std::move(at));
}

bool Publisher::make_folders(const std::vector<Step>& steps) {
  bool any = false;
  for (const Step& step : steps) {
    const auto target = removes(step) ? std::nullopt : parse_target(step.target);
    if (!target || target->folder.empty() || kb_.folder(*target)) continue;
    kb_.note_change(*target);
    make_folder(*target);
    any = true;
  }
  return any;
}

void Publisher::remove_empty_folders(const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    const auto target = parse_target(step.target);
    if (target) remove_empty_folders(*target);
  }
}

// In mirror layout a folder goes with the last document in it. One that is not empty stays.
void Publisher::remove_empty_folders(const Target& target) {
  if (target.folder.empty()) return;
  std::string path(layout::folder_of(path_from_top(target)));
  while (!path.empty()) {
    const Shelf shelf = target.shelf == Shelf::kRaw ? Shelf::kRaw : Shelf::kSources;
    const Target folder{shelf, std::string(layout::leaf_of(path)),
                        std::string(layout::folder_of(path))};
    const auto at = kb_.folder(folder);
    try {
      kb_.files().at("publish/remove-folder");
      if (at) kb_.files().remove_dir(*at, folder.name);
    } catch (const SystemError&) {
      return;  // it holds something, or is no folder of ours
    }
    path = folder.folder;
  }
}

Publisher::Result Publisher::place(const Step& step, const Target& target, OldVersion old) {
  Files& files = kb_.files();
  const PublishedFolder made = make_folder(target);
  const Dir& shelf = made;
  if (step.replaces && old == OldVersion::kInPlace) {
    files.at("publish/exchange");
    switch (platform::swap_names(files, staging_, step.staged, shelf, target.name)) {
      case RenameResult::kDone:
        settle_old(step, target);
        return Result::kDone;
      case RenameResult::kTargetExists:
        return Result::kDamaged;
      case RenameResult::kMissing:
        break;  // the published file was deleted by hand: as if new
    }
  }
  // Twice: an unknown file in the way is kept under another name, and then the place is free.
  for (int attempt = 0; attempt < 2; ++attempt) {
    files.at("publish/rename");
    switch (platform::move_to_free_name(files, staging_, step.staged, shelf, target.name)) {
      case RenameResult::kDone:
        if (old == OldVersion::kMovedOut) {
          files.at("swap/moved-in");
          platform::bring_back(files, staging_, step.staged);
          settle_old(step, target);
        }
        return Result::kDone;
      case RenameResult::kMissing:
        return Result::kDamaged;
      case RenameResult::kTargetExists:
        break;
    }
    keep(shelf, target.name, target,
         hash_of(files, shelf, target.name, is_directory(step.op)).value_or(Sha256Digest{}));
  }
  throw Error("publish", step.target, "something keeps taking its place",
              "close what writes into the knowledge base and run 'sluice recover'",
              ExitCode::kDamaged);
}

Publisher::Result Publisher::remove(const Step& step, const Target& target) {
  Files& files = kb_.files();
  files.at("publish/remove");
  const auto folder = kb_.folder(target);
  if (folder && platform::move_to_free_name(files, *folder, target.name, staging_, step.staged) ==
                    RenameResult::kDone) {
    settle_old(step, target);
  }
  remove_empty_folders(target);
  return Result::kDone;
}

// The version that was replaced is in staging now and is removed with it. If somebody changed it by
// hand, it is kept beside the new one.
void Publisher::settle_old(const Step& step, const Target& target) {
  const auto found = hash_of(kb_.files(), staging_, step.staged, is_directory(step.op));
  if (found && found == step.replaces) return;
  keep(staging_, step.staged, target, found.value_or(Sha256Digest{}));
}

void Publisher::keep(const Dir& from, const std::string& name, const Target& target,
                     const Sha256Digest& hash) {
  Files& files = kb_.files();
  const PublishedFolder made = make_folder(target);
  const Dir& shelf = made;
  const std::string hex = platform::to_hex(hash);
  for (std::size_t digits = 8; digits <= hex.size(); digits += 8) {
    const std::string kept = target.name + ".orig-" + hex.substr(0, digits);
    files.at("publish/keep");
    if (platform::move_to_free_name(files, from, name, shelf, kept) ==
        RenameResult::kTargetExists) {
      continue;
    }
    kept_.push_back({target, kept});
    return;
  }
  // A copy of these very bytes is kept already under every one of the names.
}

}  // namespace sluice::owner
