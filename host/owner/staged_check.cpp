#include "owner/staged_check.h"

#include <set>

#include "owner/publish.h"
#include "platform/settled.h"

namespace sluice::owner {
namespace {

using platform::Dir;
using platform::Files;

std::optional<std::string> check_file(Files& files, const Dir& at, const StagedFile& staged) {
  const auto info = files.info(at, staged.name);
  if (!info) return staged.name + " is gone from staging";
  if (info->kind != platform::FileKind::kRegular) return staged.name + " is not a regular file";
  if (info->links != 1) return staged.name + " has another link to it";
  if (info->identity == staged.identity) return std::nullopt;
  if (info->identity.size != staged.identity.size) return staged.name + " has changed its size";
  const auto file = files.open_read(at, staged.name);
  if (!file || platform::is_open_for_writing(*file)) {
    return staged.name + " is still being written";
  }
  if (hash_file(files, at, staged.name) != staged.sha256) return staged.name + " has changed";
  return std::nullopt;
}

std::optional<std::string> check_assets(Files& files, const Dir& staging, const Bundle& bundle) {
  const auto dir = files.open_dir(staging, bundle.assets_dir);
  if (!dir) return bundle.assets_dir + " is not a directory";
  std::set<std::string> expected;
  for (const StagedFile& asset : bundle.assets) {
    if (auto wrong = check_file(files, *dir, asset)) return wrong;
    expected.insert(asset.name);
  }
  for (const auto& entry : files.list(*dir)) {
    if (!expected.contains(entry.name)) return bundle.assets_dir + " holds a file that is not ours";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> check_staged(Files& files, const Dir& staging, const Bundle& bundle) {
  for (const StagedFile* file : {&bundle.raw, &bundle.markdown}) {
    if (auto wrong = check_file(files, staging, *file)) return wrong;
  }
  for (const auto& sidecar : bundle.sidecars) {
    if (auto wrong = check_file(files, staging, sidecar.file)) return wrong;
  }
  if (!bundle.assets_dir.empty()) return check_assets(files, staging, bundle);
  return std::nullopt;
}

}  // namespace sluice::owner
