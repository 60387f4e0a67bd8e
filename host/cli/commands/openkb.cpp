// sluice import openkb: the owner of add, with what OpenKB converted in the place of lanes.
// sluice export openkb: a copy that OpenKB's own tools read.
#include "cli/commands/openkb.h"

#include <sluice/counted.hpp>

#include "cli/ingest.h"
#include "cli/json.h"
#include "cli/openkb_documents.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "openkb/export.h"
#include "openkb/folder.h"
#include "openkb/import.h"
#include "owner/knowledge_base.h"
#include "platform/error.h"
#include "scan/given_paths.h"

namespace sluice::cli {
namespace {

using openkb::Folder;
using openkb::Importer;

std::string folder_path(const Io& io, const std::string& dir) {
  const std::string given = absolute_path(io, dir);
  try {
    return scan::without_symlinks(given);
  } catch (const SystemError& error) {
    throw Error("open", given, error.cause(), "give the folder of a knowledge base of OpenKB",
                ExitCode::kUsage);
  }
}

// OpenKB and Sluice cannot both own raw/ and wiki/.
void check_apart(const std::string& folder, const owner::KnowledgeBase& kb) {
  if (folder != kb.path()) return;
  throw Error("import", folder,
              "it is the folder of this knowledge base itself, and OpenKB cannot share it",
              "make another one with 'sluice init DIR', and import there", ExitCode::kUsage);
}

std::string_view word(ImportVerdict verdict) {
  switch (verdict) {
    case ImportVerdict::kAdd:
      return "add";
    case ImportVerdict::kUpdate:
      return "update";
    case ImportVerdict::kUnchanged:
    case ImportVerdict::kNewerHere:
      break;
  }
  return "unchanged";
}

// What is in the folder and is not taken over.
std::vector<std::string> remarks(const Folder& folder, const ImportPlan& plan) {
  std::vector<std::string> lines;
  if (const std::uint64_t newer = plan.count(ImportVerdict::kNewerHere); newer > 0) {
    lines.push_back(counted(newer, "document has", "documents have") +
                    " changed here since, and stay as they are");
  }
  if (const auto strangers = folder.strangers(); !strangers.empty()) {
    lines.push_back(counted(strangers.size(), "file in raw/ is", "files in raw/ are") +
                    " in no row of OpenKB's list, such as " + strangers.front() +
                    "; 'sluice add' takes them");
  }
  if (const std::uint64_t pages = folder.own_pages(); pages > 0) {
    lines.push_back(
        counted(pages, "page is", "pages are") +
        " OpenKB's own (summaries, concepts, entities, explorations), and not taken over");
  }
  return lines;
}

int run_dry(const Args& args, const Workspace& workspace, const Folder& folder,
            const ImportPlan& plan, platform::Files& files, Io& io) {
  TemporaryStaging staging(files);
  const prepare::PrepareSettings settings = workspace.context(files, staging, nullptr).settings;
  const Importer importer(files, folder, settings, staging);
  SummaryCounts counts;
  counts.dry_run = true;
  for (const ImportPlan::Item& item : plan.items()) {
    std::string_view would = word(item.verdict);
    std::string detail = item.entry->document();
    if (would == "unchanged") {
      ++counts.unchanged;
    } else if (const std::string problem = importer.problem_of(*item.entry); !problem.empty()) {
      would = "fail";
      detail = problem;
      ++counts.failed;
      ++counts.failed_new;
    } else {
      ++(item.verdict == ImportVerdict::kAdd ? counts.added : counts.updated);
    }
    if (args.global.json) {
      io.out << plan_json(item.path_key, item.path_key, would, detail);
    } else if (would != "unchanged" || args.global.verbose > 0) {
      io.out << "would " << would << "  " << visible(item.path_key) << "  (" << visible(detail)
             << ")\n";
    }
  }
  if (args.global.json) {
    io.out << summary_json(counts, 0);
  } else if (!args.global.quiet) {
    for (const std::string& line : remarks(folder, plan)) io.out << visible(line) << "\n";
    io.out << "would add " << counts.added << ", update " << counts.updated << ", leave unchanged "
           << counts.unchanged << ", fail " << counts.failed << "\n";
  }
  return static_cast<int>(counts.failed > 0 ? ExitCode::kSomeFailed : ExitCode::kOk);
}

}  // namespace

int run_import_openkb(platform::Files& files, const Args& args, const ImportOpenKbArgs& import,
                      Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kYes);
  auto kb = owner::KnowledgeBase::open(
      files, *workspace.kb,
      import.dry_run ? owner::Database::Mode::kReadOnly : owner::Database::Mode::kReadWrite);
  const std::string path = folder_path(io, import.dir);
  check_apart(path, kb);
  const Folder folder(files, path);
  const ImportPlan plan(folder, kb.path(), kb.registry());
  if (import.dry_run) return run_dry(args, workspace, folder, plan, files, io);
  std::optional<prepare::PrepareSettings> settings;
  IngestJob job;
  job.command = "import openkb";
  job.strict = import.strict;
  job.make_bundles = [&](LazyStaging& staging, Reporter& reporter, Progress& progress) {
    settings = workspace.context(files, staging, nullptr).settings;
    const std::uint64_t unchanged =
        plan.count(ImportVerdict::kUnchanged) + plan.count(ImportVerdict::kNewerHere);
    progress.set_total(plan.items().size() - unchanged);
    reporter.unchanged(unchanged);
    for (const std::string& line : remarks(folder, plan)) reporter.warn(line);
    return std::make_unique<OpenKbDocuments>(plan, Importer(files, folder, *settings, staging));
  };
  return run_ingest(files, args, io, workspace, kb, job);
}

int run_export_openkb(platform::Files& files, const Args& args, const ExportOpenKbArgs& wanted,
                      Io& io) {
  const std::string kb_path = need_kb(files, args, io);
  const Config config = Config::load(files, args, io, kb_path);
  const auto kb = owner::KnowledgeBase::open(files, kb_path, owner::Database::Mode::kReadOnly);
  std::string path = absolute_path(io, wanted.dir);
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  openkb::ExportSettings settings;
  settings.dry_run = wanted.dry_run;
  settings.lock_timeout = config.settings().lock_timeout;
  settings.warn = [&io](const std::string& text) { io.err << "warning " << visible(text) << "\n"; };
  if (wanted.dry_run && !args.global.json) {
    settings.on_document = [&io](const std::string& would, const std::string& name) {
      io.out << "would " << would << "  " << visible(name) << "\n";
    };
  }
  const openkb::ExportCounts counts = openkb::export_documents(files, kb, path, settings);
  if (args.global.json) {
    io.out << JsonObject("export")
                  .number("written", counts.written)
                  .number("removed", counts.removed)
                  .number("unchanged", counts.unchanged)
                  .number("left", counts.left)
                  .number("failed", counts.failed)
                  .flag("dry_run", wanted.dry_run)
                  .line();
  } else if (!args.global.quiet) {
    io.out << (wanted.dry_run ? "would export " : "exported ") << counts.written << ", removed "
           << counts.removed << ", unchanged " << counts.unchanged << ", failed " << counts.failed;
    if (counts.left > 0) io.out << ", left to OpenKB " << counts.left;
    io.out << "\n";
  }
  return static_cast<int>(counts.failed > 0 ? ExitCode::kSomeFailed : ExitCode::kOk);
}

}  // namespace sluice::cli
