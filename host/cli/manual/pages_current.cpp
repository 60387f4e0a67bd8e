// The pages of the commands that keep a knowledge base current: sync, retry, outdated, reconvert,
// remove.
#include "cli/manual/manual.h"

namespace sluice::cli {
namespace {

const std::vector<ExitCode>& ingest_codes() {
  static const std::vector<ExitCode> kCodes = {ExitCode::kSomeFailed,  ExitCode::kNoKb,
                                               ExitCode::kLockTimeout, ExitCode::kNoSandbox,
                                               ExitCode::kDamaged,     ExitCode::kInterrupted};
  return kCodes;
}

CommandPage sync_page() {
  return {
      .name = "sync",
      .group = Group::kCurrent,
      .summary = "Make the knowledge base mirror directories",
      .description =
          "Adds what is new, converts again what has changed, follows files that were renamed, and "
          "removes documents whose sources are gone. A document whose source was renamed keeps its "
          "name and its history.\n"
          "A URL stands for itself and all URLs on record below it: each is fetched again if its "
          "server says that it has changed. Without an argument, `sync` does that for all URLs on "
          "record. A document goes when its server says a second time that its page is not there.\n"
          "A guard holds, and nothing is changed, if more documents would be removed than "
          "`--max-delete` allows, or if a directory is on another file system than last time: then "
          "a disk may not be mounted. The exit code is then 3.\n"
          "A Markdown file that you changed is never overwritten: `--on-edit` says what becomes of "
          "it when its source changes. `merge` puts both together, line by line, as git does; "
          "where both have changed the same lines, both stand there between `<<<<<<<` and "
          "`>>>>>>>`. `sluice list --edited` shows these files, and how many conflicts they "
          "have.\n",
      .operand = OperandPage{.value = "DIR",
                             .summary = "The directories and URLs (default: roots in [sync], and "
                                        "all URLs on record)",
                             .count = OperandPage::Count::kAny,
                             .values = Values::kFolders},
      .options = joined(
          {{{.names = "--max-delete",
             .value = "N|N%",
             .summary = "Change nothing if more documents than this would be removed: a number, or "
                        "a share of those from these directories",
             .default_value = "10%, and at least 10"},
            {.names = "--force",
             .summary = "Go on although a directory is on another file system than last time"}},
           scan_options(),
           {{.names = "--fail-fast", .summary = "Stop at the first document that fails"},
            strict_option(),
            {.names = "-n,--dry-run", .summary = "Print what would be done, and do nothing"}},
           {on_edit_option()},
           converting_options()}),
      .examples = {{"sluice sync ~/Documents", "mirror a directory"},
                   {"sluice sync https://example.org/", "fetch again what came from there"},
                   {"sluice sync -n ~/Documents", "see first what would be done"},
                   {"sluice -q sync --log ~/sluice.log ~/Documents", "every night, from cron"},
                   {"sluice sync --max-delete 50% ~/Inbox", "let half of the documents go"},
                   {"sluice sync --on-edit merge ~/Notes",
                    "keep what you wrote into the Markdown"}},
      .exit_codes = ingest_codes(),
  };
}

CommandPage watch_page() {
  return {
      .name = "watch",
      .group = Group::kCurrent,
      .summary = "Do what sync does as files change, once they are stable",
      .description =
          "Mirrors directories as `sluice sync` does, and again two seconds after something in "
          "them has changed, until Ctrl-C or SIGTERM. Only changes are printed. SIGHUP reads the "
          "configuration again at once.\n"
          "A file waits while a program has it open for writing, and two seconds after its last "
          "change. One that is gone is taken out at the second look, two seconds later. A "
          "directory that is missing, is on another file system, or is another folder than last "
          "time, is left out until it is back: nothing of it is removed. If `--max-delete` holds, "
          "nothing is removed, and the rest goes on.\n"
          "File systems of a network, and of programs (FUSE), do not report changes that others "
          "make: directories there are looked at every minute (`--poll`).\n"
          "Two units for systemd are installed: `sluice-watch@.service` for a user's knowledge "
          "base, and `sluice-sync.timer`, which calls `watch --once` every hour.\n",
      .operand = OperandPage{.value = "DIR",
                             .summary = "The directories (default: roots in [sync])",
                             .count = OperandPage::Count::kAny,
                             .values = Values::kFolders},
      .options = joined(
          {{{.names = "--once",
             .summary = "Look once, and once more at what was not stable, and end; for cron"},
            {.names = "--poll",
             .value = "SECONDS",
             .summary = "Look this often, even where the system reports every change",
             .default_value = "60 where the system reports no changes, else never"},
            {.names = "--max-delete",
             .value = "N|N%",
             .summary = "Remove nothing if more documents than this would be removed: a number, or "
                        "a share of those from these directories",
             .default_value = "10%, and at least 10"}},
           scan_options(),
           {on_edit_option()},
           converting_options()}),
      .examples = {{"sluice watch ~/Documents",
                    "keep the knowledge base up to date with a directory"},
                   {"sluice -q watch --once ~/Documents", "from cron"},
                   {"sluice watch --poll 300 /mnt/share", "a network share, every five minutes"}},
      .exit_codes = ingest_codes(),
  };
}

CommandPage retry_page() {
  return {
      .name = "retry",
      .group = Group::kCurrent,
      .summary = "Try again what failed last time",
      .description =
          "Converts every source again that is on record as failed, whether it could end "
          "differently or not. `sluice list --failed` shows them.\n",
      .options = joined({{strict_option(), on_edit_option()}, converting_options()}),
      .examples = {{"sluice retry", "try all failures again"},
                   {"sluice retry --timeout 3600", "give slow documents an hour"},
                   {"sluice retry --option pdf.password=secret", "with a password"}},
      .exit_codes = ingest_codes(),
  };
}

CommandPage outdated_page() {
  return {
      .name = "outdated",
      .group = Group::kCurrent,
      .summary = "Show documents whose converter or options have changed",
      .description =
          "Lists the documents whose converter is now installed in another version, or has other "
          "options than when they were converted. `sluice reconvert` converts them again.\n",
      .examples = {{"sluice outdated", "see what an upgrade changed"},
                   {"sluice --json outdated", "the same for a program"}},
      .exit_codes = {ExitCode::kNoKb},
  };
}

CommandPage reconvert_page() {
  return {
      .name = "reconvert",
      .group = Group::kCurrent,
      .summary = "Convert documents again, from their sources or from raw/",
      .description =
          "Converts documents again: without a name, those that `sluice outdated` shows. Where a "
          "source is gone, its copy in `raw/` is used. A Markdown file that is missing is there "
          "again afterwards. Where nothing has changed, the result is the same, byte for byte.\n",
      .operand = OperandPage{.value = "NAME",
                             .summary = "Names of documents, or paths of their sources or files "
                                        "(default: all that are outdated)",
                             .count = OperandPage::Count::kAny,
                             .values = Values::kDocumentsAndPaths},
      .options = joined({{{.names = "--all", .summary = "Convert every document"},
                          {.names = "-n,--dry-run",
                           .summary = "Print what would be converted, and convert nothing"},
                          on_edit_option()},
                         converting_options()}),
      .examples = {{"sluice reconvert", "after an upgrade of a converter"},
                   {"sluice reconvert report", "one document"},
                   {"sluice reconvert --all -n", "see what --all would convert"}},
      .exit_codes = ingest_codes(),
  };
}

CommandPage remove_page() {
  return {
      .name = "remove",
      .group = Group::kCurrent,
      .summary = "Take documents out of the knowledge base",
      .description =
          "Removes documents with their Markdown, pictures and copies in `raw/`. Your own files, "
          "the sources, are not touched.\n"
          "A name, or the path of a source or of a published file, stands for its document. A "
          "folder, a glob, `--from-root` and `--missing` stand for sources: a document goes when "
          "its last source goes. If one name stands for nothing, nothing is removed.\n",
      .operand = OperandPage{.value = "NAME",
                             .summary = "Names of documents; paths of sources or published files; "
                                        "folders of sources; globs; none is needed with "
                                        "--from-root or --missing",
                             .count = OperandPage::Count::kSome,
                             .values = Values::kDocumentsAndPaths},
      .options = {{.names = "--from-root",
                   .value = "DIR",
                   .summary = "All that came from this folder, whether it is still there or not",
                   .default_value = "none",
                   .values = Values::kFolders,
                   .is_repeatable = true},
                  {.names = "--missing", .summary = "All whose sources are gone"},
                  {.names = "--keep-raw", .summary = "Leave the copy in raw/ where it is"},
                  {.names = "-n,--dry-run",
                   .summary = "Print what would be removed, and remove nothing"}},
      .examples = {{"sluice remove report", "remove one document"},
                   {"sluice remove -n 'Downloads/*.html'", "see what a glob would remove"},
                   {"sluice remove --missing", "remove what no longer has a source"}},
      .exit_codes = {ExitCode::kNoKb, ExitCode::kLockTimeout, ExitCode::kDamaged,
                     ExitCode::kInterrupted},
      .alias = "rm",
  };
}

}  // namespace

std::vector<CommandPage> pages_to_keep_current() {
  return {sync_page(),     watch_page(),     retry_page(),
          outdated_page(), reconvert_page(), remove_page()};
}

}  // namespace sluice::cli
