// The pages of the commands that only look: list, show, status, report, log, hooks.
#include "cli/manual/manual.h"

namespace sluice::cli {
namespace {

CommandPage list_page() {
  return {
      .name = "list",
      .group = Group::kLook,
      .summary = "List the documents of the knowledge base",
      .description =
          "Prints one line for each document. On a terminal, it has a heading, ages instead of "
          "times, and long names are cut to fit; `--long` cuts nothing. With `--failed`, it lists "
          "the sources that failed, each with the reason and what to do. With `--edited`, it lists "
          "the documents whose Markdown you have changed, and how many conflicts of a merge are "
          "still marked in it. What becomes of such a file when there is a new version is up to "
          "`--on-edit` (see `sluice sync --help`): by default, yours is kept beside it, as "
          "`NAME.md.orig-` and eight digits.\n"
          "Columns, and fields of a filter, are: `name`, `size`, `type` (the extension; in a "
          "filter also the media type), `converter`, `state` (`ok`, `partial`, `failed`, ...), "
          "`remark`, `added`, `updated`, `markdown`, `path`. A filter compares texts with `=` and "
          "`!=`, where `*` stands for any characters but a slash, and `**` for any folders; sizes "
          "and days also with `<`, `<=`, "
          "`>` and `>=`. Sources that failed are among the rows if the filter asks for "
          "`state`.\n",
      .options = {{.names = "--failed",
                   .summary = "List what failed instead, each with what to do"},
                  {.names = "--edited",
                   .summary = "List only documents whose Markdown was changed by hand"},
                  {.names = "--filter",
                   .value = "CONDITIONS",
                   .summary = "Only rows for which all conditions hold; commas separate them",
                   .default_value = "none",
                   .is_repeatable = true},
                  {.names = "--sort",
                   .value = "COLUMN",
                   .summary = "Sort by a column: the largest size and the newest time come first",
                   .default_value = "name",
                   .values = Values::kWords,
                   .words = {"name", "size", "type", "converter", "state", "added", "updated",
                             "path"}},
                  {.names = "--reverse", .summary = "Turn the order round"},
                  {.names = "--columns",
                   .value = "COLUMNS",
                   .summary = "Show these columns; commas separate them",
                   .default_value = "name, size, converter, remark, updated, path"},
                  {.names = "-l,--long", .summary = "Show every column, and cut nothing"}},
      .examples = {{"sluice list", "all documents"},
                   {"sluice list --failed", "what failed, and what helps"},
                   {"sluice list --edited", "what the next version would replace"},
                   {"sluice list --sort size", "the largest first"},
                   {"sluice list --filter 'type=pdf,added>=2026-11-01'", "new PDFs"},
                   {"sluice list --filter state=failed --columns path,remark", "as a table"},
                   {"sluice --json list | jq -r .markdown", "the path of each Markdown file"}},
      .exit_codes = {ExitCode::kNoKb, ExitCode::kDamaged},
      .alias = "ls",
  };
}

CommandPage show_page() {
  return {
      .name = "show",
      .group = Group::kLook,
      .summary = "Show one document: its state, sources, files and history",
      .description =
          "Shows all that is known of one document: its state, its sources, its hashes, the "
          "converter that made it and those that were tried before, its files, the documents "
          "within it, and its history. For a source that failed, it shows the reason and what to "
          "do.\n",
      .operand = OperandPage{.value = "NAME",
                             .summary = "The name of a document, or the path of a source or of a "
                                        "published file",
                             .count = OperandPage::Count::kOne,
                             .values = Values::kDocumentsAndPaths},
      .examples = {{"sluice show report", "a document by its name"},
                   {"sluice show ~/Documents/report.docx", "by its source"},
                   {"sluice show wiki/sources/report.md", "by its Markdown file"}},
      .exit_codes = {ExitCode::kNoKb, ExitCode::kDamaged},
  };
}

CommandPage status_page() {
  return {
      .name = "status",
      .group = Group::kLook,
      .summary = "Show whether the knowledge base is healthy, and its size",
      .description =
          "Says first whether the knowledge base is healthy, and why not. Then it counts "
          "documents, sources and bytes, and shows unfinished work, damages and the last failures. "
          "It reads the registry alone; `sluice check` compares it with the files.\n",
      .examples = {{"sluice status", "the knowledge base that you are in"},
                   {"sluice -C ~/kb status", "another one"},
                   {"sluice --json status | jq .failures", "one figure for a script"}},
      .exit_codes = {ExitCode::kNoKb},
  };
}

CommandPage report_page() {
  return {
      .name = "report",
      .group = Group::kLook,
      .summary = "Show all that happened: coverage, changes, speed, failures",
      .description =
          "Reports what was taken and what was not (documents, duplicates, partial ones, failures "
          "by cause with what helps, skipped files by kind), what changed since the last run, how "
          "fast the runs were, time and memory by converter, and the slowest, the largest and "
          "those "
          "documents that are near a limit.\n"
          "With `--html`, it writes one page for a browser, with a search box, tables to sort and "
          "charts, and with pictures of some documents beside their Markdown. The page loads "
          "nothing from anywhere, so it can be kept or sent; it holds the names and paths of all "
          "documents.\n"
          "Figures of time and memory are of the conversion that made the document. Memory is what "
          "the process had resident, while the limit is on its address space. The registry keeps "
          "the last 1000 runs that changed something.\n",
      .options = {{.names = "--html",
                   .value = "FILE",
                   .summary = "Write a page to this file; - is standard output",
                   .default_value = "none",
                   .values = Values::kPaths},
                  {.names = "--since",
                   .value = "N",
                   .summary = "Report changes after the event with this number",
                   .default_value = "the last event before the last run"}},
      .examples = {{"sluice report", "on the terminal"},
                   {"sluice report --html report.html", "for a browser"},
                   {"sluice report --since 120", "what changed since you last looked"},
                   {"sluice --json report | jq .near_limits", "for a script"}},
      .exit_codes = {ExitCode::kNoKb, ExitCode::kDamaged},
  };
}

CommandPage log_page() {
  return {
      .name = "log",
      .group = Group::kLook,
      .summary = "Show what happened to documents, event by event",
      .description =
          "Each commit is an event with a number: added, updated, reconverted, renamed, duplicate "
          "or removed. A program that "
          "keeps the number of the last event it has seen misses none: the next call with "
          "`--since` goes on from there.\n",
      .options = {{.names = "--since",
                   .value = "N",
                   .summary = "Print only events after this number",
                   .default_value = "0, all events"},
                  {.names = "--follow", .summary = "Wait for further events until Ctrl-C"}},
      .examples = {{"sluice log", "all events"},
                   {"sluice log --since 120", "only those after number 120"},
                   {"sluice --json log --follow --since 120", "feed a search index"}},
      .exit_codes = {ExitCode::kNoKb, ExitCode::kInterrupted},
  };
}

CommandPage hooks_page() {
  return {
      .name = "hooks",
      .group = Group::kLook,
      .summary = "Show the programs that get every event, and how far they are",
      .description =
          "`[hooks] run` in the configuration is a list of commands. After each group of commits, "
          "each of them is run by `/bin/sh` in the knowledge base's directory, with `SLUICE_KB` "
          "set, and reads the new events from its standard input, one JSON object a line, as "
          "`sluice --json log` prints them. Exit code 0 means that it has taken them. Otherwise, "
          "or if it runs longer than `[hooks] timeout`, it gets the same events again: first after "
          "a second, then after ever longer pauses, up to an hour. So each event comes at least "
          "once, and in order. No hook waits for another, and no document for a hook.\n"
          "A new hook gets all events from the first on. A hook is known by its command: one that "
          "is changed, if only by a comment, is new.\n"
          "A knowledge base may come from somebody else. Hooks in its own configuration run only "
          "if "
          "your configuration lists its path in `[hooks] trust`.\n",
      .options = {{.names = "--run",
                   .summary = "Run each hook now that has not taken all events, and wait"}},
      .examples = {{"sluice hooks", "how far each has come, and why it failed"},
                   {"sluice hooks --run", "after the cause of a failure was removed"}},
      .exit_codes = {ExitCode::kSomeFailed, ExitCode::kNoKb, ExitCode::kLockTimeout,
                     ExitCode::kInterrupted},
  };
}

}  // namespace

std::vector<CommandPage> pages_to_look() {
  return {list_page(), show_page(), status_page(), report_page(), log_page(), hooks_page()};
}

}  // namespace sluice::cli
