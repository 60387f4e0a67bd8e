// The pages of: import openkb.
#include "cli/manual/manual.h"

namespace sluice::cli {
namespace {

OperandPage openkb_operand(std::string_view summary) {
  return {.value = "DIR", .summary = summary, .values = Values::kFolders};
}

CommandPage import_openkb_page() {
  return {
      .name = "import openkb",
      .group = Group::kExchange,
      .summary = "Take over what OpenKB converted, as it is",
      .description =
          "Adds each document of OpenKB's list as OpenKB converted it: the file from `raw/`, its "
          "Markdown or its pages, and its pictures. Documents keep the names that they have there, "
          "and the paths of the files that they were made from, so that `sluice sync` of these "
          "folders goes on from there. The OpenKB folder stays as it is.\n"
          "A document that is here already stays as it is, unless it was imported and OpenKB has a "
          "new version of it. A second run changes nothing. A document fails if its file is "
          "missing, or has other bytes than the list says; `sluice retry` then converts its "
          "source.\n"
          "Their converter is `openkb`, which no plugin has. `sluice outdated` does not list them. "
          "`sluice reconvert NAME` converts them with the plugins that are installed.\n"
          "Pages that OpenKB wrote itself, such as summaries and concepts, are counted and stay "
          "where they are.\n",
      .operand = openkb_operand("The folder that holds .openkb/, wiki/ and raw/"),
      .options = {{.names = "-n,--dry-run",
                   .summary = "Show what would be done, and check that the files are there"},
                  strict_option()},
      .examples = {{"sluice import openkb ~/openkb", "take over an OpenKB knowledge base"},
                   {"sluice import openkb -n ~/openkb", "see first what would be taken over"},
                   {"sluice reconvert report", "convert one of its documents anew"}},
      .exit_codes = {ExitCode::kSomeFailed, ExitCode::kNoKb, ExitCode::kLockTimeout,
                     ExitCode::kDamaged, ExitCode::kInterrupted},
  };
}

}  // namespace

std::vector<CommandPage> pages_of_exchange() {
  return {import_openkb_page()};
}

}  // namespace sluice::cli
