#include "plugin/check_cache.h"

#include <algorithm>
#include <sstream>

#include "platform/clock.h"
#include "platform/error.h"
#include "platform/ownership.h"
#include "platform/process.h"

namespace sluice::plugin {
namespace {

using platform::FileIdentity;
using platform::Sha256Digest;

constexpr const char* kCacheName = "plugin-checks";
constexpr const char* kCacheHeading = "sluice plugin checks 1";
constexpr std::size_t kMaxCacheBytes = 1 << 20;
// Ten times what a user with a hundred plugins needs; the oldest go first.
constexpr std::size_t kMaxCacheEntries = 1000;
// The coarsest time stamps are those of FAT, 2 seconds.
constexpr std::int64_t kSettledNs = 3'000'000'000;

template <class Entry>
void keep_newest(std::deque<Entry>& entries) {
  while (entries.size() > kMaxCacheEntries) entries.pop_front();
}

// The folder, and the one that it is in, made where they are missing.
std::optional<platform::Dir> make_cache_folder(platform::Files& files, const std::string& path) {
  if (auto there = files.open_dir(path)) return there;
  const std::size_t slash = path.rfind('/');
  const std::string above = path.substr(0, slash);
  auto parent = files.open_dir(above);
  if (!parent) {
    const std::size_t next = above.rfind('/');
    const auto top = files.open_dir(next == 0 ? "/" : above.substr(0, next));
    if (!top) return std::nullopt;
    files.make_dir(*top, above.substr(next + 1), platform::Access::kPrivate);
    parent = files.open_dir(above);
    if (!parent) return std::nullopt;
  }
  files.make_dir(*parent, path.substr(slash + 1), platform::Access::kPrivate);
  return files.open_dir(path);
}

}  // namespace

CheckCache::CheckCache(platform::Files& files, std::string folder)
    : files_(files), folder_(std::move(folder)) {
  if (folder_.empty()) return;
  try {
    read();
  } catch (const Error&) {
    hashes_.clear();
    proven_.clear();
  }
}

// Who else could write there could vouch for any library.
bool CheckCache::is_ours(const platform::Dir& dir) const {
  return platform::who_else_may_change(dir.handle) == platform::Stranger::kNone;
}

void CheckCache::read() {
  const auto dir = files_.open_dir(folder_);
  if (!dir || !is_ours(*dir)) return;
  const auto file = files_.open_read(*dir, kCacheName);
  if (!file || files_.info(*file).kind != platform::FileKind::kRegular ||
      platform::who_else_may_change(file->handle) != platform::Stranger::kNone) {
    return;
  }
  const std::uint64_t size = files_.info(*file).identity.size;
  if (size > kMaxCacheBytes) return;
  std::string text(static_cast<std::size_t>(size), '\0');
  text.resize(files_.read(*file, 0, std::as_writable_bytes(std::span(text))));
  std::istringstream lines(text);
  std::string line;
  if (!std::getline(lines, line) || line != kCacheHeading) return;
  while (std::getline(lines, line)) read_line(line);
}

void CheckCache::read_line(const std::string& line) {
  std::istringstream words(line);
  std::string kind;
  std::string hex;
  words >> kind;
  FileIdentity id;
  if (kind == "file") {
    words >> id.device >> id.inode >> id.size >> id.mtime_ns >> id.ctime_ns;
  }
  words >> hex;
  const auto digest = platform::digest_from_hex(hex);
  if (words.fail() || !digest) return;
  if (kind == "file") hashes_.emplace_back(id, *digest);
  if (kind == "proven") proven_.push_back(*digest);
}

std::optional<Sha256Digest> CheckCache::hash_of(const FileIdentity& identity) const {
  const auto found = std::find_if(hashes_.begin(), hashes_.end(),
                                  [&](const auto& entry) { return entry.first == identity; });
  return found == hashes_.end() ? std::nullopt : std::optional(found->second);
}

void CheckCache::set_hash(const FileIdentity& identity, const Sha256Digest& hash) {
  const std::int64_t changed = std::max(identity.mtime_ns, identity.ctime_ns);
  if (platform::file_clock_ns() - changed < kSettledNs) return;
  hashes_.emplace_back(identity, hash);
  keep_newest(hashes_);
  is_changed_ = true;
}

bool CheckCache::is_proven(const Sha256Digest& key) const {
  return std::find(proven_.begin(), proven_.end(), key) != proven_.end();
}

void CheckCache::set_proven(const Sha256Digest& key) {
  if (is_proven(key)) return;
  proven_.push_back(key);
  keep_newest(proven_);
  is_changed_ = true;
}

std::string CheckCache::text() const {
  std::ostringstream out;
  out << kCacheHeading << '\n';
  for (const auto& [id, hash] : hashes_) {
    out << "file " << id.device << ' ' << id.inode << ' ' << id.size << ' ' << id.mtime_ns << ' '
        << id.ctime_ns << ' ' << platform::to_hex(hash) << '\n';
  }
  for (const Sha256Digest& key : proven_) out << "proven " << platform::to_hex(key) << '\n';
  return std::move(out).str();
}

void CheckCache::save() {
  if (folder_.empty() || !is_changed_) return;
  try {
    const auto dir = make_cache_folder(files_, folder_);
    if (!dir || !is_ours(*dir)) return;
    const std::string next = kCacheName + ("." + std::to_string(platform::process_id()));
    files_.unlink(*dir, next);
    const platform::File file = files_.create(*dir, next, platform::Access::kPrivate);
    files_.write(file, 0, std::as_bytes(std::span<const char>(text())));
    files_.rename(*dir, next, *dir, kCacheName, platform::RenameMode::kReplace);
    is_changed_ = false;
  } catch (const Error&) {
    is_changed_ = false;  // the next run finds it out again
  }
}

}  // namespace sluice::plugin
