// sluice plugin enable, disable, order, pin: which plugins are used. The first three change
// [plugins] in the user's configuration file, so that there is one place that says it.
#include <algorithm>
#include <filesystem>
#include <set>

#include "cli/commands/plugin.h"
#include "cli/config.h"
#include "cli/json.h"
#include "cli/plugin_change.h"
#include "cli/plugin_state.h"
#include "cli/text.h"
#include "cli/user_folders.h"
#include "cli/workspace.h"
#include "platform/error.h"
#include "plugin/nearest.h"
#include "plugin/toml_edit.h"

namespace sluice::cli {
namespace {

using PluginIds = std::vector<std::string>;

constexpr std::uint64_t kMaxUserConfig = 1 << 20;

bool contains(const PluginIds& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// The user's configuration file, and its lists of plugins.
class UserConfig {
 public:
  UserConfig(platform::Files& files, const Io& io) : files_(files) {
    const auto folder = user_config_folder(io);
    if (!folder) {
      throw Error("find your configuration", "", "neither XDG_CONFIG_HOME nor HOME is set",
                  "set HOME");
    }
    path_ = *folder + "/config.toml";
    read(*folder);
  }

  const std::string& path() const { return path_; }

  PluginIds list(std::string_view name) const {
    for (const Setting& setting : parse_config(text_, path_).values) {
      if (setting.key->table == "plugins" && setting.key->name == name) {
        return std::get<PluginIds>(setting.value);
      }
    }
    return {};
  }
  void set_list(const std::string& name, const PluginIds& ids) {
    text_ = plugin::with_toml_list(text_, path_, "plugins", name, ids);
  }
  void save() const { replace_user_file(files_, path_, text_); }

 private:
  void read(const std::string& folder) {
    const auto dir = files_.open_dir(folder);
    std::error_code none;
    if (!dir || !std::filesystem::exists(path_, none)) return;
    const std::filesystem::path real = std::filesystem::canonical(path_);
    const auto real_dir = files_.open_dir(real.parent_path().string());
    const auto file = files_.open_read(*real_dir, real.filename().string());
    if (!file) return;
    text_.resize(kMaxUserConfig);
    text_.resize(files_.read(*file, 0, std::as_writable_bytes(std::span(text_))));
  }

  platform::Files& files_;
  std::string path_;
  std::string text_;
};

// Every id that a policy can name.
PluginIds ids_of_plugins(const plugin::Catalog& catalog, bool with_converters) {
  std::set<std::string> known;
  const auto add = [&](const plugin::Manifest& manifest) {
    known.insert(manifest.id);
    if (!with_converters) return;
    for (const auto& converter : manifest.converters) known.insert(converter.id);
  };
  for (const auto& manifest : catalog.plugins()) add(*manifest);
  for (const plugin::Refused& refused : catalog.refused()) {
    if (refused.manifest) add(*refused.manifest);
  }
  return {known.begin(), known.end()};
}

void need_known(const PluginIds& ids, const PluginIds& known, const char* what) {
  for (const std::string& id : ids) {
    if (contains(known, id)) continue;
    throw Error("find the " + std::string(what), id, "none of that id is installed",
                plugin::suggest(id, known), ExitCode::kUsage);
  }
}

// A stronger layer (the environment, the knowledge base) may say something else.
void need_effect(const Config& config, const char* key, const PluginIds& ids, bool wanted) {
  for (const Setting& setting : config.values()) {
    if (setting.key->path() != std::string("plugins.") + key) continue;
    const PluginIds& now = std::get<PluginIds>(setting.value);
    for (const std::string& id : ids) {
      if (contains(now, id) == wanted) continue;
      throw Error("change whether plugins are used:", id,
                  std::string("[plugins] ") + key + " of " + setting.origin + " overrides it",
                  "change it there");
    }
  }
}

void print_order(Io& io, const Args& args, const PluginIds& order) {
  if (args.global.json) {
    io.out << JsonObject("plugin_order").texts("order", order).line();
    return;
  }
  for (const std::string& id : order) io.out << visible(id) << '\n';
}

}  // namespace

int run_plugin_disable(platform::Files& files, const Args& args, const PluginDisableArgs& disable,
                       Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  need_known(disable.ids, ids_of_plugins(workspace.catalog, false), "plugin");
  UserConfig user(files, io);
  PluginIds deny = user.list("deny");
  for (const std::string& id : disable.ids) {
    if (!contains(deny, id)) deny.push_back(id);
  }
  user.set_list("deny", deny);
  user.save();
  need_effect(Config::load(files, args, io, workspace.kb), "deny", disable.ids, true);
  for (const std::string& id : disable.ids)
    print_change(io, args, {"disabled", id, "", user.path()});
  return static_cast<int>(ExitCode::kOk);
}

int run_plugin_enable(platform::Files& files, const Args& args, const PluginEnableArgs& enable,
                      Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  UserConfig user(files, io);
  PluginIds deny = user.list("deny");
  PluginIds known = ids_of_plugins(workspace.catalog, false);
  known.insert(known.end(), deny.begin(), deny.end());
  need_known(enable.ids, known, "plugin");
  const std::size_t before = deny.size();
  std::erase_if(deny, [&](const std::string& id) { return contains(enable.ids, id); });
  if (deny.size() != before) user.set_list("deny", deny);
  PluginIds allow = user.list("allow");
  if (!allow.empty()) {  // empty: all
    for (const std::string& id : enable.ids) {
      if (!contains(allow, id)) allow.push_back(id);
    }
    user.set_list("allow", allow);
  }
  if (deny.size() != before || !allow.empty()) user.save();
  const Config now = Config::load(files, args, io, workspace.kb);
  need_effect(now, "deny", enable.ids, false);
  if (!now.settings().policy.allow.empty()) need_effect(now, "allow", enable.ids, true);
  for (const std::string& id : enable.ids) print_change(io, args, {"enabled", id, "", user.path()});
  return static_cast<int>(ExitCode::kOk);
}

int run_plugin_order(platform::Files& files, const Args& args, const PluginOrderArgs& order,
                     Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  if (order.ids.empty() && !order.clear) {
    print_order(io, args, workspace.config.settings().policy.order);
    return static_cast<int>(ExitCode::kOk);
  }
  need_known(order.ids, ids_of_plugins(workspace.catalog, true), "plugin or converter");
  UserConfig user(files, io);
  user.set_list("order", order.ids);
  user.save();
  const PluginIds now = Config::load(files, args, io, workspace.kb).settings().policy.order;
  if (now != order.ids) {
    throw Error("change the order of plugins in", user.path(),
                "a stronger setting overrides it ('sluice config show' says which)",
                "change it there");
  }
  print_change(io, args, {"ordered", "", "", user.path()});
  return static_cast<int>(ExitCode::kOk);
}

int run_plugin_pin(platform::Files& files, const Args& args, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  const auto path = lock_file_path(io);
  if (!path) {
    throw Error("write the lock file", "", "neither XDG_CONFIG_HOME nor HOME is set", "set HOME");
  }
  PluginStates states(files, workspace, io, PluginStates::Look::kAnew);
  plugin::Pins pins;
  for (const auto& manifest : workspace.catalog.plugins()) {
    const std::string fault = fault_text(states.fault(*manifest));
    if (fault.empty()) {
      pins.push_back(plugin::pin_of(*manifest));
    } else if (!args.global.quiet) {
      io.err << "warning the plugin " << visible(manifest->id)
             << " is not pinned: " << visible(fault) << "\n";
    }
  }
  replace_user_file(files, *path, plugin::pins_text(pins));
  for (const plugin::Pin& pin : pins) {
    print_change(io, args, {"pinned", pin.id, pin.version, *path});
  }
  return static_cast<int>(ExitCode::kOk);
}

}  // namespace sluice::cli
