#include "plugin/trust.h"

#include <algorithm>
#include <utility>

#include "platform/ownership.h"

namespace sluice::plugin {
namespace {

using platform::Stranger;

constexpr std::size_t kHashChunk = 256 << 10;

void need_no_stranger(const platform::OsHandle& handle, const std::string& path) {
  const char* const action = "use the plugin in";
  switch (platform::who_else_may_change(handle)) {
    case Stranger::kNone:
      return;
    case Stranger::kOwner:
      throw Untrusted(action, path, "it belongs to another user",
                      "install the plugin again, as yourself or as root");
    case Stranger::kGroup:
      throw Untrusted(action, path, "other members of its group may write to it",
                      "remove this permission: chmod g-w " + path);
    case Stranger::kAll:
      throw Untrusted(action, path, "everybody may write to it",
                      "remove this permission: chmod o-w " + path);
  }
}

void verify_file(platform::Files& files, const platform::Dir& dir, const Manifest& manifest,
                 const std::string& name, const platform::Sha256Digest& expected,
                 CheckCache* cache) {
  const platform::File file = open_trusted(files, dir, manifest.folder, name);
  const platform::FileIdentity identity = files.info(file).identity;
  std::optional<platform::Sha256Digest> hash;
  if (cache != nullptr) hash = cache->hash_of(identity);
  if (!hash) {
    hash = hash_of(files, file);
    if (cache != nullptr && files.info(file).identity == identity) {
      cache->set_hash(identity, *hash);
    }
  }
  if (*hash != expected) {
    throw Untrusted("use the plugin", manifest.id,
                    name + " does not have the SHA-256 that plugin.toml gives",
                    "install the plugin again, or build it with sluice_add_plugin");
  }
}

}  // namespace

bool is_shortage(const SystemError& error) {
  return error.is(std::errc::too_many_files_open) ||
         error.is(std::errc::too_many_files_open_in_system) ||
         error.is(std::errc::not_enough_memory);
}

platform::File open_plain(platform::Files& files, const platform::Dir& dir,
                          const std::string& folder, const std::string& name) {
  const std::string path = folder + "/" + name;
  std::optional<platform::File> file;
  try {
    file = files.open_read(dir, name);
  } catch (const SystemError& error) {
    if (is_shortage(error)) throw;
    throw Error("open", path, error.cause(), error.next());
  }
  if (!file) throw Error("open", path, "there is no such file", "install the plugin again");
  if (files.info(*file).kind != platform::FileKind::kRegular) {
    throw Untrusted("open", path, "it is not a plain file", "install the plugin again");
  }
  return std::move(*file);
}

platform::File open_trusted(platform::Files& files, const platform::Dir& dir,
                            const std::string& folder, const std::string& name) {
  platform::File file = open_plain(files, dir, folder, name);
  need_no_stranger(file.handle, folder + "/" + name);
  return file;
}

void need_trusted_folder(const platform::Dir& dir, const std::string& path) {
  need_no_stranger(dir.handle, path);
}

void need_trusted_plugin_folder(platform::Files& files, const platform::Dir& dir,
                                const std::string& folder) {
  need_trusted_folder(dir, folder);
  // As the kernel sees it: the folder may have been reached through a link.
  const auto parent = files.open_dir(folder + "/..");
  if (parent)
    need_trusted_folder(*parent, folder.substr(0, std::max<std::size_t>(1, folder.rfind('/'))));
}

platform::Sha256Digest hash_of(platform::Files& files, const platform::File& file) {
  platform::Sha256 hash;
  std::vector<std::byte> buffer(kHashChunk);
  std::uint64_t offset = 0;
  while (const std::size_t got = files.read(file, offset, buffer)) {
    hash.update(std::span(buffer).first(got));
    offset += got;
  }
  return hash.finish();
}

void verify_files(platform::Files& files, const Manifest& manifest, CheckCache* cache) {
  const auto dir = files.open_dir(manifest.folder);
  if (!dir) {
    throw Error("use the plugin", manifest.id, manifest.folder + " is gone",
                "install the plugin again");
  }
  need_trusted_plugin_folder(files, *dir, manifest.folder);
  verify_file(files, *dir, manifest, manifest.library, manifest.sha256, cache);
  for (const ManifestFile& file : manifest.files) {
    verify_file(files, *dir, manifest, file.name, file.sha256, cache);
  }
}

}  // namespace sluice::plugin
