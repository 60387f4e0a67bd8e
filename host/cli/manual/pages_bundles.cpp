// The pages of: prepare, commit, bundle show, bundle check.
#include "cli/manual/manual.h"

namespace sluice::cli {
namespace {

OperandPage bundles_operand() {
  return {.value = "DIR",
          .summary = "Folders of bundles, single bundles, and tar files of either",
          .count = OperandPage::Count::kSome,
          .values = Values::kPaths};
}

CommandPage prepare_page() {
  return {
      .name = "prepare",
      .group = Group::kMachines,
      .summary = "Convert files into bundles, anywhere, for `sluice commit`",
      .description =
          "Converts what `sluice add` would convert, in the same way, and writes a bundle for each "
          "entry: its source, its Markdown, its assets, and what is known of it. It needs no "
          "knowledge base and takes no lock. A document that fails and a file that is skipped get "
          "a bundle that says so.\n"
          "A bundle appears whole or not at all. A second run makes only what is missing, has "
          "changed, or was made by another version of its converter. Give each list a folder of "
          "its own.\n"
          "With `--shard 3/8`, only the third of eight parts of the list is converted. Each "
          "part is the same on every machine that sees the same paths.\n"
          "For sources in the folder of a knowledge base, name that with `-C`: their paths are "
          "relative to it.\n"
          "With `--list`, each line is a JSON object: `path` is the path of the source, `file` is "
          "the file that is read in its place, `source` is what messages call it, `place` is its "
          "place in the order, and `root` is a folder around the file whose pictures may be read "
          "for it. The last three may be left out. Names that are not UTF-8 are percent-encoded, "
          "as `--json` prints them.\n",
      .operand = OperandPage{.value = "PATH",
                             .summary = "Files, and directories with all below them; none is "
                                        "needed with --files-from or --list",
                             .count = OperandPage::Count::kSome,
                             .values = Values::kPaths},
      .options =
          joined({{{.names = "--out",
                    .value = "DIR",
                    .summary = "Write the bundles to this folder; it is made if need be",
                    .default_value = "none: it must be given",
                    .values = Values::kFolders},
                   {.names = "--shard",
                    .value = "I/N",
                    .summary = "Convert only the I-th of N parts",
                    .default_value = "1/1"}},
                  scan_options(),
                  {{.names = "--files-from",
                    .value = "FILE",
                    .summary = "Read paths from a file, one on each line; - is standard input",
                    .default_value = "none",
                    .values = Values::kPaths},
                   {.names = "-0", .summary = "With --files-from: a NUL ends each path"},
                   {.names = "--list",
                    .value = "FILE",
                    .summary = "Read sources from a file of JSON lines; - is standard input",
                    .default_value = "none",
                    .values = Values::kPaths},
                   strict_option()},
                  converting_options()}),
      .examples = {{"sluice prepare ~/Documents --out /shared/bundles", "make bundles of a folder"},
                   {"sluice prepare --shard 3/8 --out /shared/bundles /srv/docs",
                    "make an eighth of them, on one of eight machines"},
                   {"sluice prepare --files-from list.txt --out /shared/bundles",
                    "make bundles of the files on a list"}},
      .exit_codes = {ExitCode::kSomeFailed, ExitCode::kNoSandbox, ExitCode::kInterrupted},
  };
}

CommandPage commit_page() {
  return {
      .name = "commit",
      .group = Group::kMachines,
      .summary = "Take bundles into the knowledge base",
      .description =
          "Commits bundles in the order of the list that they were made of, whichever machine made "
          "them. The knowledge base is then the one that `sluice add` makes of the same list.\n"
          "Nothing in a bundle is believed. Every byte is hashed again, and each name, position "
          "and "
          "size is checked. A bundle that is not sound is refused with the reason, and the others "
          "are committed. The bundles stay as they are; a second run changes nothing.\n",
      .operand = bundles_operand(),
      .options = {strict_option()},
      .examples = {{"sluice commit /shared/bundles", "commit all bundles of a folder"},
                   {"sluice commit node1.tar node2.tar", "commit those of two tar files"}},
      .exit_codes = {ExitCode::kSomeFailed, ExitCode::kNoKb, ExitCode::kLockTimeout,
                     ExitCode::kDamaged, ExitCode::kInterrupted},
  };
}

CommandPage bundle_show_page() {
  return {
      .name = "bundle show",
      .group = Group::kMachines,
      .summary = "Show what bundles say of themselves",
      .description =
          "Prints path, outcome, converter and sizes of each bundle. Its files are not "
          "checked: see `sluice bundle check`.\n",
      .operand = bundles_operand(),
      .examples = {{"sluice bundle show /shared/bundles", "show all bundles of a folder"}},
      .exit_codes = {ExitCode::kSomeFailed, ExitCode::kInterrupted},
  };
}

CommandPage bundle_check_page() {
  return {
      .name = "bundle check",
      .group = Group::kMachines,
      .summary = "Check bundles as `sluice commit` does, and commit nothing",
      .description =
          "Needs no knowledge base. Hashes every file and checks each name, position and size. "
          "Prints the bundles "
          "that `sluice commit` would refuse, with the reasons.\n",
      .operand = bundles_operand(),
      .examples = {{"sluice bundle check /shared/bundles", "check all bundles of a folder"}},
      .exit_codes = {ExitCode::kSomeFailed, ExitCode::kInterrupted},
  };
}

}  // namespace

std::vector<CommandPage> pages_of_bundles() {
  return {prepare_page(), commit_page(), bundle_show_page(), bundle_check_page()};
}

}  // namespace sluice::cli
