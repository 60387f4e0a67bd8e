// From the words of a command line to typed values: for each command a function typed(), which
// finds the words by the names on the command's page (cli/manual).
#include "cli/args_words.h"
#include "cli/values.h"
#include "model/layout.h"
#include "owner/hand_edit.h"

namespace sluice::cli {
namespace {

constexpr unsigned kMaxJobs = 1024;
constexpr std::uint64_t kMaxTimeout = 7 * 24 * 3600 * 1000;

When when_of(const Given& given, const std::string& option) {
  const std::string word = given.text(option).value_or("auto");
  if (word == "auto") return When::kAuto;
  if (word == "always") return When::kAlways;
  if (word == "never") return When::kNever;
  refuse_value(option, word, "auto, always or never");
}

ShowProgress progress_of(const Given& given) {
  const std::string word = given.text("--progress").value_or("auto");
  if (word == "auto") return ShowProgress::kAuto;
  if (word == "always") return ShowProgress::kAlways;
  if (word == "never") return ShowProgress::kNever;
  if (word == "json") return ShowProgress::kJson;
  refuse_value("--progress", word, "auto, always, never or json");
}

// Of a command that publishes, and so can meet a Markdown file that was changed by hand.
ConvertingArgs typed_publishing(const Given& given) {
  ConvertingArgs converting = typed_converting(given);
  converting.on_edit = given.text("--on-edit").value_or("");
  if (!converting.on_edit.empty() && !owner::on_edit_from_word(converting.on_edit)) {
    refuse_value("--on-edit", converting.on_edit, "keep, ours or merge");
  }
  return converting;
}

MaxDelete max_delete_of(const std::string& text) {
  MaxDelete most;
  most.is_percent = text.ends_with('%');
  const auto number = parse_count(text.substr(0, text.size() - (most.is_percent ? 1 : 0)));
  if (!number || (most.is_percent && *number > 100)) {
    refuse_value("--max-delete", text, "a number of documents or a share, as in 50 or 20%");
  }
  most.number = *number;
  return most;
}

// What a command's words come to; the argument after them only selects the function.
Command typed(const Given& given, const InitArgs*) {
  const auto dirs = given.operands("a directory");
  InitArgs init{dirs.empty() ? "." : dirs.front()};
  if (const auto word = given.text("--layout")) {
    init.layout = layout::kind_from_word(*word);
    if (!init.layout) refuse_value("--layout", *word, "flat or mirror");
  }
  return init;
}

Command typed(const Given& given, const AddArgs*) {
  AddArgs add;
  add.files_from = given.text("--files-from");
  add.paths = add.files_from ? given.operands("a path") : given.required_operands("a path");
  add.scan = typed_scan(given);
  add.nul_separated = given.has("-0");
  add.fail_fast = given.has("--fail-fast");
  add.strict = given.has("--strict");
  add.dry_run = given.has("--dry-run");
  add.converting = typed_publishing(given);
  if (add.nul_separated && !add.files_from)
    refuse("-0 is for --files-from", "give --files-from FILE");
  return add;
}

Shard shard_of(const std::string& text) {
  const std::size_t slash = text.find('/');
  const auto number = parse_count(text.substr(0, slash));
  const auto of = slash == std::string::npos ? std::nullopt : parse_count(text.substr(slash + 1));
  if (!number || !of || *number < 1 || *number > *of) {
    refuse_value("--shard", text, "a part of all, as in 3/8");
  }
  return {*number, *of};
}

Command typed(const Given& given, const PrepareArgs*) {
  PrepareArgs prepare;
  prepare.files_from = given.text("--files-from");
  prepare.list = given.text("--list");
  const bool has_list = prepare.files_from || prepare.list;
  prepare.paths = has_list ? given.operands("a path") : given.required_operands("a path");
  prepare.out = given.text("--out").value_or("");
  if (const auto text = given.text("--shard")) prepare.shard = shard_of(*text);
  prepare.scan = typed_scan(given);
  prepare.nul_separated = given.has("-0");
  prepare.strict = given.has("--strict");
  prepare.converting = typed_converting(given);
  if (prepare.nul_separated && !prepare.files_from)
    refuse("-0 is for --files-from", "give --files-from FILE");
  return prepare;
}

Command typed(const Given& given, const CommitArgs*) {
  return CommitArgs{.paths = given.required_operands("a folder of bundles"),
                    .strict = given.has("--strict")};
}

Command typed(const Given& given, const ImportOpenKbArgs*) {
  return ImportOpenKbArgs{.dir = given.required_operand("the folder of OpenKB"),
                          .dry_run = given.has("--dry-run"),
                          .strict = given.has("--strict")};
}

Command typed(const Given& given, const ExportOpenKbArgs*) {
  return ExportOpenKbArgs{.dir = given.required_operand("a folder for OpenKB"),
                          .dry_run = given.has("--dry-run")};
}

Command typed(const Given& given, const BundleShowArgs*) {
  return BundleShowArgs{given.required_operands("a bundle")};
}

Command typed(const Given& given, const BundleCheckArgs*) {
  return BundleCheckArgs{given.required_operands("a folder of bundles")};
}

Command typed(const Given& given, const ConvertArgs*) {
  ConvertArgs convert;
  convert.file = given.required_operand("a file, or - for standard input,");
  convert.media_type = given.text("--media-type").value_or("");
  convert.assets_dir = given.text("--assets");
  if (convert.assets_dir == "") refuse_value("--assets", "", "a directory");
  convert.output = given.text("--output");
  if (convert.output == "") refuse_value("--output", "", "a file");
  if (convert.output == "-") convert.output.reset();  // standard output, as without it
  convert.children = given.has("--children");
  convert.name = given.text("--name");
  if (convert.name && convert.file != "-")
    refuse("--name is for standard input", "give - as the file");
  if (convert.name && !layout::is_plain_name(*convert.name))
    refuse_value("--name", *convert.name, "the name of a file, without its folder");
  convert.converting = typed_converting(given);
  return convert;
}

Command typed(const Given& given, const SyncArgs*) {
  SyncArgs sync;
  sync.dirs = given.operands("a directory");
  sync.scan = typed_scan(given);
  if (const auto text = given.text("--max-delete")) sync.max_delete = max_delete_of(*text);
  sync.force = given.has("--force");
  sync.fail_fast = given.has("--fail-fast");
  sync.strict = given.has("--strict");
  sync.dry_run = given.has("--dry-run");
  sync.converting = typed_publishing(given);
  return sync;
}

Command typed(const Given& given, const WatchArgs*) {
  WatchArgs watch;
  watch.dirs = given.operands("a directory");
  watch.scan = typed_scan(given);
  if (const auto text = given.text("--max-delete")) watch.max_delete = max_delete_of(*text);
  watch.once = given.has("--once");
  if (const auto text = given.text("--poll")) {
    const auto milliseconds = parse_seconds(*text);
    if (!milliseconds || *milliseconds < 1'000 || *milliseconds > kMaxTimeout) {
      refuse_value("--poll", *text, "seconds, from 1 on");
    }
    watch.poll = std::chrono::milliseconds(*milliseconds);
    watch.always_polls = true;
  }
  watch.converting = typed_publishing(given);
  return watch;
}

Command typed(const Given& given, const RetryArgs*) {
  return RetryArgs{.strict = given.has("--strict"), .converting = typed_publishing(given)};
}

Command typed(const Given&, const OutdatedArgs*) {
  return OutdatedArgs{};
}

Command typed(const Given& given, const ReconvertArgs*) {
  ReconvertArgs reconvert;
  reconvert.names = given.operands("a document's name");
  reconvert.all = given.has("--all");
  reconvert.dry_run = given.has("--dry-run");
  reconvert.converting = typed_publishing(given);
  if (reconvert.all && !reconvert.names.empty()) {
    refuse("--all and names of documents exclude each other", "give one of them");
  }
  return reconvert;
}

Command typed(const Given& given, const ListArgs*) {
  ListArgs list{.failed = given.has("--failed"),
                .edited = given.has("--edited"),
                .filters = given.texts("--filter"),
                .sort = given.text("--sort").value_or(""),
                .columns = given.text("--columns").value_or(""),
                .reverse = given.has("--reverse"),
                .is_long = given.has("--long")};
  if (list.is_long && !list.columns.empty()) {
    refuse("--long and --columns exclude each other", "give one of them");
  }
  const bool selects = !list.filters.empty() || !list.sort.empty() || !list.columns.empty() ||
                       list.reverse || list.is_long;
  if (list.edited && (selects || list.failed)) {
    refuse("--edited and other options exclude each other", "give --edited alone");
  }
  if (list.failed && selects) {
    refuse("--failed prints no table", "use --filter state=failed with the other options");
  }
  return list;
}

Command typed(const Given& given, const ShowArgs*) {
  return ShowArgs{given.required_operand("a document's name")};
}

Command typed(const Given&, const StatusArgs*) {
  return StatusArgs{};
}

// --since, of log and report.
std::optional<std::uint64_t> event_number(const Given& given) {
  const auto text = given.text("--since");
  if (!text) return std::nullopt;
  const auto number = parse_count(*text);
  if (!number) refuse_value("--since", *text, "the number of an event, as in 120");
  return number;
}

Command typed(const Given& given, const ReportArgs*) {
  ReportArgs report;
  report.html = given.text("--html");
  if (const auto number = event_number(given)) {
    report.since = static_cast<std::int64_t>(*number);
  }
  return report;
}

Command typed(const Given& given, const LogArgs*) {
  LogArgs log;
  log.since = event_number(given).value_or(0);
  log.follow = given.has("--follow");
  return log;
}

Command typed(const Given& given, const RemoveArgs*) {
  RemoveArgs remove;
  remove.missing = given.has("--missing");
  remove.from_roots = given.texts("--from-root");
  for (const std::string& root : remove.from_roots) {
    if (root.empty()) refuse_value("--from-root", root, "a folder");
  }
  const bool chooses = remove.missing || !remove.from_roots.empty();
  remove.names =
      chooses ? given.operands("a document's name") : given.required_operands("a document's name");
  remove.keep_raw = given.has("--keep-raw");
  remove.dry_run = given.has("--dry-run");
  return remove;
}

Command typed(const Given& given, const HooksArgs*) {
  return HooksArgs{given.has("--run")};
}

Command typed(const Given&, const RecoverArgs*) {
  return RecoverArgs{};
}

Command typed(const Given& given, const CheckArgs*) {
  return CheckArgs{.repair = given.has("--repair"), .quick = given.has("--quick")};
}

Command typed(const Given& given, const PluginListArgs*) {
  return PluginListArgs{.verify = given.has("--verify")};
}

Command typed(const Given& given, const PluginInfoArgs*) {
  return PluginInfoArgs{given.required_operand("a plugin's id")};
}

Command typed(const Given& given, const PluginWhyArgs*) {
  return PluginWhyArgs{given.required_operand("a file")};
}

Command typed(const Given& given, const PluginInstallArgs*) {
  return PluginInstallArgs{.source = given.required_operand("a tar file or a folder"),
                           .replace = given.has("--replace")};
}

Command typed(const Given& given, const PluginRemoveArgs*) {
  return PluginRemoveArgs{given.required_operand("a plugin's id")};
}

Command typed(const Given& given, const PluginEnableArgs*) {
  return PluginEnableArgs{given.required_operands("a plugin's id")};
}

Command typed(const Given& given, const PluginDisableArgs*) {
  return PluginDisableArgs{given.required_operands("a plugin's id")};
}

Command typed(const Given& given, const PluginOrderArgs*) {
  PluginOrderArgs order{.ids = given.operands("a plugin's id"), .clear = given.has("--clear")};
  if (order.clear && !order.ids.empty()) refuse("--clear and ids exclude each other", "give one");
  return order;
}

Command typed(const Given& given, const PluginVerifyArgs*) {
  return PluginVerifyArgs{given.operands("a plugin's id")};
}

Command typed(const Given&, const PluginPinArgs*) {
  return PluginPinArgs{};
}

Command typed(const Given&, const ConfigShowArgs*) {
  return ConfigShowArgs{};
}

Command typed(const Given& given, const ConfigCheckArgs*) {
  const auto files = given.operands("a file");
  return files.empty() ? ConfigCheckArgs{} : ConfigCheckArgs{files.front()};
}

Command typed(const Given&, const DoctorArgs*) {
  return DoctorArgs{};
}

// The last word may be empty: nothing of it is written yet.
Command typed(const Given& given, const CompleteArgs*) {
  return CompleteArgs{given.words()};
}

// Tries the types of Command one after the other for that of the page's name.
template <std::size_t kIndex = 0>
Command typed_by_name(const Given& given) {
  if constexpr (kIndex == std::variant_size_v<Command>) {
    throw std::logic_error("a page of the manual has no type in Command");
  } else {
    using Type = std::variant_alternative_t<kIndex, Command>;
    if (Type::kName == given.page().name) return typed(given, static_cast<Type*>(nullptr));
    return typed_by_name<kIndex + 1>(given);
  }
}

}  // namespace

ConvertingArgs typed_converting(const Given& given) {
  ConvertingArgs converting;
  converting.options = given.texts("--option");
  converting.converter = given.text("--converter").value_or("");
  if (const auto text = given.text("--timeout")) {
    const auto milliseconds = parse_seconds(*text);
    if (!milliseconds || *milliseconds < 100 || *milliseconds > kMaxTimeout) {
      refuse_value("--timeout", *text, "seconds, from 0.1 to a week");
    }
    converting.timeout = std::chrono::milliseconds(*milliseconds);
  }
  if (const auto text = given.text("--memory-limit")) {
    const auto bytes = parse_size(*text);
    if (!bytes || *bytes < (64ULL << 20)) {
      refuse_value("--memory-limit", *text, "a size of at least 64MiB, as in 2GiB");
    }
    converting.memory_limit = *bytes;
  }
  return converting;
}

ScanArgs typed_scan(const Given& given) {
  return {.globs = given.texts("--glob"),
          .no_ignore = given.has("--no-ignore"),
          .hidden = given.has("--hidden")};
}

GlobalArgs typed_global(const Given& given) {
  GlobalArgs global;
  global.kb = given.text("--kb");
  if (global.kb == "") refuse_value("--kb", "", "a directory");
  if (const auto text = given.text("--jobs")) {
    const auto jobs = parse_count(*text);
    if (!jobs || *jobs < 1 || *jobs > kMaxJobs) {
      refuse_value("--jobs", *text, "a number from 1 to " + std::to_string(kMaxJobs));
    }
    global.jobs = static_cast<unsigned>(*jobs);
  }
  global.quiet = given.has("--quiet");
  global.verbose = static_cast<unsigned>(given.count("--verbose"));
  if (global.quiet && global.verbose > 0)
    refuse("--quiet and --verbose exclude each other", "give one");
  global.json = given.has("--json");
  global.log_file = given.text("--log").value_or("");
  global.color = when_of(given, "--color");
  global.progress = progress_of(given);
  if (const auto text = given.text("--lock-timeout")) {
    const auto milliseconds = parse_seconds(*text);
    if (!milliseconds || *milliseconds > kMaxTimeout)
      refuse_value("--lock-timeout", *text, "seconds, as in 30 or 0.5");
    global.lock_timeout = std::chrono::milliseconds(*milliseconds);
  }
  return global;
}

Command typed_command(const Given& given) {
  return typed_by_name(given);
}

}  // namespace sluice::cli
