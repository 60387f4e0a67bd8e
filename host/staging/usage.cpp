#include "staging/usage.h"

#include <limits>

#include "platform/error.h"

namespace sluice {
namespace {

constexpr std::size_t kDepth = 16;  // each level is an open directory
constexpr std::uint64_t kBlock = 4096;

struct Level {
  platform::Dir dir;
  std::vector<platform::DirEntry> entries;
};

// Nothing if it is no directory any more.
std::optional<Level> enter(platform::Files& files, const platform::Dir& at,
                           const std::string& name) {
  try {
    std::optional<platform::Dir> dir = files.open_dir(at, name);
    if (!dir) return std::nullopt;
    std::vector<platform::DirEntry> entries = files.list(*dir);
    return Level{std::move(*dir), std::move(entries)};
  } catch (const SystemError&) {
    return std::nullopt;
  }
}

std::uint64_t allocated(platform::Files& files, const platform::Dir& at, const std::string& name) {
  try {
    const std::optional<platform::FileInfo> info = files.info(at, name);
    return info ? std::max(info->allocated, kBlock) : 0;
  } catch (const SystemError&) {
    return kBlock;
  }
}

}  // namespace

std::uint64_t disk_usage(platform::Files& files, const platform::Dir& dir, std::uint64_t most) {
  std::vector<Level> levels;
  if (auto top = enter(files, dir, ".")) levels.push_back(std::move(*top));
  std::uint64_t used = 0;
  while (!levels.empty() && used <= most) {
    Level& level = levels.back();
    if (level.entries.empty()) {
      levels.pop_back();
      continue;
    }
    const platform::DirEntry entry = std::move(level.entries.back());
    level.entries.pop_back();
    used += allocated(files, level.dir, entry.name);
    if (entry.kind != platform::FileKind::kDirectory) continue;
    if (levels.size() == kDepth) return std::numeric_limits<std::uint64_t>::max();
    if (auto below = enter(files, level.dir, entry.name)) levels.push_back(std::move(*below));
  }
  return used;
}

}  // namespace sluice
