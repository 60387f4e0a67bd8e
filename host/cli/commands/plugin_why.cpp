// sluice plugin why: which converter a file gets, found out as `add` does: the plugins in line are
// loaded, up to the first that can be used.
#include <algorithm>
#include <optional>

#include "cli/commands/plugin.h"
#include "cli/json.h"
#include "cli/named_plugins.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "platform/error.h"
#include "prepare/line_rules.h"

namespace sluice::cli {
namespace {

// The parts of a file that the router needs.
struct RouterParts {
  std::string prefix;
  std::string directory;
};

RouterParts read_parts(platform::Files& files, const Io& io, const std::string& path) {
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
  const auto read = [&](std::uint64_t offset, std::size_t size) {
    std::string bytes(size, '\0');
    bytes.resize(files.read(*file, offset, std::as_writable_bytes(std::span(bytes))));
    return bytes;
  };
  RouterParts parts;
  parts.prefix = read(0, plugin::kSniffBytes);
  const auto range = plugin::directory_range(parts.prefix, info.identity.size);
  if (range.size > 0) parts.directory = read(range.offset, range.size);
  return parts;
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

}  // namespace

int run_plugin_why(platform::Files& files, const Args& args, const PluginWhyArgs& why, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  const RouterParts parts = read_parts(files, io, why.file);
  const std::string name = why.file.substr(why.file.rfind('/') + 1);
  const plugin::SourceType type = plugin::sniff(parts.prefix, parts.directory, name);
  const auto line = workspace.router.route(type, parts.prefix, name);
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
