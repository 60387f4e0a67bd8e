// The user's own folders, by the XDG base directory specification: configuration, plugins, cache.
#pragma once

#include <optional>
#include <string>

#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// Absolute; nothing where neither the variable nor HOME says.
std::optional<std::string> user_config_folder(const Io& io);   // ~/.config/sluice
std::optional<std::string> user_plugins_folder(const Io& io);  // ~/.local/share/sluice/plugins
std::optional<std::string> user_cache_folder(const Io& io);    // ~/.cache/sluice
// Where `cmake --install --prefix ~/.local` puts plugins.
std::optional<std::string> user_prefix_plugins_folder(const Io& io);

// An absolute folder, made with all that are missing above it.
platform::Dir make_user_folder(platform::Files& files, const std::string& path);

// Gives a file of the user's a new content at once: readers find the old one or the new one. A
// file that is a link keeps its place behind the link. Makes the folder, too.
void replace_user_file(platform::Files& files, const std::string& path, const std::string& text);

}  // namespace sluice::cli
