// sluice plugin install, remove: the plugins in the user's own folder. A plugin appears and
// disappears by one rename, after everything about it has been checked in a folder of its own.
#include <algorithm>
#include <filesystem>
#include <optional>

#include "cli/commands/plugin.h"
#include "cli/config.h"
#include "cli/named_plugins.h"
#include "cli/plugin_change.h"
#include "cli/plugin_state.h"
#include "cli/text.h"
#include "cli/user_folders.h"
#include "cli/workspace.h"
#include "platform/error.h"
#include "platform/lock.h"
#include "platform/move.h"
#include "plugin/nearest.h"
#include "plugin/package.h"
#include "plugin/trust.h"

namespace sluice::cli {
namespace {

using plugin::Manifest;

// Names that begin with a dot are no plugins.
constexpr const char* kPluginsLock = ".lock";
constexpr const char* kStagingName = ".staging";

// The user's folder of plugins, and the right to change it.
class UserPlugins {
 public:
  UserPlugins(platform::Files& files, const Config& config, const Io& io)
      : files_(files),
        path_(path_of(io)),
        dir_(make_user_folder(files, path_)),
        lock_file_(files.open_or_create(dir_, kPluginsLock, platform::Access::kPrivate)),
        lock_(platform::FileLock::lock(lock_file_, platform::LockMode::kExclusive,
                                       config.settings().lock_timeout, io.interrupted)) {
    plugin::need_trusted_folder(dir_, path_);
    if (!lock_) {
      throw Error("change the plugins in", path_, "another sluice is at it", "try again later",
                  ExitCode::kLockTimeout);
    }
    // What a run that was killed has left.
    platform::remove_tree(files_, dir_, kStagingName);
  }
  UserPlugins(const UserPlugins&) = delete;
  UserPlugins& operator=(const UserPlugins&) = delete;
  ~UserPlugins() {
    try {
      platform::remove_tree(files_, dir_, kStagingName);
    } catch (const Error&) {
      // The next command removes it.
    }
  }

  static std::string path_of(const Io& io) {
    if (auto path = user_plugins_folder(io)) return *path;
    throw Error("find your folder of plugins", "", "neither XDG_DATA_HOME nor HOME is set",
                "set HOME");
  }

  const std::string& path() const { return path_; }
  bool has(const std::string& name) { return files_.info(dir_, name).has_value(); }

  // Checks a package in every way there is. Throws Error.
  Manifest stage(const plugin::Package& package, const Workspace& workspace) {
    if (!files_.make_dir(dir_, kStagingName, platform::Access::kPrivate)) {
      throw Error("install into", path_, "something is in the way: " + std::string(kStagingName),
                  "delete it");
    }
    package.unpack(files_, *files_.open_dir(dir_, kStagingName));
    Manifest manifest = package.manifest();
    manifest.folder = path_ + "/" + kStagingName;
    plugin::Catalog::need_abi(manifest);
    plugin::verify_files(files_, manifest);
    if (const auto fault = plugin_fault(files_, workspace, manifest)) {
      throw Error("install", manifest.id, fault->reason,
                  fault->hint.empty() ? hint(fault->outcome) : fault->hint);
    }
    return manifest;
  }

  // Gives what is staged its name.
  void publish(const std::string& id, bool replace) {
    files_.sync(dir_);
    if (replace) {
      platform::swap_names(files_, dir_, kStagingName, dir_, id);
    } else if (platform::move_to_free_name(files_, dir_, kStagingName, dir_, id) !=
               platform::RenameResult::kDone) {
      throw Error("install", id, "it has been installed in the meantime", "give --replace");
    }
    files_.sync(dir_);
  }

  void remove(const std::string& name) {
    if (platform::move_to_free_name(files_, dir_, name, dir_, kStagingName) !=
        platform::RenameResult::kDone) {
      throw Error("remove", path_ + "/" + name, "it cannot be moved aside", "try again");
    }
    files_.sync(dir_);
  }

 private:
  platform::Files& files_;
  std::string path_;
  platform::Dir dir_;
  platform::File lock_file_;
  std::optional<platform::FileLock> lock_;
};

// Whether the plugin takes part from now on; if not, its user wants to know.
void warn_if_unused(platform::Files& files, const Workspace& workspace, const Args& args, Io& io,
                    const std::string& folder) {
  const auto catalog = plugin::Catalog::scan(files, workspace.config.search_paths(),
                                             workspace.config.settings().policy);
  for (const plugin::Refused& refused : catalog.refused()) {
    const bool is_it = refused.path == folder;
    const bool is_hidden_by_it = refused.why == plugin::Refused::Why::kDuplicate &&
                                 refused.reason.find(folder + " (") != std::string::npos;
    if ((!is_it && !is_hidden_by_it) || args.global.quiet) continue;
    io.err << "warning " << visible(refused.path) << " is not used: " << visible(refused.reason)
           << "\n";
  }
}

std::string folder_around(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}
std::string last_part(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

// A plugin's folder anywhere, by its id; one that is not even a plugin, by its folder's name.
struct Installed {
  std::string folder;
  std::string version;
};

std::vector<Installed> find_installed(const plugin::Catalog& catalog, const std::string& id) {
  std::vector<Installed> found;
  for (const auto& manifest : catalog.plugins()) {
    if (manifest->id == id) found.push_back({manifest->folder, manifest->version});
  }
  for (const plugin::Refused& refused : catalog.refused()) {
    const bool is_it = refused.manifest ? refused.id == id : last_part(refused.path) == id;
    if (is_it) found.push_back({refused.path, refused.manifest ? refused.manifest->version : ""});
  }
  return found;
}

[[noreturn]] void refuse_removal(const plugin::Catalog& catalog, const std::string& id,
                                 const std::vector<Installed>& found) {
  if (!found.empty()) {
    throw Error("remove the plugin", id, "it is not one of yours: it is in " + found[0].folder,
                "use it no longer with: sluice plugin disable " + id);
  }
  std::vector<std::string> known;
  for (const auto& manifest : catalog.plugins()) known.push_back(manifest->id);
  throw Error("remove the plugin", id, "no plugin of that id is installed",
              plugin::suggest(id, known));
}

}  // namespace

int run_plugin_install(platform::Files& files, const Args& args, const PluginInstallArgs& install,
                       Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  const plugin::Package package = plugin::Package::open(files, absolute_path(io, install.source));
  const std::string id = package.manifest().id;
  UserPlugins user(files, workspace.config, io);
  const bool is_there = user.has(id);
  if (is_there && !install.replace) {
    throw Error("install", id, "it is installed in " + user.path() + "/" + id,
                "replace it with: sluice plugin install --replace " + install.source);
  }
  const Manifest manifest = user.stage(package, workspace);
  user.publish(id, is_there);
  for (const std::string& name : package.left_out()) {
    if (args.global.quiet) break;
    io.err << "warning " << visible(name)
           << " is left out: plugin.toml does not name it under files\n";
  }
  const std::string folder = user.path() + "/" + id;
  print_change(io, args, {is_there ? "replaced" : "installed", id, manifest.version, folder});
  warn_if_unused(files, workspace, args, io, folder);
  return static_cast<int>(ExitCode::kOk);
}

int run_plugin_remove(platform::Files& files, const Args& args, const PluginRemoveArgs& remove,
                      Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  const std::vector<Installed> found = find_installed(workspace.catalog, remove.id);
  const std::string mine = UserPlugins::path_of(io);
  const auto own = std::find_if(found.begin(), found.end(), [&](const Installed& one) {
    return folder_around(one.folder) == mine;
  });
  if (own == found.end()) refuse_removal(workspace.catalog, remove.id, found);
  UserPlugins(files, workspace.config, io).remove(last_part(own->folder));
  print_change(io, args, {"removed", remove.id, own->version, own->folder});
  return static_cast<int>(ExitCode::kOk);
}

}  // namespace sluice::cli
