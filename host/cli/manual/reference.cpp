#include "cli/manual/reference.h"

#include <sluice/lines.hpp>

#include "cli/manual/manual.h"
#include "model/outcome.h"
#include "scan/skipped.h"

namespace sluice::cli {
namespace {

// A "|" would end the cell.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string code(const std::string& text) {
  return "`" + text + "`";
}

void add_options(std::string& out, std::span<const OptionPage> options) {
  out += "| option | does | default |\n| --- | --- | --- |\n";
  for (const OptionPage& option : options) {
    out += "| " + cell(code(spelling_of(option))) + " | " + cell(option.summary);
    if (option.is_repeatable) out += "; may be repeated";
    out += " | " + cell(option.is_flag() ? "" : default_of(option)) + " |\n";
  }
}

void add_command(std::string& out, const CommandPage& page) {
  out += "\n### `sluice " + std::string(page.name) + "`\n\n" + std::string(page.summary) +
         ".\n\n    " + usage_of(page) + "\n";
  std::string_view rest = page.description;
  while (!rest.empty()) out += "\n" + std::string(next_line(rest)) + "\n";
  if (page.operand) {
    out += "\n" + code(usage_of(*page.operand)) + ": " + std::string(page.operand->summary) + ".\n";
  }
  if (!page.options.empty()) {
    out += "\n";
    add_options(out, page.options);
  }
  if (!page.alias.empty()) {
    out += "\nThe same as " + code("sluice " + std::string(page.alias)) + ".\n";
  }
  out += "\nExamples:\n\n";
  for (const Example& example : page.examples) {
    out += "- " + code(std::string(example.command)) + ": " + std::string(example.purpose) + "\n";
  }
  out += "\nExit codes: 0, 1, 2";
  for (const ExitCode one : page.exit_codes) out += ", " + std::to_string(static_cast<int>(one));
  out += ".\n";
}

}  // namespace

std::string reference_text() {
  std::string out =
      "# Commands and options\n\n"
      "This page is printed from the table that also makes `sluice help`, the manual pages and the "
      "completions:\n`sluice_manual reference`. What programs may rely on stands in "
      "[cli.md](cli.md).\n\n"
      "## Options of every command\n\nThey may stand before or after the command.\n\n";
  add_options(out, global_options());
  out += "\n## Exit codes\n\n| code | meaning |\n| --- | --- |\n";
  for (const ExitMeaning& one : all_exit_codes()) {
    out += "| " + std::to_string(static_cast<int>(one.code)) + " | " + std::string(one.meaning) +
           " |\n";
  }
  for (int group = 0; group < static_cast<int>(Group::kHidden); ++group) {
    const auto pages = commands_of(static_cast<Group>(group));
    if (pages.empty()) continue;
    out += "\n## " + std::string(heading(static_cast<Group>(group))) + "\n";
    for (const CommandPage* page : pages) add_command(out, *page);
  }
  return out;
}

std::string outcomes_text() {
  std::string out =
      "# What can become of a file\n\n"
      "This page is printed from the tables that the program itself uses: `sluice_manual "
      "outcomes`.\n\n"
      "## Outcomes\n\n"
      "`ok` and `partial` are documents of the knowledge base. All others are failures: their word "
      "stands in the line of the failure, in `sluice list --failed`, and as `reason` in `--json`. "
      "A "
      "message often has more to say than the hint here: the option or the line of configuration "
      "that helps. Failures that end the same way again are not tried again while neither the file "
      "nor the converters, options and limits change.\n\n"
      "| outcome | meaning | what helps | the same way again |\n| --- | --- | --- | --- |\n";
  for (const Outcome one : all_outcomes()) {
    out += "| " + code(std::string(word(one))) + " | " + cell(meaning(one)) + " | " +
           cell(hint(one)) + " | " +
           (is_committable(one)        ? ""
            : ends_the_same_again(one) ? "yes"
                                       : "no") +
           " |\n";
  }
  out +=
      "\n## Skipped files\n\nThe word is `why` in `--json`.\n\n"
      "| reason | meaning |\n| --- | --- |\n";
  for (const scan::SkipReason one : scan::all_skip_reasons()) {
    out += "| " + code(std::string(scan::word(one))) + " | " + cell(scan::meaning(one)) + " |\n";
  }
  out += "\n## Exit codes\n\n| code | meaning |\n| --- | --- |\n";
  for (const ExitMeaning& one : all_exit_codes()) {
    out += "| " + std::to_string(static_cast<int>(one.code)) + " | " + cell(one.meaning) + " |\n";
  }
  return out;
}

}  // namespace sluice::cli
