#include "cli/manual/help.h"

#include <algorithm>
#include <sluice/lines.hpp>

#include "cli/manual/manual.h"

namespace sluice::cli {
namespace {

// Longer lines are hard to read; shorter ones leave no room beside the options.
constexpr std::size_t kMaxColumns = 100;
constexpr std::size_t kMinColumns = 40;
// The column of summaries: right of most options. A longer name has a line of its own.
constexpr std::size_t kMaxLeft = 30;

// Of summaries of commands: the same in every group. "plugin install" is the longest name.
constexpr std::size_t kCommandColumn = 18;

using Row = std::pair<std::string, std::string>;  // what is explained, and the explanation

class HelpPrinter {
 public:
  explicit HelpPrinter(const HelpLayout& layout)
      : columns_(std::clamp(layout.columns, kMinColumns, kMaxColumns)), paint_(layout.paint) {}

  std::string take_text() { return std::move(text_); }

  void line(const std::string& text = "") { text_ += text + "\n"; }
  void head(const std::string& text) {
    line();
    line(paint_ != nullptr ? paint_->bold(text) : text);
  }
  void paragraph(std::string_view text) { wrap(text, 0, 0); }
  // As a shell reads it.
  void comment(std::string_view text) {
    text_ += "  # ";
    wrap(text, 4, 4, "  # ");
  }

  // Two columns; the second is wrapped.
  void rows(const std::vector<Row>& rows, std::size_t at_least = 0) {
    const std::size_t most = std::min(kMaxLeft, columns_ / 2);
    std::size_t left = at_least;
    for (const Row& row : rows) {
      if (row.first.size() + 4 <= most) left = std::max(left, row.first.size() + 4);
    }
    if (left == 0) left = most;
    for (const auto& [name, summary] : rows) {
      text_ += "  " + name;
      if (name.size() + 4 > left) {
        line();
        text_.append(left, ' ');
      } else {
        text_.append(left - name.size() - 2, ' ');
      }
      wrap(summary, left, left);
    }
  }

 private:
  // The cursor is at column `at`; further lines begin at `indent`, with blanks or with `begin`.
  void wrap(std::string_view text, std::size_t at, std::size_t indent,
            std::string_view begin = "") {
    bool is_first = true;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(' '), text.size());
      const std::size_t width = display_width(text.substr(0, end));
      if (!is_first && at + 1 + width > columns_) {
        line();
        text_ += begin;
        text_.append(indent - begin.size(), ' ');
        at = indent;
        is_first = true;
      }
      if (!is_first) text_ += ' ';
      text_ += text.substr(0, end);
      at += width + (is_first ? 0 : 1);
      is_first = false;
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    line();
  }

  const std::size_t columns_;
  const Paint* const paint_;
  std::string text_;
};

std::string summary_with_default(const OptionPage& option) {
  std::string text(option.summary);
  if (option.is_repeatable) text += "; may be repeated";
  const std::string value = default_of(option);
  return value.empty() || value == "none" ? text : text + " (default: " + value + ")";
}

std::vector<Row> option_rows(std::span<const OptionPage> options) {
  std::vector<Row> rows;
  for (const OptionPage& option : options) {
    // Options without a short name line up with those that have one.
    const std::string indent = option.names.starts_with("--") ? "    " : "";
    rows.emplace_back(indent + spelling_of(option), summary_with_default(option));
  }
  return rows;
}

void print_paragraphs(HelpPrinter& help, std::string_view text) {
  while (!text.empty()) {
    help.line();
    help.paragraph(next_line(text));
  }
}

void print_exit_codes(HelpPrinter& help, const std::vector<ExitCode>& codes) {
  help.head("Exit codes");
  std::vector<Row> rows;
  for (const ExitCode code : codes) {
    rows.emplace_back(std::to_string(static_cast<int>(code)), meaning(code));
  }
  help.rows(rows);
}

// On one line each, where the purpose stands above what to type.
void print_examples(HelpPrinter& help, const std::vector<Example>& examples) {
  help.head("Examples");
  for (const Example& example : examples) {
    help.comment(std::string(example.purpose));
    help.line("  " + std::string(example.command));
  }
}

void print_command(HelpPrinter& help, const CommandPage& page, bool is_short) {
  help.paragraph(std::string(page.summary) + ".");
  help.head("Usage");
  help.line("  " + usage_of(page));
  if (!page.alias.empty()) help.line("  or: sluice " + std::string(page.alias));
  if (!is_short) print_paragraphs(help, page.description);
  if (page.operand) {
    help.head("Arguments");
    help.rows({{usage_of(*page.operand), std::string(page.operand->summary)}});
  }
  if (!page.options.empty()) {
    help.head("Options");
    help.rows(option_rows(page.options));
  }
  print_examples(help, page.examples);
  if (is_short) {
    help.line();
    help.paragraph("`sluice help " + std::string(page.name) +
                   "` says more; `sluice --help` has the options of every command.");
    return;
  }
  help.head("Options of every command");
  help.rows(option_rows(global_options()));
  print_exit_codes(help, exit_codes_of(page));
}

std::vector<Row> command_rows(const std::vector<const CommandPage*>& pages) {
  std::vector<Row> rows;
  for (const CommandPage* page : pages) {
    rows.emplace_back(page->name, std::string(page->summary));
  }
  return rows;
}

void print_family(HelpPrinter& help, const Family& family) {
  help.paragraph(std::string(family.summary) + ".");
  help.head("Usage");
  help.line("  sluice " + std::string(family.name) + " COMMAND [OPTIONS]");
  help.head("Commands");
  help.rows(command_rows(commands_of(family.name)));
  help.line();
  help.paragraph("`sluice help " + std::string(family.name) + " COMMAND` explains a command.");
}

void print_program(HelpPrinter& help, bool is_short) {
  help.paragraph("Turns documents into a Markdown knowledge base.");
  help.head("Usage");
  help.line("  sluice [OPTIONS] COMMAND");
  for (int group = 0; group < static_cast<int>(Group::kHidden); ++group) {
    const auto pages = commands_of(static_cast<Group>(group));
    if (pages.empty()) continue;
    help.head(std::string(heading(static_cast<Group>(group))));
    help.rows(command_rows(pages), kCommandColumn);
  }
  print_examples(help, {{"sluice init ~/kb", "make a knowledge base"},
                        {"sluice -C ~/kb add ~/Documents", "add a folder; repeat to keep current"},
                        {"sluice convert report.docx", "print one document as Markdown"}});
  if (!is_short) {
    help.head("Options of every command");
    help.rows(option_rows(global_options()));
    std::vector<ExitCode> codes;
    for (const ExitMeaning& one : all_exit_codes()) codes.push_back(one.code);
    print_exit_codes(help, codes);
  }
  help.line();
  help.paragraph(is_short
                     ? "`sluice help COMMAND` explains a command; `sluice --help` has the options "
                       "of every command and the exit codes."
                     : "`sluice help COMMAND` explains a command.");
}

}  // namespace

std::string help_text(const Answer& answer, const HelpLayout& layout) {
  const bool is_short = answer.kind == Answer::Kind::kShortHelp;
  HelpPrinter help(layout);
  if (const CommandPage* page = find_command(answer.command)) {
    print_command(help, *page, is_short);
  } else if (const Family* family = find_family(answer.command)) {
    print_family(help, *family);
  } else {
    print_program(help, is_short);
  }
  return help.take_text();
}

}  // namespace sluice::cli
