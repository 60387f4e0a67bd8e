#include "conformance/subject.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "platform/error.h"
#include "plugin/default_options.h"
#include "plugin/router.h"

namespace sluice::conformance {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxSample = std::uintmax_t{64} << 20;

std::string lower_extension(const fs::path& path) {
  std::string extension = path.extension().string();
  if (!extension.empty()) extension.erase(0, 1);
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return extension;
}

bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool shows_magic(const plugin::ConverterManifest& converter, const std::string& bytes) {
  return std::any_of(converter.magic.begin(), converter.magic.end(), [&](const auto& magic) {
    return bytes.size() >= magic.offset && bytes.compare(static_cast<std::size_t>(magic.offset),
                                                         magic.bytes.size(), magic.bytes) == 0;
  });
}

std::string sniffed(const std::string& bytes, const std::string& name) {
  return plugin::sniff(bytes, plugin::directory_of(bytes), name).media_type;
}

// The converter that a file is for: by extension, then by content.
const plugin::ConverterManifest* converter_for(const plugin::Manifest& manifest,
                                               const fs::path& path, const std::string& bytes,
                                               const std::string& type) {
  const std::string extension = lower_extension(path);
  for (const auto& converter : manifest.converters) {
    if (has(converter.extensions, extension)) return &converter;
  }
  for (const auto& converter : manifest.converters) {
    if (shows_magic(converter, bytes) || has(converter.media_types, type)) return &converter;
  }
  return nullptr;
}

}  // namespace

const plugin::ConverterManifest& Subject::converter(const std::string& id) const {
  for (const auto& converter : manifest.converters) {
    if (converter.id == id) return converter;
  }
  throw std::logic_error("no converter " + id);
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) {
    throw SystemError("read", path, std::error_code(errno ? errno : EIO, std::generic_category()));
  }
  return bytes;
}

Subject read_subject(const std::string& folder) {
  Subject subject;
  subject.folder = fs::absolute(folder).lexically_normal().string();
  while (subject.folder.size() > 1 && subject.folder.back() == '/') subject.folder.pop_back();
  const std::string file = subject.folder + "/plugin.toml";
  if (!fs::exists(file)) {
    throw Error("read", file, "there is no such file",
                "name the folder that holds plugin.toml and the library");
  }
  subject.manifest = plugin::parse_manifest(read_file(file), subject.folder);
  return subject;
}

void add_samples(Subject& subject, const std::string& folder) {
  if (!fs::is_directory(folder)) {
    throw Error("read samples from", folder, "there is no such folder", "", ExitCode::kUsage);
  }
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().filename().string()[0] != '.' &&
        entry.file_size() <= kMaxSample) {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    std::string bytes = read_file(path.string());
    const std::string type = sniffed(bytes, path.filename().string());
    if (const auto* converter = converter_for(subject.manifest, path, bytes, type)) {
      subject.samples.push_back(
          {path.filename().string(), std::move(bytes), type, converter->id, false});
    }
  }
}

void add_made_up_samples(Subject& subject) {
  for (const auto& converter : subject.manifest.converters) {
    const bool given =
        std::any_of(subject.samples.begin(), subject.samples.end(),
                    [&](const Sample& sample) { return sample.converter == converter.id; });
    if (given) continue;
    Sample sample;
    sample.converter = converter.id;
    sample.file_name = "sample." + (converter.extensions.empty() ? "bin" : converter.extensions[0]);
    sample.media_type =
        converter.media_types.empty() ? "application/octet-stream" : converter.media_types[0];
    if (!converter.magic.empty()) {
      sample.bytes.assign(static_cast<std::size_t>(converter.magic[0].offset), '\0');
      sample.bytes += converter.magic[0].bytes;
    }
    sample.bytes += "A line of text.\n\nAnother one.\n";
    sample.made_up = true;
    subject.samples.push_back(std::move(sample));
  }
}

std::string all_defaults(const plugin::ConverterManifest& converter) {
  nlohmann::ordered_json options =
      nlohmann::ordered_json::parse(plugin::default_options(converter));
  for (const plugin::Option& option : converter.options) {
    if (option.type == plugin::Option::Type::kSecret) options[option.name] = "";
  }
  return options.dump();
}

}  // namespace sluice::conformance
