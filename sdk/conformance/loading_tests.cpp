// Tests of how a plugin is loaded.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <sluice/plugin.hpp>

#include "conformance/forbidden_calls.h"
#include "conformance/isolation.h"
#include "conformance/test.h"
#include "conformance/trial.h"
#include "platform/sha256.h"
#include "plugin/trust.h"

namespace sluice::conformance {
namespace {

void check_files(const Subject& subject) {
  for (const auto& file : subject.manifest.files) {
    const std::string path = subject.folder + "/" + file.name;
    if (!std::filesystem::is_regular_file(path)) {
      throw Broken("plugin.toml names the file " + file.name + ", which is not there");
    }
    if (platform::sha256(read_file(path)) != file.sha256) {
      throw Broken("sha256 in plugin.toml is not that of " + file.name);
    }
  }
}

Skipped manifest(const Context& context) {
  const plugin::Manifest& manifest = context.subject.manifest;
  const std::string path = library_path(context.subject);
  if (!std::filesystem::is_regular_file(path)) {
    throw Broken("plugin.toml names the library " + manifest.library + ", which is not there");
  }
  if (platform::sha256(read_file(path)) != manifest.sha256) {
    throw Broken("sha256 in plugin.toml is not that of " + manifest.library + ", which is " +
                 platform::to_hex(platform::sha256(read_file(path))));
  }
  check_files(context.subject);
  if (manifest.abi_major != SLUICE_ABI_MAJOR || manifest.abi_minor > SLUICE_ABI_MINOR) {
    throw Broken("abi in plugin.toml is " + std::to_string(manifest.abi_major) + "." +
                 std::to_string(manifest.abi_minor) + "; this SDK knows " +
                 std::to_string(SLUICE_ABI_MAJOR) + "." + std::to_string(SLUICE_ABI_MINOR));
  }
  return {};
}

Skipped rights(const Context& context) {
  const std::string path = library_path(context.subject);
  if (!std::filesystem::is_regular_file(path) ||
      platform::sha256(read_file(path)) != context.subject.manifest.sha256) {
    return "the library is not the one that plugin.toml names";
  }
  platform::Files files;
  try {
    plugin::verify_files(files, context.subject.manifest);
  } catch (const Error& error) {
    throw Broken(error.cause() + (error.next().empty() ? "" : "; " + error.next()));
  }
  return {};
}

Skipped opens(const Context& context) {
  note("loading the library");
  try {
    const Library library(library_path(context.subject), {});
  } catch (const std::exception& error) {
    throw Broken(error.what());
  }
  return {};
}

Skipped exports(const Context& context) {
  std::vector<std::string> names = exports_of(library_path(context.subject));
  const bool has_entry =
      std::erase_if(names, [](const auto& name) { return name == SLUICE_PLUGIN_ENTRY; }) > 0;
  if (!has_entry) throw Broken("it does not export " SLUICE_PLUGIN_ENTRY);
  if (names.empty()) return {};
  throw Broken("it exports " + std::to_string(names.size()) + " more: " + names[0] +
               (names.size() > 1 ? ", " + names[1] + " ..." : ""));
}

void expect_same(const std::string& what, std::string_view library, const std::string& manifest) {
  if (library == manifest) return;
  throw Broken("the library says that its " + what + " is \"" + std::string(library) +
               "\", plugin.toml says \"" + manifest + "\"");
}

Skipped truth(const Context& context) {
  const plugin::Manifest& manifest = context.subject.manifest;
  const Library library(library_path(context.subject), {});
  const sluice_plugin& plugin = library.plugin();
  expect_same("id", view(plugin.id), manifest.id);
  expect_same("version", view(plugin.version), manifest.version);
  expect_same("abi", std::to_string(plugin.abi_major) + "." + std::to_string(plugin.abi_minor),
              std::to_string(manifest.abi_major) + "." + std::to_string(manifest.abi_minor));
  for (const auto& converter : manifest.converters) {
    try {
      library.converter(converter.id);
    } catch (const std::runtime_error& error) {
      throw Broken(error.what());
    }
  }
  if (library.converters().size() != manifest.converters.size()) {
    throw Broken("the library has " + std::to_string(library.converters().size()) +
                 " converters, plugin.toml " + std::to_string(manifest.converters.size()));
  }
  return {};
}

// What each sample becomes, a line each. Loads in this process.
std::string outcomes_with(const Context& context, const HostKind& kind) {
  note("loading the library");
  const Library library(library_path(context.subject), kind);
  Conditions conditions;
  conditions.tables = kind.tables;
  std::string all;
  for (const Sample& sample : samples_of(context.subject, library)) {
    note("converting " + sample.file_name);
    const Trial trial = convert(context.subject, library, sample, conditions);
    all += sample.file_name + " becomes " + outcome_name(trial.outcome) + " " + trial.reason + "\n";
  }
  return all;
}

// Loads and converts each sample with tables of that kind, and with plain ones in another process.
void convert_with(const Context& context, const HostKind& kind) {
  const Ending plain = in_process([&] { return outcomes_with(context, {}); },
                                  std::chrono::seconds(300), Streams::kSilent);
  std::string here;
  try {
    here = outcomes_with(context, kind);
  } catch (const std::runtime_error& error) {
    throw Broken(error.what());
  }
  if (plain.kind == Ending::Kind::kReturned && plain.text != here) {
    throw Broken("here\n" + here + "but with plain tables\n" + plain.text);
  }
}

Skipped negotiation(const Context& context) {
  HostKind later;
  later.minor = SLUICE_ABI_MINOR + 7;
  convert_with(context, later);
  return {};
}

Skipped exact_tables(const Context& context) {
  HostKind kind;
  kind.tables = Tables::kExact;
  convert_with(context, kind);
  return {};
}

Skipped larger_tables(const Context& context) {
  HostKind kind;
  kind.tables = Tables::kLarger;
  convert_with(context, kind);
  return {};
}

Skipped idle(const Context& context) {
  forbid({.reaching_out = true, .threads = true, .writing = true});
  note("loading the library");
  const Library library(library_path(context.subject), {});
  return {};
}

Skipped canary(const Context& context) {
  const Library library(library_path(context.subject), {});
  bool any = false;
  for (const sluice_converter& converter : library.converters()) {
    const sluice_canary* canary = converter.canary;
    if (canary == nullptr) continue;
    any = true;
    Sample sample;
    sample.bytes.assign(reinterpret_cast<const char*>(canary->source.data),
                        static_cast<std::size_t>(canary->source.size));
    sample.file_name = view(canary->file_name);
    sample.media_type = view(canary->media_type);
    sample.converter = view(converter.id);
    note("converting the canary of " + sample.converter);
    const Trial trial = convert(context.subject, library, sample);
    if (trial.outcome != Outcome::kOk) {
      throw Broken("the canary of " + sample.converter + " becomes " + outcome_name(trial.outcome) +
                   ": " + trial.reason);
    }
    if (trial.body != view(canary->markdown)) {
      throw Broken("the canary of " + sample.converter + " must become\n" +
                   std::string(view(canary->markdown)) + "\nbut becomes\n" + trial.body);
    }
  }
  return any ? "" : "no converter has a canary";
}

constexpr Test kLoadingTests[] = {
    {"load.manifest",
     "The manifest: plugin.toml names the library, its SHA-256 and the interface version.",
     "build with sluice_add_plugin, which fills them in, and do not strip or change the library "
     "afterwards",
     manifest},
    {"load.rights", "Installing: nobody but you and root may write to a plugin's folder and files.",
     "chmod go-w the folder and its files, and own them yourself", rights},
    {"load.opens",
     "Loading: the library loads with all it needs, and its entry gives the plugin's table.",
     "look at the message; `ldd -r` on the library shows libraries and symbols that are missing",
     opens},
    {"load.exports", "Loading: a plugin exports its entry and nothing else.",
     "link with a version script { global: sluice_plugin_v1; local: *; }, as sluice_add_plugin "
     "does",
     exports},
    {"load.truth", "The manifest: the library and plugin.toml agree.",
     "write the same id, version, abi and converters in both", truth},
    {"load.negotiation", "Stability: a plugin works with every later host of its major version.",
     "do not compare host->abi_minor for equality; the host refuses what it cannot serve",
     negotiation},
    {"load.exact-tables",
     "Stability: a table ends where its `size` says; nothing behind that is read.",
     "read only the fields of the version you target; test later ones with SLUICE_HAS",
     exact_tables},
    {"load.larger-tables", "Stability: a later host's tables are larger.",
     "do not compare `size` for equality; SLUICE_HAS says whether a field is there", larger_tables},
    {"load.idle", "Loading: constructors and the entry start nothing and write nothing.",
     "do such work in prepare, as far as the sandbox allows it at all", idle},
    {"load.canary", "The canary: it becomes what it says, byte for byte.",
     "mend the converter, or the expected Markdown", canary},
};

}  // namespace

std::span<const Test> loading_tests() {
  return kLoadingTests;
}

}  // namespace sluice::conformance
