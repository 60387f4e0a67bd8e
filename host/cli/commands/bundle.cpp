// sluice bundle show, bundle check: what is in bundles that travel, and whether it is sound.
#include "cli/commands/bundle.h"

#include <sluice/counted.hpp>

#include "cli/json.h"
#include "cli/result_lines.h"
#include "cli/text.h"
#include "cli/travelled_bundles.h"
#include "cli/workspace.h"
#include "platform/error.h"
#include "travel/shelf.h"
#include "travel/unpack.h"

namespace sluice::cli {
namespace {

travel::Shelf shelf_of(platform::Files& files, const std::vector<std::string>& given,
                       const Io& io) {
  std::vector<std::string> paths;
  for (const std::string& path : given) paths.push_back(absolute_path(io, path));
  return {files, paths};
}

// How many bundles were looked at.
struct Looked {
  std::uint64_t bundles = 0;
  std::uint64_t refused = 0;
  bool is_interrupted = false;

  int exit_code() const {
    if (is_interrupted) return static_cast<int>(ExitCode::kInterrupted);
    return static_cast<int>(refused == 0 ? ExitCode::kOk : ExitCode::kSomeFailed);
  }
};

// Calls `look` for each bundle; what is refused is printed.
template <class Look>
Looked each_bundle(const travel::Shelf& shelf, const Args& args, Io& io, Look look) {
  Looked looked;
  const auto refuse = [&](const travel::Shelf::Entry& entry, const std::string& reason) {
    ++looked.refused;
    if (args.global.json) {
      io.out << refused_json(shelf.shown(entry), reason);
    } else {
      io.err << refused_line(shelf.shown(entry), reason,
                             Paint(args.global.color, io.err_is_terminal, io));
    }
  };
  for (const travel::Shelf::Entry& entry : shelf.entries()) {
    looked.is_interrupted = io.interrupted && io.interrupted();
    if (looked.is_interrupted) break;
    ++looked.bundles;
    try {
      const auto from = shelf.open(entry);
      look(entry, *from, shelf.facts(entry, *from));
    } catch (const travel::Refused& why) {
      refuse(entry, why.reason);
    } catch (const SystemError& error) {
      if (error.is_storage_full()) throw;
      refuse(entry, error.what());
    }
  }
  return looked;
}

const char* result_word(const travel::Facts& facts) {
  if (facts.skipped) return "skipped";
  return facts.bundle.kind == Bundle::Kind::kPrepared ? "prepared" : "failed";
}

std::string facts_line(const travel::Shelf::Entry& entry, const travel::Facts& facts) {
  const Bundle& bundle = facts.bundle;
  JsonObject object("bundle_facts");
  object.text("bundle", entry.name)
      .path("path", facts.path_key())
      .path("source", facts.skipped ? facts.skipped->source : bundle.source.given)
      .text("made_by", facts.made_by)
      .text("result", result_word(facts));
  if (facts.skipped) return object.text("reason", facts.skipped->why).line();
  return object.text("outcome", word(bundle.outcome))
      .text_or_null("reason", bundle.reason)
      .text_or_null("sha256", bundle.sha256 == platform::Sha256Digest{}
                                  ? ""
                                  : platform::to_hex(bundle.sha256))
      .number("bytes", static_cast<std::int64_t>(bundle.identity.size))
      .text_or_null("media_type", bundle.media_type)
      .text_or_null("converter", bundle.converter)
      .text_or_null("converter_version", bundle.converter_version)
      .text_or_null("options_hash", bundle.options_hash)
      .text_or_null("setup", bundle.setup)
      .number("assets", static_cast<std::int64_t>(bundle.assets.size()))
      .number("warnings", static_cast<std::int64_t>(bundle.warnings.size()))
      .number("documents_within", static_cast<std::int64_t>(bundle.children.size()))
      .line();
}

void print_document(const Bundle& bundle, Io& io) {
  const auto print = [&](const char* label, const std::string& value) {
    if (!value.empty()) io.out << label << visible(value) << "\n";
  };
  print(bundle.source.is_child() ? "  within     " : "path         ", bundle.source.path_key());
  print("  outcome    ",
        std::string(word(bundle.outcome)) + (bundle.reason.empty() ? "" : ": " + bundle.reason));
  print("  converter  ", bundle.converter + " " + bundle.converter_version);
  print("  type       ", bundle.media_type);
  print("  source     ", human_size(bundle.identity.size));
  if (bundle.kind == Bundle::Kind::kPrepared) {
    print("  Markdown   ", human_size(bundle.markdown.size()));
    if (!bundle.assets.empty()) print("  assets     ", std::to_string(bundle.assets.size()));
  }
  for (const Warning& warning : bundle.warnings) print("  warning    ", warning.text());
}

}  // namespace

int run_bundle_show(platform::Files& files, const Args& args, const BundleShowArgs& show, Io& io) {
  const travel::Shelf shelf = shelf_of(files, show.paths, io);
  const Looked looked = each_bundle(
      shelf, args, io,
      [&](const travel::Shelf::Entry& entry, travel::BundleFiles&, const travel::Facts& facts) {
        if (args.global.json) {
          io.out << facts_line(entry, facts);
          return;
        }
        io.out << entry.name << "  " << result_word(facts) << ", by " << visible(facts.made_by)
               << "\n";
        if (facts.skipped) {
          io.out << "path         " << visible(facts.skipped->path) << "\n  reason     "
                 << visible(facts.skipped->why) << "\n";
          return;
        }
        print_document(facts.bundle, io);
        for (const Bundle& child : facts.bundle.children) print_document(child, io);
      });
  return looked.exit_code();
}

int run_bundle_check(platform::Files& files, const Args& args, const BundleCheckArgs& check,
                     Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  const travel::Shelf shelf = shelf_of(files, check.paths, io);
  TemporaryStaging staging(files);
  const prepare::PrepareSettings settings = workspace.context(files, staging, nullptr).settings;
  std::uint64_t sequence = 0;
  const Looked looked = each_bundle(
      shelf, args, io,
      [&](const travel::Shelf::Entry&, travel::BundleFiles& from, travel::Facts facts) {
        if (facts.skipped) {
          checked_skip_reason(facts, settings);
          return;
        }
        travel::unpack(files, from, std::move(facts), settings, {staging, sequence++, 0});
        staging.clear();
      });
  if (args.global.json) {
    io.out << JsonObject("bundle_check")
                  .number("bundles", static_cast<std::int64_t>(looked.bundles))
                  .number("refused", static_cast<std::int64_t>(looked.refused))
                  .line();
  } else if (!args.global.quiet) {
    io.out << counted(looked.bundles, "bundle") << ", refused " << looked.refused << "\n";
  }
  return looked.exit_code();
}

}  // namespace sluice::cli
