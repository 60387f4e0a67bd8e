#include "plugin/catalog.h"

#include <sluice/abi.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "plugin/trust.h"

namespace sluice::plugin {
namespace {

using platform::FileKind;

std::string read_all(platform::Files& files, const platform::File& file, std::uint64_t size) {
  std::string text(static_cast<std::size_t>(size), '\0');
  text.resize(files.read(file, 0, std::as_writable_bytes(std::span(text))));
  return text;
}

Manifest read_manifest(platform::Files& files, const platform::Dir& dir,
                       const std::string& folder) {
  const platform::File file = open_plain(files, dir, folder, kManifestName);
  const std::uint64_t size = files.info(file).identity.size;
  if (size > kMaxManifestBytes) {
    throw Error("read", folder + "/" + kManifestName, "it is over 1 MiB", "make it smaller");
  }
  return parse_manifest(read_all(files, file, size), folder);
}

std::string abi_text(std::uint64_t major, std::uint64_t minor) {
  return std::to_string(major) + "." + std::to_string(minor);
}

void check_policy(const Manifest& manifest, const Policy& policy) {
  const auto names = [&](const std::vector<std::string>& ids) {
    return std::find(ids.begin(), ids.end(), manifest.id) != ids.end();
  };
  if (names(policy.deny)) {
    throw Error("use the plugin", manifest.id, "the configuration denies it",
                "remove it from [plugins] deny to use it, as 'sluice plugin enable " + manifest.id +
                    "' does");
  }
  if (!policy.allow.empty() && !names(policy.allow)) {
    throw Error("use the plugin", manifest.id, "the configuration does not allow it",
                "add it to [plugins] allow to use it");
  }
}

std::string reason_of(const Error& error) {
  std::string reason = error.what();
  if (!error.next().empty()) reason += "; " + error.next();
  return reason;
}

// One scan, filling a catalog's lists.
class Scan {
 public:
  Scan(platform::Files& files, const Policy& policy,
       std::vector<std::shared_ptr<const Manifest>>& plugins, std::vector<Refused>& refused)
      : files_(files), policy_(policy), plugins_(plugins), refused_(refused) {}

  void look_in(const SearchPath& search) {
    std::error_code none;
    const std::filesystem::path absolute = std::filesystem::absolute(search.path, none);
    std::string path = none ? search.path : absolute.lexically_normal().string();
    if (path.size() > 1 && path.back() == '/') path.pop_back();
    try {
      look_at(path, search);
    } catch (const Error& error) {
      refuse(Why::kNoManifest, path, search.origin, error, nullptr);
    }
  }

 private:
  using Why = Refused::Why;

  void refuse(Why why, const std::string& path, const std::string& origin, const Error& error,
              std::shared_ptr<const Manifest> manifest) {
    const auto* system = dynamic_cast<const SystemError*>(&error);
    if (system != nullptr && is_shortage(*system)) throw *system;
    refused_.push_back({.why = why,
                        .path = path,
                        .id = manifest ? manifest->id : "",
                        .reason = reason_of(error),
                        .origin = origin,
                        .cause = error.what(),
                        .next = error.next(),
                        .manifest = std::move(manifest)});
  }

  void look_at(const std::string& path, const SearchPath& search) {
    const auto dir = files_.open_dir(path);
    if (!dir) {
      if (search.presence == SearchPath::Presence::kRequired) {
        throw Error("look for plugins in", path, "there is no such folder",
                    "correct the path given by " + search.origin);
      }
      return;
    }
    if (files_.info(*dir, kManifestName)) {
      take(*dir, path, search.origin);
      return;
    }
    const bool is_trusted = trusts(*dir, path, search.origin);
    std::vector<std::string> names;
    for (const platform::DirEntry& entry : files_.list(*dir)) {
      const bool may_lead_to_dir =
          entry.kind == FileKind::kDirectory || entry.kind == FileKind::kSymlink;
      if (may_lead_to_dir && entry.name[0] != '.') names.push_back(entry.name);
    }
    std::sort(names.begin(), names.end());
    bool holds_a_plugin = false;
    for (const std::string& name : names) {
      holds_a_plugin |= look_at_child(path + "/" + name, search.origin);
    }
    if (!is_trusted) return;
    if (!holds_a_plugin && search.presence == SearchPath::Presence::kRequired) {
      throw Error("look for plugins in", path, "there is no plugin.toml in it or in a folder of it",
                  "name the folder that holds the plugin's library and its plugin.toml");
    }
  }

  // A folder of plugins; each in it is refused by itself, too.
  bool trusts(const platform::Dir& dir, const std::string& path, const std::string& origin) {
    try {
      need_trusted_folder(dir, path);
      return true;
    } catch (const Untrusted& error) {
      refuse(Why::kUnsafe, path, origin, error, nullptr);
      return false;
    }
  }

  // False if there is nothing of a plugin in it.
  bool look_at_child(const std::string& path, const std::string& origin) {
    try {
      const auto dir = files_.open_dir(path);
      if (!dir || !files_.info(*dir, kManifestName)) return false;
      take(*dir, path, origin);
    } catch (const Error& error) {
      refuse(Why::kNoManifest, path, origin, error, nullptr);
    }
    return true;
  }

  void take(const platform::Dir& dir, const std::string& folder, const std::string& origin) {
    const platform::FileIdentity identity = files_.info(dir).identity;
    // The same folder by another way is not a second plugin.
    if (!seen_.insert({identity.device, identity.inode}).second) return;
    std::shared_ptr<Manifest> manifest;
    Why why = Why::kNoManifest;
    try {
      manifest = std::make_shared<Manifest>(read_manifest(files_, dir, folder));
      why = Why::kPolicy;
      check_policy(*manifest, policy_);
      if (policy_.pins) need_pinned(*policy_.pins, *manifest);
      why = Why::kDuplicate;
      check_duplicate(*manifest, origin);
      why = Why::kNoLibrary;
      check_files(dir, folder, *manifest);
      why = Why::kAbi;
      Catalog::need_abi(*manifest);
    } catch (const Untrusted& error) {
      refuse(Why::kUnsafe, folder, origin, error, std::move(manifest));
      return;
    } catch (const Error& error) {
      refuse(why, folder, origin, error, std::move(manifest));
      return;
    }
    origins_.push_back(origin);
    plugins_.push_back(std::move(manifest));
  }

  void check_files(const platform::Dir& dir, const std::string& folder,
                   const Manifest& manifest) const {
    need_trusted_plugin_folder(files_, dir, folder);
    open_trusted(files_, dir, folder, kManifestName);
    open_trusted(files_, dir, folder, manifest.library);
    for (const ManifestFile& file : manifest.files) open_trusted(files_, dir, folder, file.name);
  }

  void check_duplicate(const Manifest& manifest, const std::string& origin) const {
    for (std::size_t i = 0; i < plugins_.size(); ++i) {
      const Manifest& other = *plugins_[i];
      const std::string both = other.folder + " (" + origins_[i] + ") comes before " +
                               manifest.folder + " (" + origin + ")";
      if (other.id == manifest.id) {
        throw Error("use the plugin", manifest.id, "its id is already in use: " + both,
                    "remove one of them");
      }
      for (const ConverterManifest& converter : manifest.converters) {
        for (const ConverterManifest& taken : other.converters) {
          if (taken.id != converter.id) continue;
          throw Error("use the plugin", manifest.id,
                      "the id of its converter \"" + converter.id + "\" is already in use: " + both,
                      "remove one of them");
        }
      }
    }
  }

  platform::Files& files_;
  const Policy& policy_;
  std::vector<std::shared_ptr<const Manifest>>& plugins_;
  std::vector<Refused>& refused_;
  std::vector<std::string> origins_;  // of plugins_
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen_;
};

}  // namespace

Catalog Catalog::scan(platform::Files& files, const std::vector<SearchPath>& paths,
                      const Policy& policy) {
  Catalog catalog;
  catalog.policy_ = policy;
  Scan scan(files, catalog.policy_, catalog.plugins_, catalog.refused_);
  for (const SearchPath& path : paths) scan.look_in(path);
  return catalog;
}

void Catalog::need_abi(const Manifest& manifest) {
  if (manifest.abi_major == SLUICE_ABI_MAJOR && manifest.abi_minor <= SLUICE_ABI_MINOR) return;
  const bool newer =
      manifest.abi_major > SLUICE_ABI_MAJOR ||
      (manifest.abi_major == SLUICE_ABI_MAJOR && manifest.abi_minor > SLUICE_ABI_MINOR);
  throw Error("use the plugin", manifest.id,
              "it is made for plugin ABI " + abi_text(manifest.abi_major, manifest.abi_minor) +
                  ", and this Sluice has " + abi_text(SLUICE_ABI_MAJOR, SLUICE_ABI_MINOR),
              newer ? "install a newer Sluice or an older version of the plugin"
                    : "install a newer version of the plugin");
}

std::shared_ptr<const Manifest> Catalog::find(const std::string& id) const {
  for (const auto& plugin : plugins_) {
    if (plugin->id == id) return plugin;
  }
  return nullptr;
}

}  // namespace sluice::plugin
