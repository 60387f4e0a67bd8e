#include "cli/commands/add_dry_run.h"

#include <map>

#include "cli/conversion_setup.h"
#include "cli/json.h"
#include "cli/skip_report.h"
#include "cli/text.h"
#include "model/picture_without_text.h"
#include "owner/knowledge_base.h"
#include "owner/registry.h"
#include "platform/error.h"
#include "plugin/router.h"

namespace sluice::cli {
namespace {

constexpr std::string_view kAdd = "add";
constexpr std::string_view kUpdate = "update";
constexpr std::string_view kUnchanged = "unchanged";
constexpr std::string_view kFail = "fail";
constexpr std::string_view kSkip = "skip";
using Counts = std::map<std::string_view, std::uint64_t>;  // by verb

// What would become of one source.
struct Plan {
  std::string_view verb;
  std::string detail;  // the converter, or why not
  bool known = false;  // a failure of last time
};

std::string read_part(platform::Files& files, const platform::File& file, std::uint64_t offset,
                      std::size_t size) {
  std::string part(size, '\0');
  part.resize(
      files.read(file, offset, std::as_writable_bytes(std::span(part.data(), part.size()))));
  return part;
}

Plan plan(platform::Files& files, const Workspace& workspace, RegistryView& view,
          const Source& source, const std::string& setup) {
  if (source.problem) return {kFail, source.problem->reason};
  // Nothing is fetched to see what would be fetched.
  if (source.is_web)
    return {view.source(source.path_key()) ? kUpdate : kAdd, "if it can be fetched"};
  const auto info = files.resolve_info(source.root->dir, source.relative);
  if (!info || info->kind != platform::FileKind::kRegular) return {kFail, "it is not a file"};
  const auto known = view.source(source.path_key());
  if (known && known->identity_settled && known->identity == info->identity)
    return {kUnchanged, ""};
  const auto failure = view.failure(source.path_key());
  if (failure && failure->setup == setup && failure->identity_settled &&
      failure->identity == info->identity) {
    if (is_picture_without_text(source, failure->outcome)) return {kSkip, ""};
    return {kFail, std::string(word(failure->outcome)) + " as before: " + failure->reason, true};
  }
  try {
    const auto file =
        files.open_read(source.root->dir, source.relative, platform::Symlinks::kInside);
    if (!file) return {kFail, "it is gone"};
    const std::string prefix = read_part(files, *file, 0, plugin::kSniffBytes);
    const auto range = plugin::directory_range(prefix, info->identity.size);
    const std::string directory = read_part(files, *file, range.offset, range.size);
    const auto type = plugin::sniff(prefix, directory, source.file_name());
    const auto line =
        workspace.router.route(type, prefix, source.file_name(), workspace.converter_id);
    if (line.empty()) return {kFail, "no converter takes " + type.media_type};
    return {known ? kUpdate : kAdd, line.front().converter->id};
  } catch (const SystemError& error) {
    return {kFail, error.cause()};
  }
}

// The same type as the summary of a run, with what its counts would be.
std::string summary_json(Counts& counts, std::uint64_t failed_new, const SkipReport& skips,
                         const DryRunExtras& extras) {
  SummaryCounts summary;
  summary.added = counts[kAdd];
  summary.updated = counts[kUpdate];
  summary.unchanged = counts[kUnchanged];
  summary.failed = counts[kFail];
  summary.failed_new = failed_new;
  summary.skipped = skips.count();
  summary.skipped_by = skips.counts_json();
  summary.renamed = extras.renamed;
  summary.removed = extras.removed;
  summary.dry_run = true;
  return cli::summary_json(summary, 0);
}

}  // namespace

int run_add_dry(platform::Files& files, const Args& args, const Workspace& workspace,
                const std::vector<std::string>& paths, scan::ScanOptions options, Io& io,
                const DryRunExtras& extras) {
  const auto kb =
      owner::KnowledgeBase::open(files, *workspace.kb, owner::Database::Mode::kReadOnly);
  const auto view = owner::RegistryViewsOf(kb.registry_path()).open();
  SkipReport skips(args.global, [&io](const std::string& lines) { io.out << lines; });
  options.on_skipped = [&skips](scan::Skipped&& skipped) { skips.add(std::move(skipped)); };
  scan::Scanner scanner(files, paths, std::move(options));
  const std::string setup =
      conversion_setup(workspace.config, workspace.catalog, workspace.converter_id);
  Counts counts;
  std::uint64_t failed_new = 0;
  while (const auto source = scanner.next()) {
    if (extras.told.contains(source->path_key())) continue;
    const Plan planned = plan(files, workspace, *view, *source, setup);
    if (planned.verb == kSkip) {
      skips.add_picture(*source);
      continue;
    }
    ++counts[planned.verb];
    if (planned.verb == kFail && !planned.known) ++failed_new;
    io.out << skips.all_lines();
    if (args.global.json) {
      io.out << plan_json(source->given, source->path_key(), planned.verb, planned.detail);
    } else if (planned.verb != kUnchanged || args.global.verbose > 0) {
      io.out << "would " << planned.verb << "  " << visible(source->given)
             << (planned.detail.empty() ? "" : "  (" + visible(planned.detail) + ")") << "\n";
    }
  }
  io.out << skips.all_lines();
  if (args.global.json) {
    io.out << summary_json(counts, failed_new, skips, extras);
  } else if (!args.global.quiet) {
    io.out << skips.summary_line() << "would add " << counts[kAdd] << ", update " << counts[kUpdate]
           << ", leave unchanged " << counts[kUnchanged] << ", fail " << counts[kFail] << ", skip "
           << skips.count();
    if (extras.renamed > 0) io.out << ", rename " << extras.renamed;
    if (extras.removed > 0) io.out << ", remove " << extras.removed;
    io.out << "\n";
  }
  return static_cast<int>(failed_new > 0 ? ExitCode::kSomeFailed : ExitCode::kOk);
}

}  // namespace sluice::cli
