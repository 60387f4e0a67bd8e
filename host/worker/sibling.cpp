#include "worker/sibling.h"

#include <sluice/abi.h>

#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

#include "model/layout.h"
#include "model/names.h"
#include "model/nearest_file.h"
#include "platform/error.h"
#include "plugin/asset_type.h"
#include "worker/wire.h"

namespace sluice::worker {
namespace {

namespace fs = std::filesystem;

// Where the path leads, below the root and through no symlink. What is judged is then also what is
// opened: opening follows none.
std::optional<std::string> real_path_below(const SourceRoot& root, const std::string& path) {
  std::error_code error;
  const fs::path top = fs::canonical(root.path, error);
  if (error) return std::nullopt;
  const fs::path real = fs::canonical(top / path, error);
  if (error) return std::nullopt;
  const fs::path relative = real.lexically_relative(top);
  if (relative.empty() || !layout::is_contained(relative.native())) return std::nullopt;
  return relative.native();
}

bool has_hidden_part(const std::string& path) {
  return path.front() == '.' || path.find("/.") != std::string::npos;
}

bool is_kb(const fs::path& folder) {
  std::error_code error;
  return fs::exists(fs::symlink_status(folder / layout::kState, error));
}

// The part of a path below a knowledge base belongs to it.
bool is_own_folder(std::string_view name) {
  return name == layout::kRaw || name == layout::kWiki || name == layout::kState;
}

// Whether the file is a knowledge base's: anything below a folder with a .sluice in it, unless the
// document itself is below that folder; then what Sluice keeps there.
bool is_of_kb(const SourceRoot& root, const std::string& relative, const std::string& document) {
  std::error_code error;
  const fs::path top = fs::canonical(root.path, error);
  const fs::path file = top / relative;
  fs::path folder = file.root_path();
  for (const fs::path& part : file.relative_path()) {
    if (is_kb(folder)) {
      const std::string inside = (folder / "").native();
      const bool holds_document = (top / document).native().starts_with(inside);
      if (!holds_document || is_own_folder(part.native())) return true;
    }
    folder /= part;
  }
  return false;
}

bool may_be_read(const Source& source, const std::string& relative) {
  const SourceRoot& root = *source.root;
  if (has_hidden_part(relative) || is_of_kb(root, relative, source.relative)) return false;
  return !root.sibling_rules || !root.sibling_rules->leaves_out(root, relative);
}

bool is_asset(platform::Files& files, const platform::File& file) {
  std::array<char, plugin::kAssetPrefixBytes> prefix;
  const std::size_t size = files.read(file, 0, std::as_writable_bytes(std::span(prefix)));
  return plugin::is_asset_content({prefix.data(), size});
}

std::int32_t open_below(platform::Files& files, const Source& source, const std::string& path,
                        platform::OsHandle& out) {
  const auto relative = real_path_below(*source.root, path);
  if (!relative || !may_be_read(source, *relative)) return SLUICE_STATUS_NOT_FOUND;
  std::optional<platform::File> file;
  try {
    file = files.open_read(source.root->dir, *relative);
  } catch (const SystemError&) {
    // A link by now, no permission: nothing that may be read.
    return SLUICE_STATUS_NOT_FOUND;
  }
  if (!file) return SLUICE_STATUS_NOT_FOUND;
  const platform::FileInfo info = files.info(*file);
  if (info.kind != platform::FileKind::kRegular || !is_asset(files, *file)) {
    return SLUICE_STATUS_NOT_FOUND;
  }
  if (info.identity.size > wire::kMaxSiblingBytes) return SLUICE_STATUS_LIMIT;
  out = std::move(file->handle);
  return SLUICE_STATUS_OK;
}

// The nearest that may be read.
std::int32_t open_named(platform::Files& files, const Source& source, const std::string& path,
                        platform::OsHandle& out) {
  const SourceRoot& root = *source.root;
  if (!root.sibling_rules) return SLUICE_STATUS_NOT_FOUND;
  const auto found =
      root.sibling_rules->assets_named(root, name_key(path.substr(path.rfind('/') + 1)));
  for (const std::size_t place :
       nearest_files(source.relative, path, {found.begin(), found.end()})) {
    const std::int32_t status = open_below(files, source, found[place], out);
    if (status != SLUICE_STATUS_NOT_FOUND) return status;
  }
  return SLUICE_STATUS_NOT_FOUND;
}

}  // namespace

std::int32_t open_sibling(platform::Files& files, const Source& source, const std::string& path,
                          platform::OsHandle& out) {
  if (path.empty() || path.front() == '/' || path.find('\0') != std::string::npos) {
    return SLUICE_STATUS_NOT_FOUND;
  }
  if (path.starts_with(kAnywhere)) {
    return open_named(files, source, path.substr(kAnywhere.size()), out);
  }
  const std::string folder = source.relative.substr(0, source.relative.rfind('/') + 1);
  return open_below(files, source, folder + path, out);
}

}  // namespace sluice::worker
