#include "prepare/recorded.h"

#include <dlfcn.h>

#include <algorithm>
#include <set>
#include <sluice/testing.hpp>
#include <stdexcept>

#include "platform/sha256.h"

namespace sluice::prepare {
namespace {

// As it is published, with a word for each asset in place of its name.
std::string markdown_of(const RecordingJob& job) {
  std::string out = job.render("name");
  for (const RecordingJob::RecordedAsset& asset : job.assets()) {
    if (!asset.finished) continue;
    const std::string link = "images/name/" + asset.file_name;
    const std::string word = asset_word(asset.bytes);
    for (std::size_t at = 0; (at = out.find(link, at)) != std::string::npos; at += word.size()) {
      out.replace(at, link.size(), word);
    }
  }
  return out;
}

std::vector<std::string> assets_of(const RecordingJob& job) {
  std::set<std::string> words;
  for (const auto& asset : job.assets()) {
    if (asset.finished) words.insert(asset_word(asset.bytes));
  }
  return {words.begin(), words.end()};
}

std::string warnings_of(const RecordingJob& job) {
  std::string out;
  for (const RecordingJob::Warning& warning : job.warnings()) {
    out += warning.severity == Severity::kNote ? "note " : "warning ";
    out += warning.code + ": ";
    if (!warning.place_unit.empty()) {
      out += warning.place_unit + " " + std::to_string(warning.place) + ": ";
    }
    out += warning.message + "\n";
  }
  return out;
}

}  // namespace

std::string asset_word(const std::string& bytes) {
  return "asset:" + platform::to_hex(platform::sha256(bytes)).substr(0, 16);
}

Recorded record(const sluice_converter& converter, const RecordedInput& input) {
  RecordingJob job(input.source, input.file_name, input.media_type);
  job.set_options(input.options);
  if (!input.siblings) job.deny_siblings();
  if (input.scratch != 0) job.allow_scratch(input.scratch);
  for (const auto& [path, bytes] : input.files) job.add_sibling(path, bytes);
  const Outcome outcome = job.run(converter);
  return {static_cast<int>(outcome),
          job.reason(),
          markdown_of(job),
          assets_of(job),
          {job.metadata().begin(), job.metadata().end()},
          job.sidecars(),
          job.front_matter(),
          warnings_of(job)};
}

const sluice_converter& converter_of(const std::string& library, const std::string& id) {
  void* const loaded = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (loaded == nullptr) throw std::runtime_error(::dlerror());
  const auto entry = reinterpret_cast<sluice_plugin_entry>(::dlsym(loaded, SLUICE_PLUGIN_ENTRY));
  if (entry == nullptr) throw std::runtime_error(::dlerror());
  const sluice_plugin* plugin = entry(&RecordingJob::host());
  for (std::uint64_t i = 0; plugin != nullptr && i < plugin->converter_count; ++i) {
    const sluice_str found = plugin->converters[i]->id;
    if (std::string_view(found.data, found.size) == id) return *plugin->converters[i];
  }
  throw std::runtime_error("there is no converter " + id + " in " + library);
}

}  // namespace sluice::prepare
