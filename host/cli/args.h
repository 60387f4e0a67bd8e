// The command line as plain values: what the user asked for, before any configuration. CLI11 stays
// behind this header.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/layout.h"

namespace sluice::cli {

enum class When { kAuto, kAlways, kNever };
enum class ShowProgress { kAuto, kAlways, kNever, kJson };

// What any command takes, before or behind its name.
struct GlobalArgs {
  std::optional<std::string> kb;  // -C, --kb
  std::optional<unsigned> jobs;
  bool quiet = false;
  unsigned verbose = 0;  // -v: 1, -vv: 2
  bool json = false;
  std::string log_file;  // --log, or empty
  When color = When::kAuto;
  ShowProgress progress = ShowProgress::kAuto;
  std::optional<std::chrono::milliseconds> lock_timeout;
};

// What add and convert say about converting.
struct ConvertingArgs {
  std::optional<std::chrono::milliseconds> timeout;
  std::optional<std::uint64_t> memory_limit;  // bytes
  std::string converter;                      // an id, or empty
  std::vector<std::string> options;           // CONVERTER.KEY=VALUE
  std::string on_edit;                        // a word of [output] on_edit, or empty
};

// A type for each command; its name is that of its page in cli/manual.
struct InitArgs {
  static constexpr std::string_view kName = "init";
  std::string dir;                          // "." if none was given
  std::optional<layout::Kind> layout = {};  // else that of [output] layout
};
// What a scan of directories takes.
struct ScanArgs {
  std::vector<std::string> globs;
  bool no_ignore = false;
  bool hidden = false;
};
struct AddArgs {
  static constexpr std::string_view kName = "add";
  std::vector<std::string> paths;
  ScanArgs scan;
  std::optional<std::string> files_from;  // "-" is standard input
  bool nul_separated = false;
  bool fail_fast = false;
  bool strict = false;
  bool dry_run = false;
  ConvertingArgs converting;
};
// A part of a list: the `number`-th of `of`, from 1 on.
struct Shard {
  std::uint64_t number = 1;
  std::uint64_t of = 1;
};
struct PrepareArgs {
  static constexpr std::string_view kName = "prepare";
  std::vector<std::string> paths;
  std::string out;
  Shard shard;
  ScanArgs scan;
  std::optional<std::string> files_from;  // "-" is standard input
  bool nul_separated = false;
  std::optional<std::string> list;  // "-" is standard input
  bool strict = false;
  ConvertingArgs converting;
};
struct CommitArgs {
  static constexpr std::string_view kName = "commit";
  std::vector<std::string> paths;
  bool strict = false;
};
struct ImportOpenKbArgs {
  static constexpr std::string_view kName = "import openkb";
  std::string dir;
  bool dry_run = false;
  bool strict = false;
};
struct ExportOpenKbArgs {
  static constexpr std::string_view kName = "export openkb";
  std::string dir;
  bool dry_run = false;
};
struct BundleShowArgs {
  static constexpr std::string_view kName = "bundle show";
  std::vector<std::string> paths;
};
struct BundleCheckArgs {
  static constexpr std::string_view kName = "bundle check";
  std::vector<std::string> paths;
};
struct ConvertArgs {
  static constexpr std::string_view kName = "convert";
  std::string file;                   // "-" is standard input
  std::string media_type;             // or empty
  std::optional<std::string> name;    // of standard input, a file's name without a folder
  std::optional<std::string> output;  // a file; else standard output
  std::optional<std::string> assets_dir;
  bool children = false;  // print the documents within it, too
  ConvertingArgs converting;
};
struct ListArgs {
  static constexpr std::string_view kName = "list";
  bool failed = false;
  bool edited = false;
  std::vector<std::string> filters;
  std::string sort;     // or empty
  std::string columns;  // or empty
  bool reverse = false;
  bool is_long = false;
};
struct ShowArgs {
  static constexpr std::string_view kName = "show";
  std::string name;
};
struct StatusArgs {
  static constexpr std::string_view kName = "status";
};
struct RemoveArgs {
  static constexpr std::string_view kName = "remove";
  // Names of documents, paths that lead to them, folders of sources, globs.
  std::vector<std::string> names;
  std::vector<std::string> from_roots;  // folders of sources, there or not
  bool missing = false;                 // all whose sources are gone
  bool keep_raw = false;
  bool dry_run = false;
};
// How many documents sync may take out.
struct MaxDelete {
  std::uint64_t number = 0;
  bool is_percent = false;  // of the documents that came from the folders
};
struct SyncArgs {
  static constexpr std::string_view kName = "sync";
  std::vector<std::string> dirs;  // empty: those of [sync] in the configuration
  ScanArgs scan;
  std::optional<MaxDelete> max_delete;
  bool force = false;
  bool fail_fast = false;
  bool strict = false;
  bool dry_run = false;
  ConvertingArgs converting;
};
struct WatchArgs {
  static constexpr std::string_view kName = "watch";
  std::vector<std::string> dirs;  // empty: those of [sync] in the configuration
  ScanArgs scan;
  std::optional<MaxDelete> max_delete;
  bool once = false;
  bool always_polls = false;  // --poll was given
  std::chrono::milliseconds poll{60'000};
  ConvertingArgs converting;
};
struct RetryArgs {
  static constexpr std::string_view kName = "retry";
  bool strict = false;
  ConvertingArgs converting;
};
struct OutdatedArgs {
  static constexpr std::string_view kName = "outdated";
};
struct ReconvertArgs {
  static constexpr std::string_view kName = "reconvert";
  std::vector<std::string> names;  // of documents, or paths that lead to them; empty: the outdated
  bool all = false;
  bool dry_run = false;
  ConvertingArgs converting;
};
struct LogArgs {
  static constexpr std::string_view kName = "log";
  std::uint64_t since = 0;  // the number of the last event that is known
  bool follow = false;
};
struct ReportArgs {
  static constexpr std::string_view kName = "report";
  std::optional<std::string> html;    // "-" is standard output
  std::optional<std::int64_t> since;  // the number of the last event that is known
};
struct HooksArgs {
  static constexpr std::string_view kName = "hooks";
  bool run = false;
};
struct RecoverArgs {
  static constexpr std::string_view kName = "recover";
};
struct CheckArgs {
  static constexpr std::string_view kName = "check";
  bool repair = false;
  bool quick = false;
};
struct PluginListArgs {
  static constexpr std::string_view kName = "plugin list";
  bool verify = false;
};
struct PluginInfoArgs {
  static constexpr std::string_view kName = "plugin info";
  std::string id;
};
struct PluginWhyArgs {
  static constexpr std::string_view kName = "plugin why";
  std::string file;
};
struct PluginInstallArgs {
  static constexpr std::string_view kName = "plugin install";
  std::string source;  // a tar file, or a folder
  bool replace = false;
};
struct PluginRemoveArgs {
  static constexpr std::string_view kName = "plugin remove";
  std::string id;
};
struct PluginEnableArgs {
  static constexpr std::string_view kName = "plugin enable";
  std::vector<std::string> ids;
};
struct PluginDisableArgs {
  static constexpr std::string_view kName = "plugin disable";
  std::vector<std::string> ids;
};
struct PluginOrderArgs {
  static constexpr std::string_view kName = "plugin order";
  std::vector<std::string> ids;  // none: say the order
  bool clear = false;
};
struct PluginVerifyArgs {
  static constexpr std::string_view kName = "plugin verify";
  std::vector<std::string> ids;  // none: all
};
struct PluginPinArgs {
  static constexpr std::string_view kName = "plugin pin";
};
struct ConfigShowArgs {
  static constexpr std::string_view kName = "config show";
};
struct ConfigCheckArgs {
  static constexpr std::string_view kName = "config check";
  std::optional<std::string> file;  // nothing: every file that is in effect
};
struct DoctorArgs {
  static constexpr std::string_view kName = "doctor";
};
// A queue's database: a URL, or empty for SLUICE_QUEUE.
struct QueueInitArgs {
  static constexpr std::string_view kName = "queue init";
  std::string url;
  std::optional<std::string> store = {};
  std::optional<std::chrono::milliseconds> lease = {};
  std::optional<std::uint64_t> attempts = {};
  std::optional<std::uint64_t> window = {};
};
struct QueueSubmitArgs {
  static constexpr std::string_view kName = "queue submit";
  std::vector<std::string> paths;
  std::string url;
  ScanArgs scan;
  std::optional<std::string> files_from;  // "-" is standard input
  bool nul_separated = false;
};
struct QueueStatusArgs {
  static constexpr std::string_view kName = "queue status";
  std::string url;
};
struct QueueRetryArgs {
  static constexpr std::string_view kName = "queue retry";
  std::vector<std::uint64_t> numbers;  // none: all
  std::string url;
};
struct QueueCancelArgs {
  static constexpr std::string_view kName = "queue cancel";
  std::vector<std::uint64_t> numbers;
  bool all = false;
  std::string url;
};
struct WorkArgs {
  static constexpr std::string_view kName = "work";
  std::string url;
  bool once = false;
  std::optional<std::uint64_t> batch = {};
  std::string scratch = {};  // or empty
  ConvertingArgs converting = {};
};
struct QueueCommitArgs {
  static constexpr std::string_view kName = "queue commit";
  std::string url;
  bool once = false;
  std::string scratch = {};  // or empty
};
struct CompleteArgs {
  static constexpr std::string_view kName = "complete";
  std::vector<std::string> words;
};

using Command = std::variant<
    InitArgs, AddArgs, PrepareArgs, CommitArgs, ImportOpenKbArgs, ExportOpenKbArgs, BundleShowArgs,
    BundleCheckArgs, ConvertArgs, SyncArgs, WatchArgs, RetryArgs, OutdatedArgs, ReconvertArgs,
    ListArgs, ShowArgs, StatusArgs, ReportArgs, LogArgs, HooksArgs, RemoveArgs, RecoverArgs,
    CheckArgs, PluginListArgs, PluginInfoArgs, PluginWhyArgs, PluginInstallArgs, PluginRemoveArgs,
    PluginEnableArgs, PluginDisableArgs, PluginOrderArgs, PluginVerifyArgs, PluginPinArgs,
    ConfigShowArgs, ConfigCheckArgs, DoctorArgs, QueueInitArgs, QueueSubmitArgs, QueueStatusArgs,
    QueueRetryArgs, QueueCancelArgs, QueueCommitArgs, WorkArgs, CompleteArgs>;

struct Args {
  GlobalArgs global;
  std::vector<std::string> plugins;  // --plugin
  bool locked = false;               // --locked
  Command command;
};

// What a command says about converting, or about the files of a directory; nullptr for a command
// that does not.
const ConvertingArgs* converting_args(const Command& command);
const ScanArgs* scan_args(const Command& command);

// The command's name as a user writes it: "plugin list".
std::string_view command_name(const Command& command);

// Instead of a command: --help or --version.
struct Answer {
  enum class Kind { kVersion, kShortHelp, kHelp } kind = Kind::kHelp;
  std::string command;  // "", "add", "plugin", "plugin list": what the help is about
};

// Reads a command line without the program's name. Throws Error (kUsage) with one clear line and,
// where a word is nearly right, the right one.
std::variant<Args, Answer> parse_args(const std::vector<std::string>& arguments);

}  // namespace sluice::cli
