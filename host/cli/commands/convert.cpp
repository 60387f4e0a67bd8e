#include "cli/commands/convert.h"

#include <array>
#include <filesystem>
#include <optional>
#include <sluice/counted.hpp>

#include "cli/converted_files.h"
#include "cli/named_plugins.h"
#include "cli/output_file.h"
#include "cli/progress.h"
#include "cli/sandbox.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "platform/error.h"
#include "prepare/pool.h"
#include "scan/sibling_rules.h"
#include "staging/staging.h"

namespace sluice::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStandardInput = "stdin";
constexpr const char* kInput = "input";  // a folder of its own: the name in it is the user's

// A root for a file in its own folder.
Source source_of_file(platform::Files& files, const Io& io, const std::string& file,
                      const Workspace& workspace) {
  const fs::path path = absolute_path(io, file);
  auto dir = files.open_dir(path.parent_path().string());
  auto root = std::make_shared<SourceRoot>();
  const auto info = dir ? files.resolve_info(*dir, path.filename().string()) : std::nullopt;
  if (!info) throw Error("convert", file, "there is no such file", "check the path");
  if (info->kind == platform::FileKind::kDirectory) {
    throw Error("convert", file, "io: it is a directory",
                "'sluice add' converts all that is in it, into a knowledge base",
                ExitCode::kSomeFailed);
  }
  root->dir = std::move(*dir);
  root->path = path.parent_path().string();
  root->given = root->path;
  root->key_prefix = root->path + (root->path == "/" ? "" : "/");
  const Settings& settings = workspace.config.settings();
  scan::ScanOptions options;
  options.globs = settings.globs;
  options.ignore_files = settings.ignore_files;
  options.ignore = settings.ignore;
  root->sibling_rules =
      std::make_shared<scan::ScanSiblingRules>(files, options, scan::KbPlace(files, workspace.kb));
  return {0, std::move(root), path.filename().string(), file};
}

// Standard input, copied to where a worker can be given it, under the name that it shall have.
Source source_of_input(platform::Files& files, Io& io, TemporaryStaging& staging,
                       const std::string& name) {
  files.make_dir(staging.dir(), kInput, platform::Access::kPrivate);
  auto dir = files.open_dir(staging.dir(), kInput);
  if (!dir) throw Error("read", "standard input", "the temporary folder is gone", "run it again");
  const platform::File copy = files.create(*dir, name, platform::Access::kPrivate);
  std::array<char, 64 << 10> buffer;
  std::uint64_t size = 0;
  while (io.in.read(buffer.data(), buffer.size()), io.in.gcount() > 0) {
    const auto got = static_cast<std::size_t>(io.in.gcount());
    files.write(copy, size, std::as_bytes(std::span(buffer.data(), got)));
    size += got;
  }
  auto root = std::make_shared<SourceRoot>();
  root->dir = std::move(*dir);
  return {0, std::move(root), name, "standard input"};
}

// Each document within the source that could not be converted.
std::size_t report_failed_children(const Bundle& root, Io& io) {
  std::size_t failed = 0;
  for (const Bundle& child : root.children) {
    if (child.kind == Bundle::Kind::kPrepared) continue;
    ++failed;
    io.err << "failed " << visible(child.source.given) << ": " << sluice::word(child.outcome)
           << (child.reason.empty() ? "" : ": " + visible(child.reason)) << "\n";
  }
  return failed;
}

int report_failure(const Bundle& bundle) {
  const std::string_view hint =
      bundle.hint.empty() ? sluice::hint(bundle.outcome) : std::string_view(bundle.hint);
  throw Error("convert", bundle.source.given,
              std::string(sluice::word(bundle.outcome)) +
                  (bundle.reason.empty() ? "" : ": " + bundle.reason),
              hint, ExitCode::kSomeFailed);
}

// A folder as the Markdown in the file `output` has to call it.
std::string seen_from(const Io& io, const std::optional<std::string>& output,
                      const std::string& folder) {
  if (!output || fs::path(folder).is_absolute()) return folder;
  const fs::path from = fs::path(absolute_path(io, *output)).parent_path();
  return fs::path(absolute_path(io, folder)).lexically_relative(from).generic_string();
}

std::string markdown_of(const ConvertedFiles& converted, const ConvertArgs& convert, const Io& io) {
  if (convert.assets_dir) {
    return converted.keep_in(*convert.assets_dir,
                             seen_from(io, convert.output, *convert.assets_dir));
  }
  return convert.children ? converted.with_children() : converted.markdown();
}

void put_out(platform::Files& files, const Args& args, const ConvertArgs& convert,
             const Bundle& bundle, const ConvertedFiles& converted, Io& io) {
  const bool changes = convert.assets_dir || convert.children || convert.output ||
                       args.global.json || io.out_is_terminal;
  // Of any size: it does not have to fit into memory.
  if (!changes) return converted.print_markdown(io.out);
  const std::string markdown = markdown_of(converted, convert, io);
  if (convert.output) write_output_file(files, io, *convert.output, markdown);
  if (args.global.json) {
    io.out << converted_json(bundle, convert.output ? nullptr : &markdown);
    return;
  }
  if (convert.output) return;
  // A file gets the Markdown as it is; a terminal would act on what is in it.
  if (io.out_is_terminal) {
    io.out << visible_lines(markdown);
  } else {
    io.out << markdown;
  }
}

void warn_of_left_out(std::size_t count, const std::string& what, Io& io) {
  if (count == 0) return;
  const std::string plural = what == "image" ? "images" : "documents within it";
  io.err << "warning "
         << counted(count, what + " is left out; give --assets DIR to keep it",
                    plural + " are left out; give --assets DIR to keep them")
         << "\n";
}

}  // namespace

int run_convert(platform::Files& files, const Args& args, const ConvertArgs& convert, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  prove_named_plugins(files, workspace, args, io);
  TemporaryStaging staging(files);
  prepare::PrepareContext context = workspace.context(files, staging, nullptr);
  context.settings.media_type = convert.media_type;
  context.settings.keeps_assets = convert.assets_dir.has_value();
  const Source source = convert.file == "-" ? source_of_input(files, io, staging,
                                                              convert.name.value_or(kStandardInput))
                                            : source_of_file(files, io, convert.file, workspace);
  // The workers that convert say what they got of the sandbox, before they load a plugin: a probe
  // first would be a process more. They refuse by themselves where all of it is required.
  std::optional<SandboxLayers> layers;
  context.settings.on_confined = [&layers](const SandboxLayers& own) {
    if (!layers || layers->is_full()) layers = own;
  };
  const Bundle bundle = prepare::prepare_one(context, source);
  if (layers) {
    judge_sandbox(*layers, workspace, args.global, io);
  } else {
    enter_sandbox(workspace, args.global, io);
  }
  const bool warns = !args.global.quiet && !args.global.json;
  for (const auto& warning : bundle.warnings) {
    if (!warns) break;
    io.err << warning.severity() << " " << visible(source.given) << ": " << visible(warning.text())
           << "\n";
  }
  if (bundle.kind != Bundle::Kind::kPrepared) return report_failure(bundle);
  if (bundle.outcome == Outcome::kPartial && warns) {
    io.err << "partial " << visible(source.given) << ": "
           << visible(bundle.reason.empty() ? "no reason given" : bundle.reason) << "\n";
  }
  const std::size_t failed = report_failed_children(bundle, io);
  const ConvertedFiles converted(files, staging.dir(), io, bundle);
  put_out(files, args, convert, bundle, converted, io);
  if (!convert.assets_dir && !args.global.quiet) {
    warn_of_left_out(bundle.assets.size(), "image", io);
    if (!convert.children)
      warn_of_left_out(converted.converted_children(), "document within it", io);
  }
  return static_cast<int>(failed == 0 ? ExitCode::kOk : ExitCode::kSomeFailed);
}

}  // namespace sluice::cli
