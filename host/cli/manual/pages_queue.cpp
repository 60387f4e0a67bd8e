// The pages of the commands that spread documents over many computers through PostgreSQL:
// `sluice queue` and `sluice work`. The program sluice-queue carries them out.
#include "cli/manual/manual.h"

namespace sluice::cli {
namespace {

OperandPage url_operand() {
  return {.value = "URL",
          .summary = "URL of the database, without a password (default: SLUICE_QUEUE)",
          .count = OperandPage::Count::kOptional};
}

OptionPage url_option() {
  return {.names = "--queue",
          .value = "URL",
          .summary = "URL of the database, without a password",
          .default_value = "SLUICE_QUEUE"};
}

OperandPage numbers_operand(std::string_view summary) {
  return {.value = "NUMBER", .summary = summary, .count = OperandPage::Count::kAny};
}

CommandPage queue_init_page() {
  return {
      .name = "queue init",
      .group = Group::kMachines,
      .summary = "Make a queue in a PostgreSQL database",
      .description =
          "Makes the schema `sluice_queue` in an empty place of a database, and three roles: "
          "`sluice_submitter` hands in lists of files, `sluice_worker` converts them, and "
          "`sluice_committer` belongs beside the knowledge base. Grant them to users with GRANT. "
          "In a database that has a queue, it changes the settings that are given.\n"
          "The bytes of documents never go through the database. Workers read the files under the "
          "paths that were submitted, and write bundles to the store, a shared folder or an "
          "S3-like service: `s3://bucket/prefix?region=NAME`, with `&endpoint=URL` for one that is "
          "not Amazon's. Its keys are in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n"
          "The URL of the database is as in `postgresql://user@host/database`. A password belongs "
          "in `~/.pgpass`. TLS and everything else of the connection is set as for any client of "
          "PostgreSQL: in the URL, in a service file, or with variables such as PGSSLMODE.\n",
      .operand = url_operand(),
      .options = {{.names = "--store",
                   .value = "URL",
                   .summary = "Where bundles travel: file:///FOLDER, or s3://BUCKET/PREFIX",
                   .default_value = "none; a new queue needs one"},
                  {.names = "--lease",
                   .value = "SECONDS",
                   .summary = "Give a worker's tasks to another one when it was silent for so long",
                   .default_value = "60"},
                  {.names = "--attempts",
                   .value = "N",
                   .summary = "Let a document fail whose worker was lost so often",
                   .default_value = "5"},
                  {.names = "--window",
                   .value = "N",
                   .summary = "Let workers be so many documents ahead of the knowledge base",
                   .default_value = "10000"}},
      .examples =
          {{"sluice queue init postgresql://db.example.org/docs --store file:///srv/bundles",
            "make a queue whose bundles travel in a shared folder"},
           {"sluice queue init --window 50000", "change a setting of the queue in SLUICE_QUEUE"}},
  };
}

CommandPage queue_submit_page() {
  return {
      .name = "queue submit",
      .group = Group::kMachines,
      .summary = "Put files and directories into a queue",
      .description =
          "Lists files as `add` does, and appends them to the queue: all of them, or none if it "
          "is stopped. The knowledge base gets the documents in this order, whichever worker is "
          "first. Workers must see the files under the same paths.\n",
      .operand = OperandPage{.value = "PATH",
                             .summary = "Files, and directories with all below them; none is "
                                        "needed with --files-from",
                             .count = OperandPage::Count::kSome,
                             .values = Values::kPaths},
      .options =
          joined({{url_option()},
                  scan_options(),
                  {{.names = "--files-from",
                    .value = "FILE",
                    .summary = "Read paths from a file, one on each line; - is standard input",
                    .default_value = "none",
                    .values = Values::kPaths},
                   {.names = "-0", .summary = "With --files-from: a NUL ends each path"}}}),
      .examples = {{"sluice queue submit /srv/scans", "all that Sluice can read below /srv/scans"}},
      .exit_codes = {ExitCode::kSomeFailed, ExitCode::kInterrupted},
  };
}

CommandPage queue_status_page() {
  return {
      .name = "queue status",
      .group = Group::kMachines,
      .summary = "Show how far a queue is, and who works on it",
      .description =
          "Prints how many documents wait, are being converted, wait for the knowledge base, are "
          "committed or have failed; the workers that have tasks now; the last attempts that came "
          "to nothing; and, if bundles were made by different converters, versions or options, "
          "how many by which.\n",
      .operand = url_operand(),
      .examples = {{"sluice queue status", "the queue in SLUICE_QUEUE"},
                   {"sluice --json queue status", "the same for a program"}},
  };
}

CommandPage queue_retry_page() {
  return {
      .name = "queue retry",
      .group = Group::kMachines,
      .summary = "Put what failed into the queue again",
      .description =
          "A document fails in the queue when no worker could make a bundle of it, for example "
          "because each of them was lost. This appends such documents to the queue again, under "
          "new numbers. Documents that a converter could not read do not fail in the queue: their "
          "bundles say so, and `sluice list --failed` shows them.\n",
      .operand = numbers_operand("Numbers that `queue status` shows (default: all that failed)"),
      .options = {url_option()},
      .examples = {{"sluice queue retry", "all that failed"},
                   {"sluice queue retry 17 23", "two of them"}},
  };
}

CommandPage queue_cancel_page() {
  return {
      .name = "queue cancel",
      .group = Group::kMachines,
      .summary = "Take documents out of a queue",
      .description =
          "Documents that are in the knowledge base already stay there. A worker that has one of "
          "the others finishes it, and its bundle is not wanted.\n",
      .operand = numbers_operand("Numbers of documents (default: none; --all takes all)"),
      .options = {{.names = "--all", .summary = "Take out all that are not committed"},
                  url_option()},
      .examples = {{"sluice queue cancel --all", "stop all work"},
                   {"sluice queue cancel 17", "one document"}},
  };
}

OptionPage scratch_option() {
  return {.names = "--scratch",
          .value = "DIR",
          .summary = "Keep what is on its way in this folder",
          .default_value = "TMPDIR, else /tmp",
          .values = Values::kFolders};
}

CommandPage queue_commit_page() {
  return {
      .name = "queue commit",
      .group = Group::kMachines,
      .summary = "Take bundles from a queue into the knowledge base",
      .description =
          "Belongs beside the knowledge base. It takes the documents in the order in which they "
          "were submitted, whichever bundle is there first, and goes on until it is stopped. Each "
          "bundle counts as forged until it is checked: one that is refused is prepared again by "
          "another worker, and `queue status` names who made it.\n"
          "The registry of the knowledge base keeps the number of the last document, so that none "
          "is lost or committed twice, whichever side dies when.\n",
      .operand = url_operand(),
      .options = {{.names = "--once", .summary = "End when all that was submitted is over"},
                  scratch_option()},
      .examples = {{"sluice queue commit -C ~/kb", "into the knowledge base in ~/kb"},
                   {"sluice queue commit --once", "until everything is committed"}},
      .exit_codes = {ExitCode::kSomeFailed, ExitCode::kNoKb, ExitCode::kLockTimeout,
                     ExitCode::kDamaged, ExitCode::kInterrupted},
  };
}

CommandPage work_page() {
  return {
      .name = "work",
      .group = Group::kMachines,
      .summary = "Convert documents of a queue on this computer",
      .description =
          "Claims a few documents at a time, converts them in the sandbox, as `prepare` does, and "
          "delivers their bundles to the store. It goes on until it is stopped; then it gives back "
          "what it has not done. Run it on any number of computers, and more than once on a large "
          "one. No knowledge base is needed.\n"
          "A worker that is silent for longer than the lease loses its documents to others, and "
          "what it delivers late is ignored. A file that cannot be read here is left to another "
          "worker.\n",
      .operand = url_operand(),
      .options = joined({{{.names = "--once", .summary = "End when nothing is left to be done"},
                          {.names = "--batch",
                           .value = "N",
                           .summary = "Claim so many documents at a time",
                           .default_value = "16 for each job"},
                          scratch_option()},
                         converting_options()}),
      .examples = {{"sluice work -j 8", "for the queue in SLUICE_QUEUE, eight at a time"},
                   {"sluice work --once", "until nothing is left"}},
      .exit_codes = {ExitCode::kSomeFailed, ExitCode::kNoSandbox, ExitCode::kInterrupted},
  };
}

}  // namespace

std::vector<CommandPage> pages_of_queue() {
  return {queue_init_page(),   queue_submit_page(), queue_status_page(), queue_retry_page(),
          queue_cancel_page(), queue_commit_page(), work_page()};
}

}  // namespace sluice::cli
