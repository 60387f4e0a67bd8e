#include "staging/staging.h"

#include <cstdlib>
#include <filesystem>
#include <random>

#include "model/layout.h"
#include "platform/error.h"
#include "platform/process.h"

namespace sluice {
namespace {

std::string random_hex() {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::random_device device;
  std::string text;
  for (int i = 0; i < 2; ++i) {
    for (std::uint32_t bits = device(), n = 0; n < 8; ++n, bits >>= 4) text += kDigits[bits & 15];
  }
  return text;
}

bool leads_to(platform::Files& files, const platform::Dir& parent, const std::string& name,
              const platform::File& file) {
  const auto found = files.info(parent, name);
  if (!found) return false;
  const auto held = files.info(file).identity;
  return found->identity.inode == held.inode && found->identity.device == held.device;
}

// As std::filesystem::temp_directory_path() finds it, which wants it to be a directory.
std::string temporary_folder() {
  std::error_code error;
  const std::filesystem::path found = std::filesystem::temp_directory_path(error);
  if (!error) return found.string();
  const char* named = std::getenv("TMPDIR");
  throw Error("use the temporary folder", named == nullptr ? "/tmp" : named,
              "it is not a directory", "set TMPDIR to one you may write to");
}

}  // namespace

Staging Staging::open(platform::Files& files, const platform::Dir& kb) {
  auto parent = files.open_dir(kb, layout::kState);
  if (parent) {
    files.make_dir(*parent, "staging", platform::Access::kPrivate);
    parent = files.open_dir(*parent, "staging");
  }
  if (!parent) {
    throw Error("stage documents in", layout::kStaging, "it is not a directory",
                "restore it, or run 'sluice doctor'");
  }
  return open_below(files, std::move(*parent));
}

Staging Staging::open_below(platform::Files& files, platform::Dir parent) {
  while (true) {
    Staging staging;
    staging.files_ = &files;
    staging.batch_ = std::to_string(platform::process_id()) + "-" + random_hex();
    const std::string lease_name = layout::lease_name(staging.batch_);
    staging.lease_file_ = files.create(parent, lease_name, platform::Access::kPrivate);
    if (auto lock =
            platform::FileLock::try_lock(staging.lease_file_, platform::LockMode::kExclusive)) {
      staging.lease_.emplace(std::move(*lock));
    }
    // A reaper that saw the lease before it was locked has taken it for dead: start again.
    if (!staging.lease_ || !leads_to(files, parent, lease_name, staging.lease_file_)) {
      staging.lease_.reset();
      staging.files_ = nullptr;
      continue;
    }
    files.make_dir(parent, staging.batch_, platform::Access::kPrivate);
    auto dir = files.open_dir(parent, staging.batch_);
    if (!dir)
      throw Error("stage documents in", staging.batch_, "the new directory is gone",
                  "run it again");
    staging.dir_ = std::move(*dir);
    staging.parent_ = std::move(parent);
    return staging;
  }
}

Staging::Staging(Staging&& other) noexcept
    : files_(std::exchange(other.files_, nullptr)),
      parent_(std::move(other.parent_)),
      batch_(std::move(other.batch_)),
      lease_file_(std::move(other.lease_file_)),
      lease_(std::move(other.lease_)),
      dir_(std::move(other.dir_)) {}

Staging::~Staging() {
  if (files_ == nullptr || !parent_) return;
  try {
    if (!platform::remove_tree(*files_, parent_, batch_).empty()) return;
    files_->unlink(parent_, layout::lease_name(batch_));
  } catch (const std::exception&) {
    // The lease ends with the process; the reaper finds the rest.
  }
}

void Staging::abandon() noexcept {
  lease_.reset();
  files_ = nullptr;
}

LazyStaging LazyStaging::below(platform::Files& files, const platform::Dir& parent) {
  return LazyStaging(
      [&files, &parent] { return Staging::open_below(files, platform::duplicate(parent)); });
}

const platform::Dir& LazyStaging::dir() {
  const std::lock_guard guard(mutex_);
  if (!staging_) staging_.emplace(open_());
  return staging_->dir();
}

std::string LazyStaging::batch() {
  const std::lock_guard guard(mutex_);
  return staging_ ? staging_->batch() : std::string();
}

void LazyStaging::close() {
  const std::lock_guard guard(mutex_);
  staging_.reset();
}

void LazyStaging::abandon() noexcept {
  const std::lock_guard guard(mutex_);
  if (staging_) staging_->abandon();
}

TemporaryStaging::TemporaryStaging(platform::Files& files) : files_(files) {
  const std::string folder = temporary_folder();
  auto parent = files.open_dir(folder);
  if (!parent) {
    throw Error("use", folder, "there is no such directory", "set TMPDIR to one you may write to");
  }
  parent_ = std::move(*parent);
  name_ = "sluice-" + std::to_string(platform::process_id()) + "-" + random_hex();
  files.make_dir(parent_, name_, platform::Access::kPrivate);
  auto dir = files.open_dir(parent_, name_);
  if (!dir) throw Error("use", folder, "the new directory is gone", "run it again");
  dir_ = std::move(*dir);
}

TemporaryStaging::~TemporaryStaging() {
  try {
    platform::remove_tree(files_, parent_, name_);
  } catch (const std::exception&) {
    // A temporary folder that stays is the system's to clean.
  }
}

void TemporaryStaging::clear() {
  for (const platform::DirEntry& entry : files_.list(dir_)) {
    platform::remove_tree(files_, dir_, entry.name);
  }
}

LeaseState lease_state(platform::Files& files, const platform::Dir& parent,
                       const std::string& batch) {
  const std::string name = layout::lease_name(batch);
  const auto info = files.info(parent, name);
  if (!info) return LeaseState::kGone;
  if (info->kind != platform::FileKind::kRegular) return LeaseState::kDead;
  const platform::File file = files.open_or_create(parent, name, platform::Access::kPrivate);
  const auto lock = platform::FileLock::try_lock(file, platform::LockMode::kExclusive);
  return lock ? LeaseState::kDead : LeaseState::kAlive;
}

namespace {

void delete_if_dead(platform::Files& files, const platform::Dir& parent, const std::string& batch) {
  const std::string name = layout::lease_name(batch);
  const platform::File lease = files.open_or_create(parent, name, platform::Access::kPrivate);
  const auto lock = platform::FileLock::try_lock(lease, platform::LockMode::kExclusive);
  if (!lock || !leads_to(files, parent, name, lease)) return;
  if (platform::remove_tree(files, parent, batch).empty()) files.unlink(parent, name);
}

}  // namespace

void delete_dead_batches(platform::Files& files, const platform::Dir& parent) {
  for (const platform::DirEntry& entry : files.list(parent)) {
    const auto batch = layout::batch_of_lease(entry.name);
    if (!batch || entry.kind != platform::FileKind::kRegular) continue;
    try {
      delete_if_dead(files, parent, *batch);
    } catch (const SystemError&) {
      // Left for the next time.
    }
  }
}

}  // namespace sluice
