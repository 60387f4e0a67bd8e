#include "cli/plugin_state.h"

#include "cli/named_plugins.h"
#include "cli/user_folders.h"
#include "platform/error.h"
#include "platform/system.h"
#include "plugin/trust.h"

namespace sluice::cli {
namespace {

// Changes with every library that is installed on the system or removed from it (ldconfig(8)).
constexpr const char* kLibrariesOfTheSystem = "/etc/ld.so.cache";

std::string identity_text(platform::Files& files, const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const auto dir = files.open_dir(path.substr(0, slash));
  const auto info = dir ? files.info(*dir, path.substr(slash + 1)) : std::nullopt;
  if (!info) return "none";
  const platform::FileIdentity& id = info->identity;
  return std::to_string(id.device) + " " + std::to_string(id.inode) + " " +
         std::to_string(id.size) + " " + std::to_string(id.mtime_ns) + " " +
         std::to_string(id.ctime_ns);
}

}  // namespace

PluginStates::PluginStates(platform::Files& files, const Workspace& workspace, const Io& io,
                           Look look)
    : files_(files),
      workspace_(workspace),
      look_(look),
      cache_(files, user_cache_folder(io).value_or("")) {
  const worker::WorkerSettings worker = workspace.worker();
  surroundings_ = SLUICE_VERSION "\n" + platform::system_name() + "\n" +
                  identity_text(files, worker.program) + "\n" +
                  identity_text(files, kLibrariesOfTheSystem) + "\n" +
                  std::string(word(worker.sandbox)) + " " + std::to_string(worker.limits.memory) +
                  " " + std::to_string(worker.limits.load_time.count()) + "\n";
}

PluginStates::~PluginStates() {
  cache_.save();
}

platform::Sha256Digest PluginStates::key_of(const plugin::Manifest& plugin) const {
  return platform::sha256(surroundings_ + plugin.folder + "\n" +
                          platform::to_hex(plugin.text_sha256));
}

std::optional<prepare::Verdict> PluginStates::fault(const plugin::Manifest& plugin) {
  const platform::Sha256Digest key = key_of(plugin);
  if (look_ == Look::kRemembered) {
    try {
      plugin::verify_files(files_, plugin, &cache_);
      if (cache_.is_proven(key)) return std::nullopt;
    } catch (const Error&) {
      // Loading it says the same, as a verdict.
    }
  }
  std::optional<prepare::Verdict> fault = plugin_fault(files_, workspace_, plugin);
  if (!fault) cache_.set_proven(key);
  return fault;
}

std::string fault_text(const std::optional<prepare::Verdict>& fault) {
  if (!fault) return {};
  const std::string_view next = fault->hint.empty() ? hint(fault->outcome) : fault->hint;
  return fault->reason + (next.empty() ? "" : "; " + std::string(next));
}

}  // namespace sluice::cli
