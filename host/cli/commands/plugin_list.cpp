// sluice plugin list, info, verify: what is installed, and whether it can be used as it is.
#include <algorithm>
#include <optional>

#include "cli/commands/plugin.h"
#include "cli/json.h"
#include "cli/plugin_options.h"
#include "cli/plugin_state.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "platform/error.h"
#include "plugin/nearest.h"
#include "plugin/toml.h"

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
    for (const std::string& item : *list)
      text += (text.empty() ? "" : ", ") + plugin::toml_string(item);
    return "[" + text + "]";
  }
  return plugin::toml_string(std::get<std::string>(option.default_value));
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

// Whether the lock file has it as it is; nothing without one.
void add_pinned(JsonObject& object, const std::optional<plugin::Pins>& pins,
                const Manifest* manifest) {
  if (!pins || manifest == nullptr) {
    object.null("pinned");
  } else {
    object.flag("pinned", plugin::is_pinned(*pins, *manifest));
  }
}

std::string plugin_line(const Workspace& workspace, const Manifest& manifest,
                        const std::string& fault) {
  JsonObject object("plugin");
  object.text("id", manifest.id)
      .text("version", manifest.version)
      .text("abi", abi(manifest))
      .text("license", manifest.license)
      .text_or_null("description", manifest.description)
      .text("folder", manifest.folder)
      .text("state", fault.empty() ? "ok" : "refused")
      .text_or_null("reason", fault);
  add_pinned(object, workspace.pins, &manifest);
  std::vector<JsonObject> converters;
  for (const ConverterManifest& converter : manifest.converters) {
    converters.push_back(converter_object(converter));
  }
  object.objects("converters", std::move(converters));
  return object.line();
}

// What the user left out on purpose is no fault.
std::string_view state_of(const plugin::Refused& refused) {
  return refused.why == plugin::Refused::Why::kPolicy ? "disabled" : "refused";
}

std::string refused_line(const Workspace& workspace, const plugin::Refused& refused) {
  JsonObject object("plugin");
  object.text_or_null("id", refused.id)
      .text("folder", refused.path)
      .text("state", state_of(refused))
      .text("reason", refused.reason);
  add_pinned(object, workspace.pins, refused.manifest.get());
  return object.line();
}

// A plugin that is not in the table.
struct LeftOut {
  std::string_view state;
  std::string folder;
  std::string reason;
};

void print_left_out(Io& io, const Paint& paint, const LeftOut& one) {
  io.out << (one.state == "refused" ? paint.red(one.state) : paint.dim(one.state)) << "  "
         << visible(one.folder) << "\n  " << visible(one.reason) << '\n';
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

// Throws Error with what may have been meant.
[[noreturn]] void refuse_unknown(const plugin::Catalog& catalog, const std::string& id) {
  std::vector<std::string> known;
  for (const auto& manifest : catalog.plugins()) {
    known.push_back(manifest->id);
    for (const auto& converter : manifest->converters) {
      if (converter.id != manifest->id) known.push_back(converter.id);
    }
  }
  throw Error("find the plugin", id, "no plugin or converter of that id is installed",
              plugin::suggest(id, known));
}

void need_installed(const plugin::Catalog& catalog, const std::string& id) {
  const FoundPlugin found = find_plugin(catalog, id);
  if (!found.usable && found.refused == nullptr) refuse_unknown(catalog, id);
}

std::string pin_fault(const std::optional<plugin::Pins>& pins, const Manifest& manifest) {
  if (!pins || plugin::is_pinned(*pins, manifest)) return {};
  return "it is not as the lock file says; if you trust it, run 'sluice plugin pin'";
}

}  // namespace

int run_plugin_list(platform::Files& files, const Args& args, const PluginListArgs& list, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  const Paint paint(args.global.color, io.out_is_terminal, io);
  PluginStates states(files, workspace, io,
                      list.verify ? PluginStates::Look::kAnew : PluginStates::Look::kRemembered);
  Table table;
  table.add({"PLUGIN", "VERSION", "CONVERTER", "EXTENSIONS", "FOLDER"});
  std::vector<LeftOut> left_out;
  for (const auto& manifest : workspace.catalog.plugins()) {
    const std::string fault = fault_text(states.fault(*manifest));
    if (args.global.json) io.out << plugin_line(workspace, *manifest, fault);
    if (!fault.empty()) {
      left_out.push_back({"refused", manifest->folder, fault});
      continue;
    }
    for (const ConverterManifest& converter : manifest->converters) {
      table.add({manifest->id, manifest->version, converter.id, joined(converter.extensions),
                 manifest->folder});
    }
  }
  for (const plugin::Refused& refused : workspace.catalog.refused()) {
    if (args.global.json) io.out << refused_line(workspace, refused);
    left_out.push_back({state_of(refused), refused.path, refused.reason});
  }
  if (args.global.json) return static_cast<int>(ExitCode::kOk);
  io.out << table.text(paint, Table::Heading::kFirstRow);
  for (const LeftOut& one : left_out) print_left_out(io, paint, one);
  return static_cast<int>(ExitCode::kOk);
}

int run_plugin_verify(platform::Files& files, const Args& args, const PluginVerifyArgs& verify,
                      Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  const Paint paint(args.global.color, io.out_is_terminal, io);
  PluginStates states(files, workspace, io, PluginStates::Look::kAnew);
  std::size_t faults = 0;
  const auto say = [&](const std::string& id, const std::string& folder, const std::string& fault) {
    faults += fault.empty() ? 0 : 1;
    if (args.global.json) return;
    io.out << (fault.empty() ? paint.green("ok") : paint.red("refused")) << "  "
           << visible(id.empty() ? folder : id) << '\n';
    if (!fault.empty()) io.out << "  " << visible(fault) << '\n';
  };
  const auto is_asked = [&](const std::string& id) {
    return verify.ids.empty() ||
           std::find(verify.ids.begin(), verify.ids.end(), id) != verify.ids.end();
  };
  for (const std::string& id : verify.ids) need_installed(workspace.catalog, id);
  for (const auto& manifest : workspace.catalog.plugins()) {
    if (!is_asked(manifest->id)) continue;
    std::string fault = fault_text(states.fault(*manifest));
    if (fault.empty()) fault = pin_fault(workspace.pins, *manifest);
    if (args.global.json) io.out << plugin_line(workspace, *manifest, fault);
    say(manifest->id, manifest->folder, fault);
  }
  for (const plugin::Refused& refused : workspace.catalog.refused()) {
    if (!is_asked(refused.id) || refused.why == plugin::Refused::Why::kPolicy) continue;
    if (args.global.json) io.out << refused_line(workspace, refused);
    say(refused.id, refused.path, refused.reason);
  }
  if (faults == 0) return static_cast<int>(ExitCode::kOk);
  throw Error("trust", counted(faults, "plugin"), "the reasons are above",
              "install again what you trust: sluice plugin install --replace");
}

int run_plugin_info(platform::Files& files, const Args& args, const PluginInfoArgs& info, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  const FoundPlugin found = find_plugin(workspace.catalog, info.id);
  if (found.usable) {
    const Manifest& manifest = *found.usable;
    const std::string fault =
        fault_text(PluginStates(files, workspace, io, PluginStates::Look::kAnew).fault(manifest));
    if (args.global.json) {
      io.out << plugin_line(workspace, manifest, fault);
    } else {
      print_plugin(io, Paint(args.global.color, io.out_is_terminal, io), manifest, fault);
    }
    return static_cast<int>(ExitCode::kOk);
  }
  if (found.refused != nullptr) {
    throw Error("use the plugin in", found.refused->path, found.refused->reason,
                "'sluice plugin list' shows every plugin and its state");
  }
  refuse_unknown(workspace.catalog, info.id);
}

}  // namespace sluice::cli
