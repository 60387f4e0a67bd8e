#define BOOST_DLL_USE_STD_FS
#include "conformance/library.h"

#include <dlfcn.h>

#include <algorithm>
#include <boost/dll/library_info.hpp>
#include <cstring>
#include <filesystem>
#include <sluice/plugin.hpp>
#include <stdexcept>

namespace sluice::conformance {
namespace {

// As much of a struct as its maker had, the rest as zero (abi.h).
template <class Struct>
Struct copied(const Struct* from, const char* what) {
  if (from == nullptr) throw std::runtime_error(std::string("the plugin gives no ") + what);
  std::uint64_t size = 0;
  std::memcpy(&size, from, sizeof size);
  if (size < sizeof(Struct) || size > 4096) {
    throw std::runtime_error(std::string("the `size` of the plugin's ") + what + " is " +
                             std::to_string(size) + "; write sizeof(" + what + ")");
  }
  Struct out{};
  std::memcpy(&out, from, sizeof out);
  return out;
}

const sluice_plugin* call_entry(sluice_plugin_entry entry, const sluice_host* host) {
  try {
    return entry(host);
  } catch (const std::exception& error) {
    throw std::runtime_error(std::string("an exception left the entry function: ") + error.what());
  } catch (...) {
    throw std::runtime_error("an exception left the entry function");
  }
}

}  // namespace

std::vector<std::string> exports_of(const std::string& library) {
  try {
    return boost::dll::library_info(std::filesystem::path(library)).symbols();
  } catch (const std::exception&) {
    throw std::runtime_error(library + " is not a shared library, or is cut off");
  }
}

Library::Library(const std::string& path, const HostKind& kind)
    : host_(std::make_unique<HostObject>(kind)) {
  void* loaded = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (loaded == nullptr) throw std::runtime_error(::dlerror());
  void* entry = ::dlsym(loaded, SLUICE_PLUGIN_ENTRY);
  if (entry == nullptr) throw std::runtime_error("it does not export " SLUICE_PLUGIN_ENTRY);
  const sluice_plugin* raw =
      call_entry(reinterpret_cast<sluice_plugin_entry>(entry), host_->table());
  if (raw == nullptr) {
    const std::string& why = host_->refusal();
    throw std::runtime_error("the plugin refuses to be loaded: " +
                             (why.empty() ? "it gives no reason (sluice_host.refuse)" : why));
  }
  plugin_ = copied(raw, "sluice_plugin");
  if (plugin_.converters == nullptr || plugin_.converter_count == 0 ||
      plugin_.converter_count > 64) {
    throw std::runtime_error("the plugin's list of converters is empty or too long (1 to 64)");
  }
  for (std::uint64_t i = 0; i < plugin_.converter_count; ++i) {
    converters_.push_back(copied(plugin_.converters[i], "sluice_converter"));
    if (converters_.back().prepare == nullptr) {
      throw std::runtime_error("a converter has no prepare function");
    }
  }
}

const sluice_converter& Library::converter(const std::string& id) const {
  for (const sluice_converter& converter : converters_) {
    if (view(converter.id) == id) return converter;
  }
  throw std::runtime_error("the library has no converter \"" + id + "\", which plugin.toml names");
}

std::vector<Sample> samples_of(const Subject& subject, const Library& library) {
  std::vector<Sample> samples = subject.samples;
  for (Sample& sample : samples) {
    if (!sample.made_up) continue;
    const sluice_canary* canary = library.converter(sample.converter).canary;
    if (canary == nullptr) continue;
    sample.bytes.assign(reinterpret_cast<const char*>(canary->source.data),
                        static_cast<std::size_t>(canary->source.size));
    sample.file_name = view(canary->file_name);
    sample.media_type = view(canary->media_type);
    sample.made_up = false;
  }
  return samples;
}

}  // namespace sluice::conformance
