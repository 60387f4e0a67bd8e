// The pages of the commands below `sluice config`, and of those that programs call.
#include "cli/manual/manual.h"

namespace sluice::cli {

std::vector<CommandPage> pages_of_settings() {
  return {
      {.name = "config show",
       .group = Group::kSettings,
       .summary = "Show every setting in effect, and where it comes from",
       .description = "Prints every setting with its value and its origin: the command line, the "
                      "environment, a file with its line, or the built-in default.\n",
       .examples = {{"sluice config show", "every setting"},
                    {"SLUICE_LIMITS_MEMORY=4GiB sluice config show", "with one changed"}}},
      {.name = "config check",
       .group = Group::kSettings,
       .summary = "Check a configuration file, or all that are in effect",
       .description = "Reads configuration files and reports unknown keys and wrong values, each "
                      "with its file and line.\n",
       .operand = OperandPage{.value = "FILE",
                              .summary = "The file (default: every file that is in effect)",
                              .count = OperandPage::Count::kOptional,
                              .values = Values::kPaths},
       .examples = {{"sluice config check", "the files in effect"},
                    {"sluice config check new.toml", "a file before you use it"}}},
  };
}

std::vector<CommandPage> pages_for_programs() {
  return {
      {.name = "complete",
       .group = Group::kHidden,
       .summary = "Print what a shell offers for the last word",
       .description =
           "Shells call this when the Tab key is pressed. The first line is `words`, `files` or "
           "`folders`: whether the shell adds names of files or folders. Each further line is a "
           "word, a tab and what it is.\n",
       .operand = OperandPage{.value = "WORD",
                              .summary = "The words behind `sluice`, after --; the last is the one "
                                         "that is written (default: none)",
                              .count = OperandPage::Count::kAny},
       .examples = {{"sluice complete -- add --no", "options of add that begin with --no"}}},
  };
}

}  // namespace sluice::cli
