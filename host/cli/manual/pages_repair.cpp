// The pages of the commands that find and mend damage: doctor, check, recover.
#include "cli/manual/manual.h"

namespace sluice::cli {
namespace {

CommandPage doctor_page() {
  return {
      .name = "doctor",
      .group = Group::kRepair,
      .summary = "Show what works on this computer and what does not",
      .description =
          "Tries what Sluice needs from the system: the sandbox, each promise of it by itself, the "
          "file systems, the plugins. It says what is missing and what that means.\n",
      .examples = {{"sluice doctor", "after the installation, or when something is odd"},
                   {"sluice --json doctor", "the same for a program"}},
  };
}

CommandPage check_page() {
  return {
      .name = "check",
      .group = Group::kRepair,
      .summary = "Compare the registry with every file",
      .description =
          "Reads every file of the knowledge base and compares its hash with the registry. A file "
          "that you have edited is reported as edited, and is no damage.\n",
      .options = {{.names = "--repair",
                   .summary = "Mend what can be mended without losing anything"},
                  {.names = "--quick", .summary = "Compare sizes, and read no file"}},
      .examples = {{"sluice check", "read and compare everything"},
                   {"sluice check --quick", "in seconds, by sizes"},
                   {"sluice check --repair", "mend what can be mended"}},
      .exit_codes = {ExitCode::kNoKb, ExitCode::kLockTimeout, ExitCode::kDamaged,
                     ExitCode::kInterrupted},
  };
}

CommandPage recover_page() {
  return {
      .name = "recover",
      .group = Group::kRepair,
      .summary = "Finish what a crash left, and clear staging",
      .description =
          "Finishes or undoes what a run left that was killed, or that lost its power. Every "
          "command that writes does this by itself before it begins.\n",
      .examples = {{"sluice recover", "after a crash"}},
      .exit_codes = {ExitCode::kNoKb, ExitCode::kLockTimeout, ExitCode::kDamaged},
  };
}

}  // namespace

std::vector<CommandPage> pages_to_repair() {
  return {doctor_page(), check_page(), recover_page()};
}

}  // namespace sluice::cli
