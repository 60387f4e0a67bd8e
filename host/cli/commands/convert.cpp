#include "cli/commands/convert.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <sluice/counted.hpp>

#include "cli/named_plugins.h"
#include "cli/progress.h"
#include "cli/sandbox.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "model/layout.h"
#include "model/names.h"
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

// Encodes what would end a link destination, and what Markdown reads as syntax.
std::string as_destination(const std::string& path) {
  return platform::percent_encoded(path, "()<>%?#\\");
}

// The Markdown with other link destinations: where they stand, and what they replace.
struct Destination {
  std::size_t position = 0;
  std::size_t length = 0;
  std::string text;
};

std::string with_destinations(const std::string& markdown, std::vector<Destination> all) {
  std::sort(all.begin(), all.end(), [](const Destination& one, const Destination& other) {
    return one.position < other.position;
  });
  std::string out;
  std::size_t done = 0;
  for (const Destination& one : all) {
    out.append(markdown, done, one.position - done);
    out += one.text;
    done = one.position + one.length;
  }
  return out.append(markdown, done);
}

// Its images stand in `folder` instead of images/<name>.
void lead_to_images(const Bundle& bundle, const std::string& folder,
                    std::vector<Destination>& all) {
  const std::size_t before = layout::kImageLinkPrefix.size();
  for (const std::uint64_t position : bundle.name_positions) {
    all.push_back({static_cast<std::size_t>(position) - before,
                   before + bundle.placeholder_name.size(), as_destination(folder)});
  }
}

// The names under which the documents within a source are kept, by their path keys.
using ChildNamesByKey = std::map<std::string, std::string>;

ChildNamesByKey names_of_children(const Bundle& root) {
  ChildNamesByKey names;
  std::set<std::string> taken;
  for (const Bundle& child : root.children) {
    if (child.kind != Bundle::Kind::kPrepared) continue;
    const std::string key = child.source.path_key();
    std::string name = child.placeholder_name;
    for (std::size_t digits = 8; !taken.insert(name_key(name)).second; digits += 8) {
      name = suffixed_name(child.placeholder_name, key, digits);
    }
    names.emplace(key, std::move(name));
  }
  return names;
}

// `folder`: where the documents within it are, seen from this one's Markdown; empty, or with a `/`
// behind.
void lead_to_children(const Bundle& bundle, const ChildNamesByKey& names, const std::string& folder,
                      std::vector<Destination>& all) {
  for (const StagedLink& link : bundle.links) {
    const auto name = names.find(link.path_key);
    if (name == names.end()) continue;
    all.push_back({static_cast<std::size_t>(link.position), static_cast<std::size_t>(link.length),
                   as_destination(folder + layout::document_link(name->second))});
  }
}

void keep_file(platform::Files& files, const platform::Dir& to, const std::string& folder,
               const std::string& name, const std::string& content) {
  if (files.info(to, name)) {
    throw Error("write", folder + "/" + name, "this file already exists",
                "give --assets an empty directory");
  }
  files.write(files.create(to, name), 0, std::as_bytes(std::span(content)));
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
    keep_file(files, *to, folder, asset.name, read_all(files, *from, asset));
  }
}

// The Markdown of each document within the source, with its images beside it in images/<name>.
void keep_children(platform::Files& files, const platform::Dir& staging, const Io& io,
                   const Bundle& root, const ChildNamesByKey& names, const std::string& folder) {
  const std::string path = absolute_path(io, folder);
  std::error_code error;
  fs::create_directories(path, error);
  const auto to = error ? std::nullopt : files.open_dir(path);
  if (!to) throw Error("keep the documents in", folder, "it is not a directory");
  for (const Bundle& child : root.children) {
    const auto name = names.find(child.source.path_key());
    if (name == names.end()) continue;
    std::vector<Destination> destinations;
    const std::string images = layout::image_link(name->second, "");
    lead_to_images(child, images.substr(0, images.size() - 1), destinations);
    lead_to_children(child, names, "", destinations);
    keep_file(files, *to, folder, layout::document_link(name->second),
              with_destinations(read_all(files, staging, child.markdown), destinations));
    if (!child.assets.empty()) {
      keep_assets(files, staging, io, child, folder + "/" + images.substr(0, images.size() - 1));
    }
  }
}

// Each document within the source that could not be converted.
std::size_t tell_of_failed(const Bundle& root, Io& io) {
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

}  // namespace

int run_convert(platform::Files& files, const Args& args, const ConvertArgs& convert, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  prove_named_plugins(files, workspace, args, io);
  TemporaryStaging staging(files);
  prepare::PrepareContext context = workspace.context(files, staging, nullptr);
  context.settings.media_type = convert.media_type;
  context.settings.keeps_assets = convert.assets_dir.has_value();
  const Source source = convert.file == "-" ? source_of_input(files, io, staging)
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
  for (const auto& warning : bundle.warnings) {
    io.err << warning.severity() << " " << visible(source.given) << ": " << visible(warning.text())
           << "\n";
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
  const std::size_t failed = tell_of_failed(bundle, io);
  const std::size_t converted = bundle.children.size() - failed;
  if (convert.assets_dir) {
    const std::string& folder = *convert.assets_dir;
    const ChildNamesByKey names = names_of_children(bundle);
    std::vector<Destination> destinations;
    lead_to_images(bundle, folder, destinations);
    lead_to_children(bundle, names, folder + "/", destinations);
    if (!bundle.assets.empty()) keep_assets(files, staging.dir(), io, bundle, folder);
    if (converted > 0) keep_children(files, staging.dir(), io, bundle, names, folder);
    write(with_destinations(markdown, std::move(destinations)));
  } else {
    write(markdown);
    if (!bundle.assets.empty()) {
      io.err << "warning "
             << counted(bundle.assets.size(), "image is left out; give --assets DIR to keep it",
                        "images are left out; give --assets DIR to keep them")
             << "\n";
    }
    if (converted > 0) {
      io.err << "warning "
             << counted(converted, "document within it is left out; give --assets DIR to keep it",
                        "documents within it are left out; give --assets DIR to keep them")
             << "\n";
    }
  }
  return static_cast<int>(failed == 0 ? ExitCode::kOk : ExitCode::kSomeFailed);
}

}  // namespace sluice::cli
