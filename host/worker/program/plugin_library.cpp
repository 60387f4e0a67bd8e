// Boost.DLL stays in this file.
#define BOOST_DLL_USE_STD_FS
#include "worker/program/plugin_library.h"

#include <dlfcn.h>

#include <algorithm>
#include <boost/dll/library_info.hpp>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "worker/program/elf_header.h"
#include "worker/program/host_object.h"

namespace sluice::program {
namespace {

constexpr std::uint64_t kMaxConverters = 64;
constexpr std::uint64_t kMaxText = 256;

[[noreturn]] void refuse(const std::string& reason) {
  throw std::runtime_error(reason);
}

// Copies as much of a struct as its maker had, and takes the rest as zero (abi.h).
template <class Struct>
Struct copied(const Struct* from, std::size_t least, const char* what) {
  if (from == nullptr) refuse(std::string("the plugin gives no ") + what);
  std::uint64_t size = 0;
  std::memcpy(&size, from, sizeof size);
  if (size < least || size > 4096) {
    refuse(std::string("the plugin's ") + what + " has a size that cannot be (" +
           std::to_string(size) + " bytes)");
  }
  Struct out{};
  std::memcpy(&out, from, std::min<std::size_t>(size, sizeof out));
  return out;
}

std::string text_of(sluice_str text, const char* what) {
  if (text.size > kMaxText || (text.data == nullptr && text.size != 0)) {
    refuse(std::string("the plugin's ") + what + " is not a usable text");
  }
  return text.size == 0 ? std::string() : std::string(text.data, text.size);
}

void compare(const std::string& loaded, const std::string& manifest, const char* what) {
  if (loaded == manifest) return;
  refuse(std::string("the library says its ") + what + " is \"" + loaded +
         "\", but plugin.toml says \"" + manifest + "\"");
}

std::vector<std::string> exports_of(const std::filesystem::path& library) {
  try {
    return boost::dll::library_info(library).symbols();
  } catch (const std::exception&) {
    refuse("the library is not a shared library, or is cut off");
  }
}

void check_exports(const std::filesystem::path& library) {
  const std::string fault = elf_fault(library.string());
  if (!fault.empty()) refuse(fault);
  const std::vector<std::string> symbols = exports_of(library);
  if (std::find(symbols.begin(), symbols.end(), SLUICE_PLUGIN_ENTRY) != symbols.end()) return;
  for (const std::string& symbol : symbols) {
    if (symbol.rfind("sluice_plugin_v", 0) == 0) {
      refuse("the library is for another version of Sluice's plugin interface (it exports " +
             symbol + ", this host needs " SLUICE_PLUGIN_ENTRY ")");
    }
  }
  refuse("the library does not export " SLUICE_PLUGIN_ENTRY);
}

// Loads for the life of the process: unloading would run code of the plugin for nothing.
sluice_plugin_entry load_entry(const std::filesystem::path& library) {
  void* loaded = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (loaded == nullptr) {
    throw NotLoadable(std::string("the library cannot be loaded: ") + ::dlerror());
  }
  void* entry = ::dlsym(loaded, SLUICE_PLUGIN_ENTRY);
  if (entry == nullptr) refuse(std::string("the library cannot be used: ") + ::dlerror());
  return reinterpret_cast<sluice_plugin_entry>(entry);
}

// Throws with the plugin's own words if it does not want to be loaded.
const sluice_plugin& describe(sluice_plugin_entry entry, const wire::Load& facts) {
  const sluice_plugin* plugin = nullptr;
  std::string thrown;
  try {
    plugin = entry(&host_object(facts.plugin_id));
  } catch (const std::exception& error) {
    thrown = error.what();
  } catch (...) {
    thrown = "an exception of unknown type";
  }
  if (!thrown.empty()) {
    refuse("an exception left the library's entry function: " + thrown);
  }
  if (plugin != nullptr) return *plugin;
  const std::string& why = refusal_of_plugin();
  throw Declined("the plugin says that it cannot work here" +
                 (why.empty() ? ", and gives no reason" : ": " + why));
}

void check_abi(const sluice_plugin& plugin, const wire::Load& facts) {
  if (plugin.abi_major != SLUICE_ABI_MAJOR || plugin.abi_minor > SLUICE_ABI_MINOR) {
    refuse("the plugin needs plugin interface " + std::to_string(plugin.abi_major) + "." +
           std::to_string(plugin.abi_minor) + ", this host has " +
           std::to_string(SLUICE_ABI_MAJOR) + "." + std::to_string(SLUICE_ABI_MINOR));
  }
  compare(std::to_string(plugin.abi_major) + "." + std::to_string(plugin.abi_minor),
          std::to_string(facts.abi_major) + "." + std::to_string(facts.abi_minor),
          "interface version");
}

}  // namespace

PluginLibrary PluginLibrary::load(const wire::Load& facts) {
  const std::filesystem::path path(facts.library);
  check_exports(path);
  const sluice_plugin_entry entry = load_entry(path);
  const sluice_plugin* raw = &describe(entry, facts);
  const sluice_plugin plugin =
      copied(raw, offsetof(sluice_plugin, get_extension) + sizeof raw->get_extension, "descriptor");
  check_abi(plugin, facts);
  compare(text_of(plugin.id, "id"), facts.plugin_id, "id");
  compare(text_of(plugin.version, "version"), facts.version, "version");
  if (plugin.converter_count > kMaxConverters || plugin.converters == nullptr) {
    refuse("the plugin's list of converters is not usable");
  }
  PluginLibrary library;
  for (std::uint64_t i = 0; i < plugin.converter_count; ++i) {
    sluice_converter table =
        copied(plugin.converters[i], offsetof(sluice_converter, canary) + sizeof table.canary,
               "converter table");
    if (table.prepare == nullptr) refuse("a converter has no prepare function");
    if (table.canary != nullptr) library.take_canary(table);
    library.converters_.push_back({text_of(table.id, "converter id"), table});
  }
  for (const wire::Load::Converter& converter : facts.converters) {
    if (library.find(converter.id) == nullptr) {
      refuse("plugin.toml lists the converter \"" + converter.id +
             "\", which the library does not have");
    }
  }
  if (library.converters_.size() != facts.converters.size()) {
    refuse("the library has other converters than plugin.toml lists");
  }
  return library;
}

// Puts our own copy in place of the plugin's.
void PluginLibrary::take_canary(sluice_converter& table) {
  canaries_.push_back(copied(
      table.canary, offsetof(sluice_canary, markdown) + sizeof table.canary->markdown, "canary"));
  const sluice_canary& canary = canaries_.back();
  if (canary.source.size > wire::kInlineSource || canary.markdown.size > wire::kInlineBody) {
    refuse("a converter's canary is too large");
  }
  text_of(canary.file_name, "canary's file name");
  text_of(canary.media_type, "canary's media type");
  table.canary = &canary;
}

const sluice_converter* PluginLibrary::find(std::string_view id) const {
  for (const Entry& entry : converters_) {
    if (entry.id == id) return &entry.table;
  }
  return nullptr;
}

}  // namespace sluice::program
