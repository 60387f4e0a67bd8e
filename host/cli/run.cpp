// One command line from its words to its exit code: the only place where errors become messages.
#include <algorithm>
#include <new>
#include <system_error>

#include "cli/args.h"
#include "cli/commands/add.h"
#include "cli/commands/bundle.h"
#include "cli/commands/check.h"
#include "cli/commands/commit.h"
#include "cli/commands/complete.h"
#include "cli/commands/config.h"
#include "cli/commands/convert.h"
#include "cli/commands/doctor.h"
#include "cli/commands/hooks.h"
#include "cli/commands/init.h"
#include "cli/commands/list.h"
#include "cli/commands/log.h"
#include "cli/commands/openkb.h"
#include "cli/commands/plugin.h"
#include "cli/commands/prepare.h"
#include "cli/commands/reconvert.h"
#include "cli/commands/recover.h"
#include "cli/commands/remove.h"
#include "cli/commands/report.h"
#include "cli/commands/sync.h"
#include "cli/commands/watch.h"
#include "cli/config.h"
#include "cli/diagnostics.h"
#include "cli/io.h"
#include "cli/manual/help.h"
#include "cli/messages.h"
#include "cli/program.h"
#include "cli/queue_program.h"
#include "cli/text.h"
#include "platform/error.h"

#ifndef SLUICE_VERSION
#error "the build defines SLUICE_VERSION"
#endif

namespace sluice::cli {
namespace {

// Sends each command to its file. It has so many functions because each command has one of them.
struct Dispatch {
  platform::Files& files;
  const Args& args;
  Io& io;
  const QueueCommands& queue;
  const std::vector<std::string>& words;

  int operator()(const InitArgs& init) const { return run_init(files, args, init, io); }
  int operator()(const AddArgs& add) const { return run_add(files, args, add, io); }
  int operator()(const PrepareArgs& prepare) const { return run_prepare(files, args, prepare, io); }
  int operator()(const CommitArgs& commit) const { return run_commit(files, args, commit, io); }
  int operator()(const ImportOpenKbArgs& import) const {
    return run_import_openkb(files, args, import, io);
  }
  int operator()(const ExportOpenKbArgs& wanted) const {
    return run_export_openkb(files, args, wanted, io);
  }
  int operator()(const BundleShowArgs& show) const {
    return run_bundle_show(files, args, show, io);
  }
  int operator()(const BundleCheckArgs& check) const {
    return run_bundle_check(files, args, check, io);
  }
  int operator()(const ConvertArgs& convert) const { return run_convert(files, args, convert, io); }
  int operator()(const SyncArgs& sync) const { return run_sync(files, args, sync, io); }
  int operator()(const WatchArgs& watch) const { return run_watch(files, args, watch, io); }
  int operator()(const RetryArgs& retry) const { return run_retry(files, args, retry, io); }
  int operator()(const OutdatedArgs&) const { return run_outdated(files, args, io); }
  int operator()(const ReconvertArgs& reconvert) const {
    return run_reconvert(files, args, reconvert, io);
  }
  int operator()(const LogArgs& log) const { return run_log(files, args, log, io); }
  int operator()(const ReportArgs& report) const { return run_report(files, args, report, io); }
  int operator()(const HooksArgs& hooks) const { return run_hooks(files, args, hooks, io); }
  int operator()(const ListArgs& list) const { return run_list(files, args, list, io); }
  int operator()(const ShowArgs& show) const { return run_show(files, args, show, io); }
  int operator()(const StatusArgs&) const { return run_status(files, args, io); }
  int operator()(const RemoveArgs& remove) const { return run_remove(files, args, remove, io); }
  int operator()(const RecoverArgs&) const { return run_recover(files, args, io); }
  int operator()(const CheckArgs& check) const { return run_check(files, args, check, io); }
  int operator()(const PluginListArgs& list) const {
    return run_plugin_list(files, args, list, io);
  }
  int operator()(const PluginInfoArgs& info) const {
    return run_plugin_info(files, args, info, io);
  }
  int operator()(const PluginWhyArgs& why) const { return run_plugin_why(files, args, why, io); }
  int operator()(const PluginInstallArgs& install) const {
    return run_plugin_install(files, args, install, io);
  }
  int operator()(const PluginRemoveArgs& remove) const {
    return run_plugin_remove(files, args, remove, io);
  }
  int operator()(const PluginEnableArgs& enable) const {
    return run_plugin_enable(files, args, enable, io);
  }
  int operator()(const PluginDisableArgs& disable) const {
    return run_plugin_disable(files, args, disable, io);
  }
  int operator()(const PluginOrderArgs& order) const {
    return run_plugin_order(files, args, order, io);
  }
  int operator()(const PluginVerifyArgs& verify) const {
    return run_plugin_verify(files, args, verify, io);
  }
  int operator()(const PluginPinArgs&) const { return run_plugin_pin(files, args, io); }
  int operator()(const ConfigShowArgs&) const { return run_config_show(files, args, io); }
  int operator()(const ConfigCheckArgs& check) const {
    return run_config_check(files, args, check, io);
  }
  int operator()(const DoctorArgs&) const { return run_doctor(files, args, io); }
  int operator()(const CompleteArgs& complete) const {
    return run_complete(files, args, complete, io);
  }
  template <typename QueueArgs>
  int operator()(const QueueArgs&) const {
    static_assert(is_of_queue(QueueArgs::kName), "this command has no function");
    return queue ? queue(files, args, io) : become_queue_program(words, io);
  }
};

// Whether the command's work is on the disk, and not what it prints.
bool works_on_disk(const Command& command) {
  return std::holds_alternative<InitArgs>(command) || std::holds_alternative<AddArgs>(command) ||
         std::holds_alternative<PrepareArgs>(command) ||
         std::holds_alternative<CommitArgs>(command) ||
         std::holds_alternative<ImportOpenKbArgs>(command) ||
         std::holds_alternative<ExportOpenKbArgs>(command) ||
         std::holds_alternative<SyncArgs>(command) || std::holds_alternative<WatchArgs>(command) ||
         std::holds_alternative<RetryArgs>(command) ||
         std::holds_alternative<ReconvertArgs>(command) ||
         std::holds_alternative<RemoveArgs>(command) ||
         std::holds_alternative<RecoverArgs>(command) ||
         std::holds_alternative<CheckArgs>(command) ||
         std::holds_alternative<PluginInstallArgs>(command) ||
         std::holds_alternative<PluginRemoveArgs>(command) ||
         std::holds_alternative<PluginEnableArgs>(command) ||
         std::holds_alternative<PluginDisableArgs>(command) ||
         std::holds_alternative<PluginPinArgs>(command) ||
         (is_of_queue(command_name(command)) && !std::holds_alternative<QueueStatusArgs>(command));
}

// What was printed did not arrive. A reader that has seen enough is no error; and no trouble with
// the output changes what is committed, or what it deserves.
void check_output(const Command& command, Io& io) {
  io.out.flush();
  if (io.out || (io.reader_gone && io.reader_gone())) return;
  const Error error("write", "the results", "standard output does not take them",
                    "check what reads it, and the space on its disk");
  if (!works_on_disk(command)) throw error;
  io.err << "warning " << error.what() << "; the work itself is done\n" << std::flush;
}

// What logs while the command runs, and no longer.
class LogInUse {
 public:
  LogInUse(Io& io, Log& log) : io_(io) { io_.log = &log; }
  ~LogInUse() { io_.log = nullptr; }
  LogInUse(const LogInUse&) = delete;
  LogInUse& operator=(const LogInUse&) = delete;

 private:
  Io& io_;
};

int run_command(const Args& args, Io& io, const QueueCommands& queue,
                const std::vector<std::string>& words) {
  platform::Files files;
  const int code = std::visit(Dispatch{files, args, io, queue, words}, args.command);
  check_output(args.command, io);
  return code;
}

int run_parsed(const Args& args, Io& io, const QueueCommands& queue,
               const std::vector<std::string>& words) {
  Diagnostics log(io.err, args.global.verbose,
                  args.global.log_file.empty() ? "" : absolute_path(io, args.global.log_file));
  const LogInUse in_use(io, log);
  log.info("sluice " SLUICE_VERSION ", " + std::string(command_name(args.command)) + " in " +
           io.working_directory);
  try {
    const int code = run_command(args, io, queue, words);
    log.info("exit code " + std::to_string(code));
    return code;
  } catch (const std::exception& error) {
    log.info(error.what());
    throw;
  }
}

std::string answer_text(const Answer& answer, const Io& io) {
  if (answer.kind == Answer::Kind::kVersion) return "sluice " SLUICE_VERSION "\n";
  const Paint paint(When::kAuto, io.out_is_terminal, io);
  HelpLayout layout{.paint = &paint};
  if (const unsigned columns = io.out_columns ? io.out_columns() : 0; columns > 0) {
    layout.columns = columns;
  }
  return help_text(answer, layout);
}

int run_words(const std::vector<std::string>& words, Io& io, const QueueCommands& queue) {
  const auto parsed = parse_args(words);
  if (const auto* answer = std::get_if<Answer>(&parsed)) {
    io.out << answer_text(*answer, io) << std::flush;
    return static_cast<int>(ExitCode::kOk);
  }
  return run_parsed(std::get<Args>(parsed), io, queue, words);
}

// Known even where the rest of the command line makes no sense.
Format format_of(const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), "--json") != words.end() ? Format::kJson
                                                                        : Format::kText;
}

Error out_of_memory() {
  return Error("go on", "", "there is not enough memory", "lower --jobs");
}
Error bug(const std::exception& error) {
  return Error("go on", "", std::string("a bug in Sluice: ") + error.what(),
               "run it again with -vv and report what it says");
}

}  // namespace

int run(const std::vector<std::string>& words, Io& io) {
  return run(words, io, QueueCommands());
}

int run(const std::vector<std::string>& words, Io& io, const QueueCommands& queue) {
  const auto report = [&](const Error& error) {
    print_error(io, error, format_of(words), Paint(When::kAuto, io.err_is_terminal, io));
    return static_cast<int>(error.exit_code());
  };
  try {
    return run_words(words, io, queue);
  } catch (const Error& error) {
    return report(error);
  } catch (const std::bad_alloc&) {
    return report(out_of_memory());
  } catch (const std::system_error& error) {
    // A thread that could not be started: of memory for its stack, or of threads.
    if (error.code() == std::errc::resource_unavailable_try_again ||
        error.code() == std::errc::not_enough_memory) {
      return report(out_of_memory());
    }
    return report(bug(error));
  } catch (const std::exception& error) {
    return report(bug(error));
  }
}

}  // namespace sluice::cli
