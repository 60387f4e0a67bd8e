#include "cli/commands/add_dry_run.h"

#include "cli/json.h"
#include "cli/text.h"
#include "owner/knowledge_base.h"
#include "owner/registry.h"
#include "platform/error.h"
#include "plugin/router.h"

namespace sluice::cli {
namespace {

// What would become of one source.
struct Plan {
  std::string_view verb;  // add, update, unchanged, fail
  std::string detail;     // the converter, or why not
};

std::string read_part(platform::Files& files, const platform::File& file, std::uint64_t offset,
                      std::size_t size) {
  std::string part(size, '\0');
  part.resize(
      files.read(file, offset, std::as_writable_bytes(std::span(part.data(), part.size()))));
  return part;
}

Plan plan(platform::Files& files, const Workspace& workspace, RegistryView& view,
          const Source& source) {
  const auto info = files.resolve_info(source.root->dir, source.relative);
  if (!info || info->kind != platform::FileKind::kRegular) return {"fail", "it is not a file"};
  const auto known = view.source(source.path_key());
  if (known && known->identity_settled && known->identity == info->identity)
    return {"unchanged", ""};
  try {
    const auto file =
        files.open_read(source.root->dir, source.relative, platform::Symlinks::kInside);
    if (!file) return {"fail", "it is gone"};
    const std::uint64_t size = info->identity.size;
    const std::string prefix = read_part(files, *file, 0, plugin::kSniffBytes);
    const std::string tail =
        size <= plugin::kSniffBytes
            ? std::string()
            : read_part(files, *file, size - plugin::kSniffBytes, plugin::kSniffBytes);
    const auto type = plugin::sniff(prefix, tail, source.file_name());
    const auto line =
        workspace.router.route(type, prefix, source.file_name(), workspace.converter_id);
    if (line.empty()) return {"fail", "no converter takes " + type.media_type};
    return {known ? "update" : "add", line.front().converter->id};
  } catch (const SystemError& error) {
    return {"fail", error.cause()};
  }
}

}  // namespace

std::optional<int> run_add_dry(platform::Files& files, const Args& args, const Workspace& workspace,
                               scan::Scanner& scanner, Io& io) {
  const auto kb =
      owner::KnowledgeBase::open(files, *workspace.kb, owner::Database::Mode::kReadOnly);
  const auto view = owner::RegistryViewsOf(kb.registry_path()).open();
  bool found = false;
  int exit_code = 0;
  while (const auto source = scanner.next()) {
    found = true;
    const Plan planned = plan(files, workspace, *view, *source);
    if (planned.verb == "fail") exit_code = static_cast<int>(ExitCode::kSomeFailed);
    if (args.global.json) {
      io.out << JsonObject("plan")
                    .text("source", source->given)
                    .text("path", source->path_key())
                    .text("would", planned.verb)
                    .text_or_null("detail", planned.detail)
                    .line();
    } else if (planned.verb != "unchanged" || args.global.verbose > 0) {
      io.out << "would " << planned.verb << "  " << visible(source->given)
             << (planned.detail.empty() ? "" : "  (" + planned.detail + ")") << "\n";
    }
  }
  for (const auto& problem : scanner.problems()) {
    found = true;
    exit_code = static_cast<int>(ExitCode::kSomeFailed);
    io.err << "would fail  " << visible(problem.given) << ": " << visible(problem.reason) << "\n";
  }
  if (!found) return std::nullopt;
  return exit_code;
}

}  // namespace sluice::cli
