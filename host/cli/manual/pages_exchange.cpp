// The pages of: export openkb, import openkb.
#include "cli/manual/manual.h"

namespace sluice::cli {
namespace {

OperandPage openkb_operand(std::string_view summary) {
  return {.value = "DIR", .summary = summary, .values = Values::kFolders};
}

CommandPage export_openkb_page() {
  return {
      .name = "export openkb",
      .group = Group::kExchange,
      .summary = "Keep a folder current that OpenKB's own tools read",
      .description =
          "Writes what OpenKB keeps of its documents: `.openkb/hashes.json`, `raw/`, "
          "`wiki/sources/` with the pictures, `wiki/index.md`, and `.openkb/config.yaml` unless it "
          "is there. A document of 20 pages and more (`pageindex_threshold` in that file) becomes "
          "a JSON file with its text by page. Documents in folders get names without `/`.\n"
          "A second run writes what has changed, and removes what is gone. To keep the folder "
          "current, make it a hook: `run = [\"sluice export openkb ~/openkb\"]` in `[hooks]` of "
          "your configuration.\n"
          "The folder is a copy of its own. What OpenKB adds there stays: summaries, concepts, "
          "its own lines of the index, its own documents. A document whose bytes OpenKB has itself "
          "is left to it.\n",
      .operand = openkb_operand("The folder for OpenKB; it is made if need be"),
      .options = {{.names = "-n,--dry-run", .summary = "Show what would be written and removed"}},
      .examples = {{"sluice export openkb ~/openkb", "make the copy, or bring it up to date"},
                   {"sluice export openkb -n ~/openkb", "see first what would be done"}},
      .exit_codes = {ExitCode::kSomeFailed, ExitCode::kNoKb, ExitCode::kLockTimeout},
  };
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
  return {export_openkb_page(), import_openkb_page()};
}

}  // namespace sluice::cli
