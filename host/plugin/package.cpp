#include "plugin/package.h"

#include <algorithm>
#include <array>
#include <utility>

#include "platform/error.h"
#include "plugin/trust.h"

namespace sluice::plugin {
namespace {

constexpr std::size_t kCopyChunk = 256 << 10;

std::string part_text(platform::Files& files, const PackagePart& part, const std::string& path) {
  if (part.size > kMaxManifestBytes) {
    throw Error("read", path + "/" + part.name, "it is over 1 MiB", "make it smaller");
  }
  std::string text(static_cast<std::size_t>(part.size), '\0');
  text.resize(files.read(*part.file, part.offset, std::as_writable_bytes(std::span(text))));
  return text;
}

std::vector<std::string> file_names_of(const Manifest& manifest) {
  std::vector<std::string> names = {kManifestName, manifest.library};
  for (const ManifestFile& file : manifest.files) names.push_back(file.name);
  return names;
}

void copy_part(platform::Files& files, const PackagePart& part, const platform::File& to) {
  std::vector<std::byte> buffer(kCopyChunk);
  std::uint64_t done = 0;
  while (done < part.size) {
    const auto want =
        static_cast<std::size_t>(std::min<std::uint64_t>(kCopyChunk, part.size - done));
    const std::size_t got =
        files.read(*part.file, part.offset + done, std::span(buffer).first(want));
    if (got == 0) {
      throw Error("install", part.name, "it became shorter while it was copied", "try again");
    }
    files.write(to, done, std::span(buffer).first(got));
    done += got;
  }
}

// The files of a folder that a manifest names.
std::vector<PackagePart> read_folder(platform::Files& files, const platform::Dir& dir,
                                     const std::string& path, Manifest& manifest) {
  const auto part = [&](const std::string& name) {
    auto file = std::make_shared<const platform::File>(open_plain(files, dir, path, name));
    const std::uint64_t size = files.info(*file).identity.size;
    return PackagePart{name, std::move(file), 0, size};
  };
  std::vector<PackagePart> parts = {part(kManifestName)};
  manifest = parse_manifest(part_text(files, parts[0], path), path);
  for (const std::string& name : file_names_of(manifest)) {
    if (name != kManifestName) parts.push_back(part(name));
  }
  return parts;
}

std::vector<std::string> others_in(platform::Files& files, const platform::Dir& dir,
                                   const Manifest& manifest) {
  const std::vector<std::string> own = file_names_of(manifest);
  std::vector<std::string> others;
  for (const platform::DirEntry& entry : files.list(dir)) {
    if (std::find(own.begin(), own.end(), entry.name) == own.end()) others.push_back(entry.name);
  }
  std::sort(others.begin(), others.end());
  return others;
}

// A tar file holds what its manifest names, and nothing else.
Manifest manifest_of_tar(platform::Files& files, std::vector<PackagePart>& parts,
                         const std::string& path, const std::string& folder) {
  const auto is_manifest = [](const PackagePart& part) { return part.name == kManifestName; };
  const auto found = std::find_if(parts.begin(), parts.end(), is_manifest);
  if (found == parts.end()) {
    throw Error("install", path, "there is no " + folder + "/plugin.toml in it",
                "make it with 'sluice-sdk package'");
  }
  std::iter_swap(found, parts.begin());
  Manifest manifest = parse_manifest(part_text(files, parts[0], path), path);
  std::vector<std::string> expected = file_names_of(manifest);
  std::vector<std::string> there;
  for (const PackagePart& part : parts) there.push_back(part.name);
  std::sort(expected.begin(), expected.end());
  std::sort(there.begin(), there.end());
  const auto [missing, extra] =
      std::mismatch(expected.begin(), expected.end(), there.begin(), there.end());
  if (missing == expected.end() && extra == there.end()) {
    if (manifest.id == folder) return manifest;
    throw Error("install", path,
                "its folder is \"" + folder + "\", but plugin.toml says \"" + manifest.id + "\"",
                "rename the folder");
  }
  const bool lacks = extra == there.end() || (missing != expected.end() && *missing < *extra);
  throw Error("install", path,
              lacks ? "\"" + *missing + "\", which plugin.toml names, is not in it"
                    : "it holds \"" + *extra + "\", which plugin.toml does not name",
              "make it with 'sluice-sdk package'");
}

std::shared_ptr<const platform::File> open_tar(platform::Files& files, const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const auto dir = files.open_dir(slash == 0 ? "/" : path.substr(0, slash));
  auto file = dir ? files.open_read(*dir, path.substr(slash + 1), platform::Symlinks::kInside)
                  : std::nullopt;
  if (!file) throw Error("install", path, "there is no such file or folder", "check the path");
  if (files.info(*file).kind != platform::FileKind::kRegular) {
    throw Error("install", path, "it is neither a folder nor a plain file", "check the path");
  }
  return std::make_shared<const platform::File>(std::move(*file));
}

}  // namespace

Package Package::open(platform::Files& files, const std::string& path) {
  Package package;
  std::optional<platform::Dir> dir;
  try {
    dir = files.open_dir(path);
  } catch (const SystemError& error) {
    if (!error.is(std::errc::not_a_directory)) throw;
  }
  if (dir) {
    package.parts_ = read_folder(files, *dir, path, package.manifest_);
    package.left_out_ = others_in(files, *dir, package.manifest_);
  } else {
    std::string folder;
    package.parts_ = read_tar(files, open_tar(files, path), path, folder);
    package.manifest_ = manifest_of_tar(files, package.parts_, path, folder);
  }
  std::uint64_t all = 0;
  for (const PackagePart& part : package.parts_) {
    if (part.size > kMaxPackageBytes - all) {
      throw Error("install", path, "it is larger than 1 GiB", "make it smaller");
    }
    all += part.size;
  }
  return package;
}

void Package::unpack(platform::Files& files, const platform::Dir& to) const {
  for (const PackagePart& part : parts_) {
    const platform::File file = files.create(to, part.name, platform::Access::kPrivate);
    copy_part(files, part, file);
    files.sync(file);
  }
  files.sync(to);
}

}  // namespace sluice::plugin
