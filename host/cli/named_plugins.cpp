#include "cli/named_plugins.h"

#include <algorithm>
#include <atomic>
#include <filesystem>

#include "cli/text.h"
#include "platform/error.h"
#include "prepare/worker_start.h"

namespace sluice::cli {
namespace {

using plugin::Manifest;

bool has_converter(const Manifest& plugin, const std::string& id) {
  return std::any_of(plugin.converters.begin(), plugin.converters.end(),
                     [&](const auto& converter) { return converter.id == id; });
}

// A folder of plugins names none of them.
bool is_named(const Manifest& plugin, const Args& args, const Io& io) {
  return std::any_of(args.plugins.begin(), args.plugins.end(), [&](const std::string& given) {
    std::error_code none;
    return std::filesystem::equivalent(absolute_path(io, given), plugin.folder, none);
  });
}

void prove(platform::Files& files, const Workspace& workspace, const Manifest& plugin,
           const std::string& option, const std::string& given) {
  const std::optional<prepare::Verdict> fault = plugin_fault(files, workspace, plugin);
  if (!fault) return;
  const std::string_view next = fault->hint.empty() ? hint(fault->outcome) : fault->hint;
  throw Error("use " + option, given, fault->reason, next, ExitCode::kUsage);
}

}  // namespace

std::optional<prepare::Verdict> plugin_fault(platform::Files& files, const Workspace& workspace,
                                             const Manifest& plugin) {
  const std::atomic<bool> never{false};
  return prepare::start_worker(files, workspace.worker(), plugin, never).unusable;
}

void prove_named_plugins(platform::Files& files, const Workspace& workspace, const Args& args,
                         const Io& io) {
  const ConvertingArgs* converting = converting_args(args.command);
  for (const auto& plugin : workspace.catalog.plugins()) {
    if (is_named(*plugin, args, io)) {
      prove(files, workspace, *plugin, "--plugin", plugin->folder);
    } else if (converting != nullptr && has_converter(*plugin, converting->converter)) {
      prove(files, workspace, *plugin, "--converter", converting->converter);
    }
  }
}

}  // namespace sluice::cli
