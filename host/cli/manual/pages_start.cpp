// The pages of: init, add, convert.
#include "cli/manual/manual.h"

namespace sluice::cli {
namespace {

CommandPage init_page() {
  return {
      .name = "init",
      .group = Group::kStart,
      .summary = "Make a knowledge base",
      .description =
          "Makes the folders of a knowledge base: `wiki/` for the Markdown that you read, `raw/` "
          "for copies of the sources, and `.sluice/` for the registry. The file "
          "`.sluice/config.toml` shows every setting with its default, commented out.\n"
          "A folder that has files already keeps them.\n"
          "`--layout` says where documents are published, and holds for the life of the knowledge "
          "base. `flat` puts all into one folder: `wiki/sources/README.md`. `mirror` keeps the "
          "folders of the sources: `wiki/sources/docs/fr/README.md` of `docs/fr/README.md`. A "
          "source outside counts from the folder that the knowledge base is in, if that holds it, "
          "else from the root.\n",
      .operand = OperandPage{.value = "DIR",
                             .summary = "The folder; it is made if it is not there (default: .)",
                             .count = OperandPage::Count::kOptional,
                             .values = Values::kFolders},
      .options = {{.names = "--layout",
                   .value = "KIND",
                   .summary = "Where documents are published",
                   .setting = "output.layout",
                   .values = Values::kWords,
                   .words = {"flat", "mirror"}}},
      .examples = {{"sluice init ~/kb", "make a knowledge base in ~/kb"},
                   {"sluice init --layout mirror ~/kb", "one that keeps the sources' folders"},
                   {"sluice init", "make one in the folder that you are in"}},
  };
}

CommandPage add_page() {
  return {
      .name = "add",
      .group = Group::kStart,
      .summary = "Convert files, directories and URLs into the knowledge base",
      .description =
          "Converts each file to Markdown, with its pictures, and commits it. Of a directory, it "
          "takes all files below it that a converter can read; what it skips is counted in the "
          "summary, and `-v` names it. Each document is converted in a sandbox of its own. One "
          "that fails does not stop the others.\n"
          "A URL (http or https) is fetched and becomes a document, too: only from public "
          "addresses, and as `robots.txt` allows. See [fetch] in the configuration.\n"
          "A second run converts only what is new or has changed. A file with the same bytes as "
          "another is a duplicate; if the other is gone, it was renamed, and its document follows. "
          "A failure that cannot end differently is not tried again until the file, its converter "
          "or an option changes.\n"
          "A mail, an archive or another container hands over the documents within it. Each of "
          "them becomes a document of its own.\n",
      .operand = OperandPage{.value = "PATH",
                             .summary = "Files, directories with all below them, and URLs; none "
                                        "is needed with --files-from",
                             .count = OperandPage::Count::kSome,
                             .values = Values::kPaths},
      .options = joined(
          {scan_options(),
           {{.names = "--files-from",
             .value = "FILE",
             .summary = "Read paths from a file, one on each line; - is standard input",
             .default_value = "none",
             .values = Values::kPaths},
            {.names = "-0", .summary = "With --files-from: a NUL ends each path"},
            {.names = "--fail-fast", .summary = "Stop at the first document that fails"},
            strict_option(),
            on_edit_option(),
            {.names = "-n,--dry-run", .summary = "Print what would be added, and add nothing"}},
           converting_options()}),
      .examples = {{"sluice add ~/Documents", "add all that Sluice can read below ~/Documents"},
                   {"sluice add https://example.org/report", "add a page of the web"},
                   {"sluice add -n ~/Documents", "see first what would be added and skipped"},
                   {"sluice add -g '*.pdf' -g '!drafts/' ~/Documents", "only PDFs, without drafts"},
                   {"sluice add --option pdf.password=secret letter.pdf", "open a locked PDF"},
                   {"git ls-files -z | sluice add --files-from - -0", "add what git knows"}},
      .exit_codes = {ExitCode::kSomeFailed, ExitCode::kNoKb, ExitCode::kLockTimeout,
                     ExitCode::kNoSandbox, ExitCode::kDamaged, ExitCode::kInterrupted},
  };
}

CommandPage convert_page() {
  return {
      .name = "convert",
      .group = Group::kStart,
      .summary = "Print one document as Markdown; no knowledge base is needed",
      .description =
          "Converts one document in the sandbox and prints its Markdown. Pictures are left out "
          "unless `--assets` names a folder for them. Documents within the document (attachments, "
          "files in an archive) go to that folder, too; with `--children` and without a folder "
          "they are printed behind it, each behind a comment with its path.\n"
          "With `-o` the Markdown goes to a file, which is replaced at once and whole, and its "
          "links to pictures begin at that file's folder.\n",
      .operand = OperandPage{.value = "FILE",
                             .summary = "The document; - is standard input",
                             .count = OperandPage::Count::kOne,
                             .values = Values::kPaths},
      .options = joined({{{.names = "--media-type",
                           .value = "TYPE",
                           .summary = "What the document is, as in text/html",
                           .default_value = "found out from its bytes and its name"},
                          {.names = "--name",
                           .value = "NAME",
                           .summary = "The file name of standard input, for its type and title",
                           .default_value = "none"},
                          {.names = "-o,--output",
                           .value = "FILE",
                           .summary = "Write the Markdown to this file",
                           .default_value = "standard output",
                           .values = Values::kPaths},
                          {.names = "--children", .summary = "Print the documents within it, too"},
                          {.names = "--assets",
                           .value = "DIR",
                           .summary = "Write pictures, and documents within it, to this folder",
                           .default_value = "none: they are left out",
                           .values = Values::kFolders}},
                         converting_options()}),
      .examples = {{"sluice convert report.docx", "print a Word document as Markdown"},
                   {"sluice convert paper.pdf -o paper.md --assets paper",
                    "keep its pictures, too"},
                   {"sluice convert letter.eml --children", "a mail with its attachments"},
                   {"sluice convert report.docx --json", "one object for a program, with warnings"},
                   {"curl -s https://example.org/ | sluice convert - --media-type text/html",
                    "convert a web page"}},
      .exit_codes = {ExitCode::kSomeFailed, ExitCode::kNoSandbox, ExitCode::kInterrupted},
  };
}

}  // namespace

std::vector<CommandPage> pages_to_start() {
  return {init_page(), add_page(), convert_page()};
}

}  // namespace sluice::cli
