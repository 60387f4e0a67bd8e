// Every command and option, with its help.
#include <CLI/CLI.hpp>

#include "cli/args_words.h"

namespace sluice::cli {
namespace {

constexpr const char* kStrict = "Exit code 3 for failures of last time, too, not only for new ones";

void add_global_options(CLI::App& app, Words& words) {
  app.add_option("-C,--kb", words.kb,
                 "The knowledge base (else SLUICE_KB, else the nearest parent with .sluice/)")
      ->type_name("DIR");
  app.add_option("-j,--jobs", words.jobs, "Documents to convert at a time (default: cores)")
      ->type_name("N");
  app.add_flag("-q,--quiet", words.global.quiet, "Say only what failed");
  app.add_flag("-v,--verbose", words.verbose, "Diagnostics on standard error; -vv for more");
  app.add_flag("--json", words.global.json, "Results as one JSON object a line");
  app.add_option("--color", words.color, "auto, always or never")->type_name("WHEN");
  app.add_option("--progress", words.progress, "auto, always or never")->type_name("WHEN");
  app.add_option("--log", words.global.log_file,
                 "Write all diagnostics to this file, too; it is rotated at 10 MiB")
      ->type_name("FILE");
  app.add_option("--lock-timeout", words.lock_timeout,
                 "How long to wait for another sluice that holds the lock")
      ->type_name("SECONDS");
}

void add_plugin_options(CLI::App& command, Words& words) {
  command.add_flag("--locked", words.locked,
                   "Use only plugins of the lock file (see 'sluice plugin pin')");
  command
      .add_option("--plugin", words.plugins,
                  "A plugin's folder, or a folder of such folders; may be repeated")
      ->type_name("PATH")
      ->allow_extra_args(false);
}

void add_converting_options(CLI::App& command, Words& words) {
  command
      .add_option("--option", words.converting.options,
                  "An option of a converter, for this run alone; repeatable")
      ->type_name("CONVERTER.KEY=VALUE")
      ->allow_extra_args(false);
  command.add_option("--timeout", words.timeout, "How long one document may take")
      ->type_name("SECONDS");
  command.add_option("--memory-limit", words.memory_limit, "Memory for one document, as in 2GiB")
      ->type_name("SIZE");
  command
      .add_option("--converter", words.converting.converter, "Use this converter for everything")
      ->type_name("ID");
}

// What add and sync say about the files of a directory. `scan` is where it goes.
void add_scan_options(CLI::App& command, ScanArgs& scan) {
  command
      .add_option("-g,--glob", scan.globs, "Only what matches; a leading ! excludes; repeatable")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  command.add_flag("--no-ignore", scan.no_ignore,
                   "Heed no .sluiceignore, no .gitignore and no [ingest] ignore");
  command.add_flag("--hidden", scan.hidden, "Take names that begin with a dot, too");
}

void add_add(CLI::App& app, Words& words) {
  CLI::App* add =
      app.add_subcommand("add", "Convert files and directories into the knowledge base");
  add->add_option("paths", words.add.paths, "Files, and directories with all below them")
      ->type_name("PATH");
  add_scan_options(*add, words.add.scan);
  add->add_option("--files-from", words.files_from,
                  "Read paths from a file, one a line; - for stdin")
      ->type_name("FILE");
  add->add_flag("-0", words.add.nul_separated, "With --files-from: a NUL ends each path");
  add->add_flag("--fail-fast", words.add.fail_fast, "Stop at the first document that fails");
  add->add_flag("--strict", words.add.strict, kStrict);
  add->add_flag("-n,--dry-run", words.add.dry_run, "Say what would be added, and add nothing");
  add_converting_options(*add, words);
}

void add_sync(CLI::App& app, Words& words) {
  CLI::App* sync = app.add_subcommand(
      "sync", "Make the knowledge base mirror directories: added, changed, renamed, deleted");
  sync->add_option("dirs", words.sync.dirs, "Directories (default: roots in [sync])")
      ->type_name("DIR");
  sync->add_option("--max-delete", words.max_delete,
                   "Change nothing if more documents would be removed: a number, or a share of "
                   "those from these directories (default: 10%, at least 10)")
      ->type_name("N|N%");
  sync->add_flag("--force", words.sync.force,
                 "Go on although a directory is on another file system than last time");
  add_scan_options(*sync, words.sync.scan);
  sync->add_flag("--fail-fast", words.sync.fail_fast, "Stop at the first document that fails");
  sync->add_flag("--strict", words.sync.strict, kStrict);
  sync->add_flag("-n,--dry-run", words.sync.dry_run, "Show what would be done, and do nothing");
  add_converting_options(*sync, words);
}

void add_remaking(CLI::App& app, Words& words) {
  CLI::App* retry = app.add_subcommand("retry", "Prepare again what failed last time");
  retry->add_flag("--strict", words.retry.strict, kStrict);
  add_converting_options(*retry, words);
  app.add_subcommand("outdated",
                     "Documents whose converter, version or options have changed since");
  CLI::App* reconvert = app.add_subcommand(
      "reconvert", "Convert documents again, from their sources or, if those are gone, from raw/");
  reconvert
      ->add_option(
          "names", words.reconvert.names,
          "Names of documents, or paths that lead to them (default: all that are outdated)")
      ->type_name("NAME");
  reconvert->add_flag("--all", words.reconvert.all, "Every document");
  reconvert->add_flag("-n,--dry-run", words.reconvert.dry_run,
                      "Show what would be converted, and convert nothing");
  add_converting_options(*reconvert, words);
}

void add_log(CLI::App& app, Words& words) {
  CLI::App* log = app.add_subcommand("log", "What happened to documents, event by event");
  log->add_option("--since", words.since, "Only events after this number (default: 0, all)")
      ->type_name("N");
  log->add_flag("--follow", words.log.follow, "Wait for further events until Ctrl-C");
}

void add_remove(CLI::App& app, Words& words) {
  CLI::App* remove = app.add_subcommand("remove", "Take documents out of the knowledge base");
  remove
      ->add_option("names", words.remove.names,
                   "Names of documents; paths of sources or published files; folders of sources; "
                   "globs, as in 'docs/*.txt'")
      ->type_name("NAME");
  remove
      ->add_option("--from-root", words.remove.from_roots,
                   "All that came from this folder, whether it is still there or not; repeatable")
      ->type_name("DIR")
      ->allow_extra_args(false);
  remove->add_flag("--missing", words.remove.missing, "All whose sources are gone");
  remove->add_flag("--keep-raw", words.remove.keep_raw, "Leave the copy in raw/ where it is");
  remove->add_flag("-n,--dry-run", words.remove.dry_run,
                   "Show what would be removed, and remove nothing");
}

void add_check(CLI::App& app, Words& words) {
  CLI::App* check = app.add_subcommand("check", "Compare the registry with every file");
  check->add_flag("--repair", words.check.repair,
                  "Mend what can be mended without losing anything");
  check->add_flag("--quick", words.check.quick, "Compare sizes, and read no file");
}

void add_convert(CLI::App& app, Words& words) {
  CLI::App* convert = app.add_subcommand(
      "convert", "One document as Markdown on standard output; no knowledge base");
  convert->add_option("file", words.convert.file, "The document; - for standard input")
      ->type_name("FILE");
  convert
      ->add_option("--media-type", words.convert.media_type,
                   "What the document is, as in text/html")
      ->type_name("TYPE");
  convert->add_option("--assets", words.assets_dir, "Keep images in this directory")
      ->type_name("DIR");
  add_converting_options(*convert, words);
}

void add_commands(CLI::App& app, Words& words) {
  app.add_subcommand("init", "Make a knowledge base")
      ->add_option("dir", words.init.dir, "Where (default: here)")
      ->type_name("DIR");
  add_add(app, words);
  add_convert(app, words);
  add_sync(app, words);
  add_remaking(app, words);
  app.add_subcommand("list", "The documents of the knowledge base")
      ->add_flag("--failed", words.list.failed, "What failed instead, each with what to do");
  app.add_subcommand("show",
                     "One document or failed file: sources, hashes, converter, attempts, history")
      ->add_option("name", words.show.name)
      ->type_name("NAME");
  app.add_subcommand("status", "Counts, sizes, pending work, last failures");
  add_log(app, words);
  add_remove(app, words);
  app.add_subcommand("recover", "Finish what a crash left, and clear staging");
  add_check(app, words);
  add_plugin_commands(app, words.plugin);
  CLI::App* config = app.add_subcommand("config", "The configuration");
  config->require_subcommand(0, 1);
  config->add_subcommand("show", "Every setting in effect, and where it comes from");
  config->add_subcommand("check", "Check a configuration file, or all that are in effect")
      ->add_option("file", words.config_file)
      ->type_name("FILE");
  app.add_subcommand("doctor", "What works here and what does not");
}

}  // namespace

void declare_options(CLI::App& app, Words& words) {
  add_global_options(app, words);
  add_plugin_options(app, words);
  add_commands(app, words);
}

}  // namespace sluice::cli
