#include "cli/workspace.h"

#include <algorithm>
#include <climits>

#include "cli/conversion_setup.h"
#include "cli/given_options.h"
#include "cli/plugin_options.h"
#include "cli/text.h"
#include "cli/user_folders.h"
#include "platform/error.h"
#include "platform/process.h"
#include "platform/system.h"
#include "plugin/nearest.h"
#include "plugin/trust.h"

namespace sluice::cli {
namespace {

constexpr std::uint64_t kMaxLockFile = 1 << 20;

void log_setup(const Io& io, const Config& config, const plugin::Catalog& catalog) {
  if (io.log == nullptr) return;
  Log& log = *io.log;
  for (const std::string& file : config.files_read()) {
    log.write(Log::Level::kInfo, "configuration " + file);
  }
  for (const auto& plugin : catalog.plugins()) {
    log.write(Log::Level::kDebug,
              "plugin " + plugin->id + " " + plugin->version + " in " + plugin->folder);
  }
  for (const plugin::Refused& refused : catalog.refused()) {
    log.write(Log::Level::kInfo, "plugin in " + refused.path + " is left out: " + refused.reason);
  }
}

// What the user names for converting must be there: a plugin by --plugin, a converter by
// --converter.
void check_named(const std::string& converter_id, const plugin::Catalog& catalog) {
  for (const plugin::Refused& refused : catalog.refused()) {
    if (refused.origin != "--plugin") continue;
    throw Error("use --plugin", refused.path, refused.reason,
                "'sluice plugin list' shows every plugin and its state", ExitCode::kUsage);
  }
  if (converter_id.empty()) return;
  for (const plugin::Refused& refused : catalog.refused()) {
    if (!refused.manifest) continue;
    for (const auto& converter : refused.manifest->converters) {
      if (converter.id != converter_id || refused.why == plugin::Refused::Why::kDuplicate) continue;
      throw Error("use --converter", converter_id, "its plugin is refused: " + refused.cause,
                  refused.next, ExitCode::kUsage);
    }
  }
  std::vector<std::string> known;
  for (const auto& plugin : catalog.plugins()) {
    for (const auto& converter : plugin->converters) {
      if (converter.id == converter_id) return;
      known.push_back(converter.id);
    }
  }
  throw Error("use --converter", converter_id, "there is none of that id",
              plugin::suggest(converter_id, known), ExitCode::kUsage);
}

// Nothing if there is none. Who else could write it could put any plugin in it. What is wrong with
// it matters only where it is `needed`.
std::optional<plugin::Pins> read_pins(platform::Files& files, const Io& io, bool needed) try {
  const auto path = lock_file_path(io);
  if (!path) return std::nullopt;
  const std::size_t slash = path->rfind('/');
  const std::string folder = path->substr(0, slash);
  const auto dir = files.open_dir(folder);
  if (!dir || !files.info(*dir, path->substr(slash + 1))) return std::nullopt;
  const platform::File file = plugin::open_trusted(files, *dir, folder, path->substr(slash + 1));
  const std::uint64_t size = files.info(file).identity.size;
  std::string text(static_cast<std::size_t>(std::min<std::uint64_t>(size, kMaxLockFile)), '\0');
  text.resize(files.read(file, 0, std::as_writable_bytes(std::span(text))));
  return plugin::parse_pins(text, *path);
} catch (const Error&) {
  if (needed) throw;
  return std::nullopt;
}

plugin::Policy policy_of(const Config& config, const Args& args,
                         const std::optional<plugin::Pins>& pins) {
  plugin::Policy policy = config.settings().policy;
  if (!config.settings().locked || std::holds_alternative<PluginPinArgs>(args.command)) {
    return policy;
  }
  if (!pins) {
    throw Error("use only plugins of the lock file", "", "there is no lock file",
                "make one of the plugins that are installed: sluice plugin pin", ExitCode::kUsage);
  }
  policy.pins = pins;
  return policy;
}

// Measured with one, two, four and eight lanes at work on a knowledge base: 35, 47, 72 and 103 open
// files. The scan of a deep folder takes one for each level.
constexpr std::uint64_t kFilesOfARun = 32;
constexpr std::uint64_t kFilesOfALane = 16;

// How many lanes the limit on open files leaves room for. Without room for one, every document
// would fail by itself. Throws Error.
unsigned lanes_with_files() {
  const std::uint64_t limit = platform::open_file_limit();
  if (limit < kFilesOfARun + kFilesOfALane) {
    throw Error("convert documents with", std::to_string(limit) + " open files",
                "it takes at least " + std::to_string(kFilesOfARun + kFilesOfALane),
                "raise the limit: ulimit -n 1024");
  }
  return static_cast<unsigned>(
      std::min<std::uint64_t>((limit - kFilesOfARun) / kFilesOfALane, UINT_MAX));
}

}  // namespace

prepare::PrepareContext Workspace::context(platform::Files& files, StagingProvider& staging,
                                           RegistryViews* registry) const {
  prepare::PrepareSettings settings;
  settings.jobs = std::min(config.settings().jobs, max_lanes);
  settings.limits = config.settings().limits;
  settings.converter_limits = config.settings().converter_limits;
  settings.output.front_matter = config.settings().front_matter;
  settings.output.raw_children = config.settings().raw_children;
  settings.output.sections = config.settings().sections;
  settings.web_pictures = config.settings().web_pictures;
  settings.converter_id = converter_id;
  settings.worker_program = worker().program;
  settings.worker_stderr = worker_stderr;
  settings.sandbox = config.settings().sandbox;
  if (registry != nullptr) settings.setup = conversion_setup(config, catalog, converter_id);
  return {files,   router,   options_of(config.plugin_options()),
          staging, registry, settings,
          nullptr, log,      fetcher()};
}

fetch::FetchProgram Workspace::fetch_program() const {
  const std::vector<std::string>& certificates = config.settings().fetch_certificates;
  return {fetch_program_path(), config.settings().sandbox, worker().standard_error,
          certificates.empty() ? std::string() : certificates.front()};
}

std::shared_ptr<fetch::Fetcher> Workspace::fetcher() const {
  fetch::FetchSettings settings = config.settings().fetch;
  std::string wrong;
  auto allowed = fetch::AllowedPlaces::parse(config.settings().fetch_allow, wrong);
  if (!allowed) {
    throw Error("use [fetch] allow", wrong, "it is no host, address or range",
                "write it as \"wiki.example.org\", \"10.1.0.0/16\" or \"localhost:8080\"",
                ExitCode::kUsage);
  }
  settings.allowed = std::move(*allowed);
  settings.agent = "Sluice/" SLUICE_VERSION;
  return std::make_shared<fetch::Fetcher>(fetch_program(), std::move(settings));
}

worker::WorkerSettings Workspace::worker() const {
  Limits limits = config.settings().limits;
  for (const auto& [converter, own] : config.settings().converter_limits) {
    limits.documents_per_process =
        std::max(limits.documents_per_process, own.documents_per_process);
  }
  return {worker_program(),
          worker_stderr ? platform::Child::Stderr::kInherit : platform::Child::Stderr::kNull,
          config.settings().sandbox, limits};
}

Workspace open_workspace(platform::Files& files, const Args& args, const Io& io, NeedsKb needs_kb) {
  auto kb = needs_kb == NeedsKb::kYes ? std::optional(need_kb(files, args, io))
                                      : find_kb(files, args, io);
  Config config = Config::load(files, args, io, kb);
  auto pins = read_pins(files, io, config.settings().locked);
  auto catalog = plugin::Catalog::scan(files, config.search_paths(), policy_of(config, args, pins));
  log_setup(io, config, catalog);
  check_plugin_options(config.plugin_options(), catalog);
  plugin::Router router(catalog);
  const ConvertingArgs* converting = converting_args(args.command);
  if (converting != nullptr) {
    check_named(converting->converter, catalog);
    for (PluginOption& option : read_given_options(converting->options, catalog)) {
      config.set_plugin_option(std::move(option));
    }
    for (const plugin::Refused& refused : catalog.refused()) {
      // What stands in line is reported with the documents that it would have converted.
      if (args.global.quiet || refused.why != plugin::Refused::Why::kNoManifest) continue;
      io.err << "warning plugin in " << visible(refused.path)
             << " is left out: " << visible(refused.reason) << "\n";
    }
    for (const std::string& text : limits_without_effect(config.converter_limits(), catalog)) {
      if (!args.global.quiet) io.err << "warning " << visible(text) << "\n";
    }
  }
  return {std::move(kb),
          std::move(config),
          std::move(catalog),
          std::move(router),
          converting != nullptr ? converting->converter : std::string(),
          std::move(pins),
          args.global.verbose > 1,
          converting != nullptr ? lanes_with_files() : 1,
          io.log};
}

std::string need_kb(platform::Files& files, const Args& args, const Io& io) {
  auto kb = find_kb(files, args, io);
  if (kb) return *kb;
  throw Error("find a knowledge base in", io.working_directory + " or above it",
              "there is no .sluice directory", "make one with 'sluice init', or name one with -C",
              ExitCode::kNoKb);
}

std::optional<std::string> lock_file_path(const Io& io) {
  const auto folder = user_config_folder(io);
  if (!folder) return std::nullopt;
  return *folder + "/plugins.lock";
}

Progress::Style progress_style(const GlobalArgs& global, const Io& io) {
  if (global.progress == ShowProgress::kJson) return Progress::Style::kJson;
  if (global.quiet || global.progress == ShowProgress::kNever) return Progress::Style::kNone;
  const auto term = io.env("TERM");
  // The log goes where a bar would be drawn.
  const bool can_draw = io.err_is_terminal && term.value_or("dumb") != "dumb" && global.verbose < 2;
  if (global.progress == ShowProgress::kAlways) {
    return can_draw ? Progress::Style::kBar : Progress::Style::kLines;
  }
  // With results for a program on the same terminal, a bar would only be in the way.
  if (can_draw && !(global.json && io.out_is_terminal)) return Progress::Style::kBar;
  return Progress::Style::kLines;
}

std::string installation_prefix() {
  const std::string program = platform::executable_path();
  const std::string bin = program.substr(0, program.rfind('/'));
  return bin.substr(0, bin.rfind('/'));
}

std::string worker_program() {
  return installation_prefix() + "/libexec/sluice/sluice-worker";
}

std::string fetch_program_path() {
  return installation_prefix() + "/libexec/sluice/sluice-fetch";
}

}  // namespace sluice::cli
