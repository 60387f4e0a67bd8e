#include "cli/commands/convert.h"

#include <array>
#include <filesystem>
#include <sluice/counted.hpp>

#include "cli/named_plugins.h"
#include "cli/progress.h"
#include "cli/sandbox.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "model/layout.h"
#include "platform/error.h"
#include "platform/percent_encoding.h"
#include "prepare/pool.h"
#include "scan/sibling_rules.h"
#include "staging/staging.h"

namespace sluice::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStandardInput = "stdin";

// A root for a file in its own folder.
Source source_of_file(platform::Files& files, const Io& io, const std::string& file,
                      const Workspace& workspace) {
  const fs::path path = absolute_path(io, file);
  auto dir = files.open_dir(path.parent_path().string());
  auto root = std::make_shared<SourceRoot>();
  if (!dir || !files.resolve_info(*dir, path.filename().string())) {
    throw Error("convert", file, "there is no such file", "check the path");
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

// Standard input, copied to where a worker can be given it.
Source source_of_input(platform::Files& files, Io& io, TemporaryStaging& staging) {
  const platform::File copy =
      files.create(staging.dir(), kStandardInput, platform::Access::kPrivate);
  std::array<char, 64 << 10> buffer;
  std::uint64_t size = 0;
  while (io.in.read(buffer.data(), buffer.size()), io.in.gcount() > 0) {
    const auto got = static_cast<std::size_t>(io.in.gcount());
    files.write(copy, size, std::as_bytes(std::span(buffer.data(), got)));
    size += got;
  }
  auto root = std::make_shared<SourceRoot>();
  root->dir = platform::duplicate(staging.dir());
  return {0, std::move(root), kStandardInput, "standard input"};
}

std::string read_all(platform::Files& files, const platform::Dir& dir, const StagedFile& staged) {
  const auto file = files.open_read(dir, staged.name);
  std::string text(static_cast<std::size_t>(staged.size()), '\0');
  if (!file || files.read(*file, 0, std::as_writable_bytes(std::span(text.data(), text.size()))) !=
                   text.size()) {
    throw Error("read", "the converted document", "its staged file is gone");
  }
  return text;
}

// The document with its images in `folder` instead of images/<name>.
std::string with_assets_in(const std::string& markdown, const Bundle& bundle,
                           const std::string& folder) {
  const std::size_t before = layout::kImageLinkPrefix.size();
  std::string out;
  std::size_t done = 0;
  for (const std::uint64_t position : bundle.name_positions) {
    out.append(markdown, done, static_cast<std::size_t>(position) - before - done);
    // What would end a link destination or be taken for syntax is encoded.
    out += platform::percent_encoded(folder, "()<>%?#\\");
    done = static_cast<std::size_t>(position) + bundle.placeholder_name.size();
  }
  return out.append(markdown, done);
}

void keep_assets(platform::Files& files, const platform::Dir& staging, const Io& io,
                 const Bundle& bundle, const std::string& folder) {
  const std::string path = absolute_path(io, folder);
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw SystemError("make the directory", folder, error);
  const auto to = files.open_dir(path);
  const auto from = files.open_dir(staging, bundle.assets_dir);
  if (!to || !from) throw Error("keep the images in", folder, "it is not a directory");
  for (const auto& asset : bundle.assets) {
    const std::string content = read_all(files, *from, asset);
    if (files.info(*to, asset.name)) {
      throw Error("write", folder + "/" + asset.name, "this file already exists",
                  "give --assets an empty directory");
    }
    files.write(files.create(*to, asset.name), 0, std::as_bytes(std::span(content)));
  }
}

int report_failure(const Bundle& bundle) {
  const std::string_view hint =
      bundle.hint.empty() ? sluice::hint(bundle.outcome) : std::string_view(bundle.hint);
  throw Error("convert", bundle.source.given,
              std::string(sluice::word(bundle.outcome)) +
                  (bundle.reason.empty() ? "" : ": " + bundle.reason),
              hint, ExitCode::kSomeFailed);
}

}  // namespace

int run_convert(platform::Files& files, const Args& args, const ConvertArgs& convert, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  enter_sandbox(workspace, args.global, io);
  prove_named_plugins(files, workspace, args, io);
  TemporaryStaging staging(files);
  prepare::PrepareContext context = workspace.context(files, staging, nullptr);
  context.settings.media_type = convert.media_type;
  context.settings.keeps_assets = convert.assets_dir.has_value();
  const Source source = convert.file == "-" ? source_of_input(files, io, staging)
                                            : source_of_file(files, io, convert.file, workspace);
  const Bundle bundle = prepare::prepare_one(context, source);
  for (const auto& warning : bundle.warnings) {
    io.err << "warning " << visible(source.given) << ": " << visible(warning.message) << "\n";
  }
  if (bundle.kind != Bundle::Kind::kPrepared) return report_failure(bundle);
  if (bundle.outcome == Outcome::kPartial) {
    io.err << "partial " << visible(source.given) << ": "
           << visible(bundle.reason.empty() ? "no reason given" : bundle.reason) << "\n";
  }
  const std::string markdown = read_all(files, staging.dir(), bundle.markdown);
  // A file gets the Markdown as it is; a terminal would act on what is in it.
  const auto write = [&io](const std::string& text) {
    io.out << (io.out_is_terminal ? visible_lines(text) : text);
  };
  if (convert.assets_dir && !bundle.assets.empty()) {
    keep_assets(files, staging.dir(), io, bundle, *convert.assets_dir);
    write(with_assets_in(markdown, bundle, *convert.assets_dir));
  } else {
    write(markdown);
    if (!bundle.assets.empty()) {
      io.err << "warning "
             << counted(bundle.assets.size(), "image is left out; give --assets DIR to keep it",
                        "images are left out; give --assets DIR to keep them")
             << "\n";
    }
  }
  return 0;
}

}  // namespace sluice::cli
