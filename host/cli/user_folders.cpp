#include "cli/user_folders.h"

#include <filesystem>

#include "platform/error.h"
#include "platform/process.h"

namespace sluice::cli {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> home_folder(const Io& io) {
  const auto value = io.env("HOME");
  if (!value || value->empty()) return std::nullopt;
  return fs::path(*value);
}

// The specification wants relative paths ignored.
std::optional<std::string> xdg_folder(const Io& io, const std::string& variable,
                                      const char* below_home, const char* name) {
  if (const auto value = io.env(variable); value && fs::path(*value).is_absolute()) {
    return (fs::path(*value) / name).string();
  }
  const auto base = home_folder(io);
  if (!base) return std::nullopt;
  return (*base / below_home / name).string();
}

}  // namespace

std::optional<std::string> user_config_folder(const Io& io) {
  return xdg_folder(io, "XDG_CONFIG_HOME", ".config", "sluice");
}

std::optional<std::string> user_plugins_folder(const Io& io) {
  return xdg_folder(io, "XDG_DATA_HOME", ".local/share", "sluice/plugins");
}

std::optional<std::string> user_cache_folder(const Io& io) {
  return xdg_folder(io, "XDG_CACHE_HOME", ".cache", "sluice");
}

std::optional<std::string> user_prefix_plugins_folder(const Io& io) {
  const auto base = home_folder(io);
  if (!base) return std::nullopt;
  return (*base / ".local/lib/sluice/plugins").string();
}

platform::Dir make_user_folder(platform::Files& files, const std::string& path) {
  if (auto there = files.open_dir(path)) return std::move(*there);
  const std::size_t slash = path.rfind('/');
  const platform::Dir above =
      slash == 0 ? *files.open_dir("/") : make_user_folder(files, path.substr(0, slash));
  files.make_dir(above, path.substr(slash + 1), platform::Access::kPrivate);
  auto made = files.open_dir(above, path.substr(slash + 1));
  if (!made) throw Error("make the folder", path, "something else is there", "move it away");
  return std::move(*made);
}

void replace_user_file(platform::Files& files, const std::string& path, const std::string& text) {
  std::error_code none;
  const fs::path real = fs::exists(path, none) ? fs::canonical(path) : fs::path(path);
  const platform::Dir dir = make_user_folder(files, real.parent_path().string());
  const std::string name = real.filename().string();
  const std::string next = "." + name + "." + std::to_string(platform::process_id());
  files.unlink(dir, next);
  const platform::File file = files.create(dir, next);
  files.write(file, 0, std::as_bytes(std::span<const char>(text)));
  const fs::path staged = real.parent_path() / next;
  if (fs::exists(real, none)) fs::permissions(staged, fs::status(real).permissions(), none);
  files.sync(file);
  files.rename(dir, next, dir, name, platform::RenameMode::kReplace);
  files.sync(dir);
}

}  // namespace sluice::cli
