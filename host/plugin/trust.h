// Whether a plugin's files are as its maker left them, and in nobody's hands but the user's and
// root's. Everything that opens a plugin's files goes through here.
#pragma once

#include <cstdint>
#include <string>

#include "platform/error.h"
#include "platform/files.h"
#include "plugin/check_cache.h"
#include "plugin/manifest.h"

namespace sluice::plugin {

inline constexpr const char* kManifestName = "plugin.toml";
inline constexpr std::uint64_t kMaxManifestBytes = 1 << 20;

// A plugin's files are not as its maker left them, or others may change them.
class Untrusted : public Error {
 public:
  using Error::Error;
};

// No descriptor or no memory is left: that says nothing about a plugin, and the next one would not
// open either.
bool is_shortage(const SystemError& error);

// A plain file of a plugin's folder. Throws Untrusted if it is something else, Error if there is
// none.
platform::File open_plain(platform::Files& files, const platform::Dir& dir,
                          const std::string& folder, const std::string& name);

// The same. Throws Untrusted if others may change it.
platform::File open_trusted(platform::Files& files, const platform::Dir& dir,
                            const std::string& folder, const std::string& name);

// Throws Untrusted if others than the user and root may change what is in the folder.
void need_trusted_folder(const platform::Dir& dir, const std::string& path);

// Opens a plugin's folder: neither it nor the folder that it is in may be in the hands of others,
// since who may write there can put another plugin in its place. Throws Untrusted.
void need_trusted_plugin_folder(platform::Files& files, const platform::Dir& dir,
                                const std::string& folder);

platform::Sha256Digest hash_of(platform::Files& files, const platform::File& file);

// Checks that the library and every other file that the manifest names still have their hashes, and
// that nobody else may change them. Throws Untrusted, or Error where one cannot be read. With a
// cache, files that have not changed since they were hashed are not read again.
void verify_files(platform::Files& files, const Manifest& manifest, CheckCache* cache = nullptr);

}  // namespace sluice::plugin
