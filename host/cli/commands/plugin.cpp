#include "cli/commands/plugin.h"

#include <algorithm>
#include <optional>

#include "cli/json.h"
#include "cli/named_plugins.h"
#include "cli/plugin_options.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "platform/error.h"
#include "plugin/nearest.h"
#include "prepare/line_rules.h"

namespace sluice::cli {
namespace {

using plugin::ConverterManifest;
using plugin::Manifest;
using plugin::Option;

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// Why the library may not be loaded, or empty.
std::string library_fault(platform::Files& files, const Manifest& manifest) {
  try {
    plugin::verify_library(files, manifest);
    return {};
  } catch (const Error& error) {
    return std::string(error.what()) + "; " + error.next();
  }
}

// The same, and why a worker cannot use it: it is loaded.
std::string load_fault(platform::Files& files, const Workspace& workspace,
                       const Manifest& manifest) {
  const std::optional<prepare::Verdict> fault = plugin_fault(files, workspace, manifest);
  if (!fault) return {};
  const std::string_view next = fault->hint.empty() ? hint(fault->outcome) : fault->hint;
  return fault->reason + (next.empty() ? "" : "; " + std::string(next));
}

std::string abi(const Manifest& manifest) {
  return std::to_string(manifest.abi_major) + "." + std::to_string(manifest.abi_minor);
}

std::vector<std::string> needs(const ConverterManifest& converter) {
  std::vector<std::string> out;
  if (converter.needs.siblings) out.emplace_back("siblings");
  if (converter.needs.scratch_files != 0) out.emplace_back("scratch");
  if (converter.needs.threads) out.emplace_back("threads");
  return out;
}

std::string type_name(const Option& option) {
  switch (option.type) {
    case Option::Type::kBoolean:
      return "boolean";
    case Option::Type::kInteger:
      return "integer";
    case Option::Type::kString:
      return "string";
    case Option::Type::kEnum:
      return "enum";
    case Option::Type::kNumber:
      return "number";
    case Option::Type::kList:
      return "list";
    case Option::Type::kPath:
      return "path";
    case Option::Type::kSecret:
      return "secret";
  }
  return {};
}

std::string default_text(const Option& option) {
  if (const auto* flag = std::get_if<bool>(&option.default_value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&option.default_value)) {
    return std::to_string(*number);
  }
  if (const auto* number = std::get_if<double>(&option.default_value)) {
    return std::to_string(*number);
  }
  if (const auto* list = std::get_if<std::vector<std::string>>(&option.default_value)) {
    std::string text;
    for (const std::string& item : *list) text += (text.empty() ? "" : ", ") + quoted_toml(item);
    return "[" + text + "]";
  }
  return quoted_toml(std::get<std::string>(option.default_value));
}

// What a value may be: "a, b" or "20 to 100".
std::string range_text(const Option& option) {
  if (!option.values.empty()) return joined(option.values);
  if (!option.minimum && !option.maximum) return {};
  return (option.minimum ? std::to_string(*option.minimum) : "") + " to " +
         (option.maximum ? std::to_string(*option.maximum) : "");
}

JsonObject converter_object(const ConverterManifest& converter) {
  JsonObject object;
  object.text("id", converter.id)
      .text_or_null("description", converter.description)
      .number("priority", converter.priority)
      .texts("media_types", converter.media_types)
      .texts("extensions", converter.extensions)
      .texts("needs", needs(converter));
  std::vector<JsonObject> options;
  for (const Option& option : converter.options) {
    JsonObject one;
    one.text("name", option.name)
        .text("type", type_name(option))
        .text("default", default_text(option))
        .text_or_null("range", range_text(option))
        .text("description", option.description);
    options.push_back(std::move(one));
  }
  object.objects("options", std::move(options));
  return object;
}

std::string plugin_line(const Manifest& manifest, const std::string& fault) {
  JsonObject object("plugin");
  object.text("id", manifest.id)
      .text("version", manifest.version)
      .text("abi", abi(manifest))
      .text("license", manifest.license)
      .text_or_null("description", manifest.description)
      .text("folder", manifest.folder)
      .text("state", fault.empty() ? "ok" : "refused")
      .text_or_null("reason", fault);
  std::vector<JsonObject> converters;
  for (const ConverterManifest& converter : manifest.converters) {
    converters.push_back(converter_object(converter));
  }
  object.objects("converters", std::move(converters));
  return object.line();
}

std::string refused_line(const plugin::Refused& refused) {
  return JsonObject("plugin")
      .text_or_null("id", refused.id)
      .text("folder", refused.path)
      .text("state", "refused")
      .text("reason", refused.reason)
      .line();
}

void print_refused(Io& io, const Paint& paint, const std::string& what, const std::string& reason) {
  io.out << paint.red("refused") << "  " << visible(what) << "\n  " << visible(reason) << '\n';
}

// The options of a converter, with what the configuration sets them to.
void print_options(Io& io, const Paint& paint, const ConverterManifest& converter) {
  if (converter.options.empty()) return;
  Table table;
  for (const Option& option : converter.options) {
    table.add({"    " + option.name, type_name(option), default_text(option), range_text(option),
               option.description});
  }
  io.out << "  options (type, default, range)\n" << table.text(paint);
}

void print_plugin(Io& io, const Paint& paint, const Manifest& manifest, const std::string& fault) {
  io.out << paint.bold(visible(manifest.id + " " + manifest.version)) << "  "
         << visible(manifest.description) << '\n';
  Table head;
  head.add({"folder", manifest.folder});
  head.add({"license", manifest.license});
  head.add({"ABI", abi(manifest)});
  head.add({"library", manifest.library});
  head.add({"SHA-256", platform::to_hex(manifest.sha256)});
  head.add({"state", fault.empty() ? "ok" : "refused: " + fault});
  io.out << head.text(paint);
  for (const ConverterManifest& converter : manifest.converters) {
    io.out << '\n'
           << paint.bold(visible(converter.id)) << "  " << visible(converter.description) << '\n';
    Table table;
    table.add({"  priority", std::to_string(converter.priority)});
    table.add({"  media types", joined(converter.media_types)});
    table.add({"  extensions", joined(converter.extensions)});
    table.add({"  needs", joined(needs(converter))});
    io.out << table.text(paint);
    print_options(io, paint, converter);
  }
}

// The beginning and the end of a file, for the router.
struct Ends {
  std::string prefix;
  std::string tail;
};

Ends read_ends(platform::Files& files, const Io& io, const std::string& path) {
  const std::string absolute = absolute_path(io, path);
  const std::size_t slash = absolute.rfind('/');
  const auto dir = files.open_dir(slash == 0 ? "/" : absolute.substr(0, slash));
  const std::string name = absolute.substr(slash + 1);
  const auto file = dir && !name.empty() ? files.open_read(*dir, name, platform::Symlinks::kInside)
                                         : std::nullopt;
  if (!file) throw Error("read", path, "there is no such file", "check the path");
  const platform::FileInfo info = files.info(*file);
  if (info.kind != platform::FileKind::kRegular) {
    throw Error("read", path, "it is not a plain file", "name a file");
  }
  const auto read = [&](std::uint64_t offset) {
    std::string bytes(plugin::kSniffBytes, '\0');
    bytes.resize(files.read(*file, offset, std::as_writable_bytes(std::span(bytes))));
    return bytes;
  };
  const std::uint64_t size = info.identity.size;
  return {read(0), read(size > plugin::kSniffBytes ? size - plugin::kSniffBytes : 0)};
}

// A converter's place in a line, and what is known of it without converting the document.
struct Place {
  const plugin::Candidate* candidate = nullptr;
  enum class State { kGets, kMayFollow, kUnusable } state = State::kMayFollow;
  std::optional<prepare::Verdict> fault;  // of one that is unusable
};

// Loads the plugins of a line, up to the first that can be used: as `add` would. Nobody follows one
// that must not be replaced.
std::vector<Place> places_of(platform::Files& files, const Workspace& workspace,
                             const std::vector<plugin::Candidate>& line) {
  std::vector<Place> places;
  bool found = false;
  for (const plugin::Candidate& candidate : line) {
    Place place{&candidate, found ? Place::State::kMayFollow : Place::State::kGets, {}};
    if (candidate.refusal) {
      place.fault = prepare::verdict_of_refusal(*candidate.refusal);
    } else if (!found) {
      place.fault = plugin_fault(files, workspace, *candidate.plugin);
    }
    if (place.fault) place.state = Place::State::kUnusable;
    found |= place.state == Place::State::kGets;
    places.push_back(place);
    if (!found && place.fault && !prepare::next_tries(place.fault->cause, place.fault->outcome)) {
      break;
    }
  }
  return places;
}

std::string_view word(Place::State state) {
  switch (state) {
    case Place::State::kGets:
      return "gets";
    case Place::State::kMayFollow:
      return "then";
    case Place::State::kUnusable:
      break;
  }
  return "refused";
}

void print_why(Io& io, const Paint& paint, const std::string& file, const plugin::SourceType& type,
               const std::vector<Place>& places) {
  io.out << visible(file) << ": " << paint.bold(visible(type.media_type)) << " ("
         << visible(type.why) << ")\n";
  Table table;
  for (const Place& place : places) {
    const plugin::Candidate& candidate = *place.candidate;
    table.add({"  " + std::string(word(place.state)), candidate.converter->id,
               candidate.plugin->id + " " + candidate.plugin->version,
               place.fault ? candidate.why + "; " + place.fault->reason : candidate.why});
  }
  io.out << table.text(paint);
}

std::string why_line(const std::string& file, const plugin::SourceType& type,
                     const std::vector<Place>& places) {
  JsonObject object("why");
  object.text("source", file).text("media_type", type.media_type).text("why", type.why);
  std::vector<JsonObject> candidates;
  for (const Place& place : places) {
    const plugin::Candidate& candidate = *place.candidate;
    JsonObject one;
    one.text("converter", candidate.converter->id)
        .text("plugin", candidate.plugin->id)
        .text("version", candidate.plugin->version)
        .text("why", candidate.why)
        .text("state", word(place.state))
        .text_or_null("reason", place.fault ? place.fault->reason : "");
    candidates.push_back(std::move(one));
  }
  object.objects("candidates", std::move(candidates));
  return object.line();
}

bool has_converter(const Manifest& manifest, const std::string& id) {
  return std::any_of(manifest.converters.begin(), manifest.converters.end(),
                     [&](const ConverterManifest& converter) { return converter.id == id; });
}

// The plugin that an id means: that of the id itself, usable or refused, else the first that has a
// converter of that id, since failures and documents name their converters. One at most is set.
struct FoundPlugin {
  std::shared_ptr<const Manifest> usable;
  const plugin::Refused* refused = nullptr;
};

FoundPlugin find_plugin(const plugin::Catalog& catalog, const std::string& id) {
  if (auto manifest = catalog.find(id)) return {std::move(manifest), nullptr};
  for (const plugin::Refused& refused : catalog.refused()) {
    if (refused.id == id) return {nullptr, &refused};
  }
  for (const auto& manifest : catalog.plugins()) {
    if (has_converter(*manifest, id)) return {manifest, nullptr};
  }
  for (const plugin::Refused& refused : catalog.refused()) {
    if (refused.manifest && has_converter(*refused.manifest, id)) return {nullptr, &refused};
  }
  return {};
}

}  // namespace

int run_plugin_list(platform::Files& files, const Args& args, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  const Paint paint(args.global.color, io.out_is_terminal, io);
  Table table;
  table.add({"PLUGIN", "VERSION", "CONVERTER", "EXTENSIONS", "FOLDER"});
  std::vector<std::pair<std::string, std::string>> faulty;
  for (const auto& manifest : workspace.catalog.plugins()) {
    const std::string fault = library_fault(files, *manifest);
    if (args.global.json) io.out << plugin_line(*manifest, fault);
    if (!fault.empty()) {
      faulty.emplace_back(manifest->folder, fault);
      continue;
    }
    for (const ConverterManifest& converter : manifest->converters) {
      table.add({manifest->id, manifest->version, converter.id, joined(converter.extensions),
                 manifest->folder});
    }
  }
  for (const plugin::Refused& refused : workspace.catalog.refused()) {
    if (args.global.json) io.out << refused_line(refused);
    faulty.emplace_back(refused.path, refused.reason);
  }
  if (args.global.json) return static_cast<int>(ExitCode::kOk);
  io.out << table.text(paint, Table::Heading::kFirstRow);
  for (const auto& [path, reason] : faulty) print_refused(io, paint, path, reason);
  return static_cast<int>(ExitCode::kOk);
}

int run_plugin_info(platform::Files& files, const Args& args, const PluginInfoArgs& info, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  const FoundPlugin found = find_plugin(workspace.catalog, info.id);
  if (found.usable) {
    const Manifest& manifest = *found.usable;
    const std::string fault = load_fault(files, workspace, manifest);
    if (args.global.json) {
      io.out << plugin_line(manifest, fault);
    } else {
      print_plugin(io, Paint(args.global.color, io.out_is_terminal, io), manifest, fault);
    }
    return static_cast<int>(ExitCode::kOk);
  }
  if (found.refused != nullptr) {
    throw Error("use the plugin in", found.refused->path, found.refused->reason);
  }
  std::vector<std::string> known;
  for (const auto& manifest : workspace.catalog.plugins()) {
    known.push_back(manifest->id);
    for (const auto& converter : manifest->converters) {
      if (converter.id != manifest->id) known.push_back(converter.id);
    }
  }
  throw Error("find the plugin", info.id, "no plugin or converter of that id is installed",
              plugin::suggest(info.id, known));
}

int run_plugin_why(platform::Files& files, const Args& args, const PluginWhyArgs& why, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  const Ends ends = read_ends(files, io, why.file);
  const std::string name = why.file.substr(why.file.rfind('/') + 1);
  const plugin::SourceType type = plugin::sniff(ends.prefix, ends.tail, name);
  const auto line = workspace.router.route(type, ends.prefix, name);
  const std::vector<Place> places = places_of(files, workspace, line);
  if (args.global.json) {
    io.out << why_line(why.file, type, places);
  } else {
    print_why(io, Paint(args.global.color, io.out_is_terminal, io), why.file, type, places);
  }
  if (std::any_of(places.begin(), places.end(),
                  [](const Place& place) { return place.state == Place::State::kGets; })) {
    return static_cast<int>(ExitCode::kOk);
  }
  if (places.empty()) {
    throw Error("convert", why.file, "no converter takes " + type.media_type,
                "'sluice plugin list' shows what is taken; --converter ID has one try it anyway",
                ExitCode::kFatal);
  }
  const prepare::Verdict& fault = *places.back().fault;
  throw Error("convert", why.file, fault.reason,
              fault.hint.empty() ? hint(fault.outcome) : fault.hint, ExitCode::kFatal);
}

}  // namespace sluice::cli
