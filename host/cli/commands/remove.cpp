#include "cli/commands/remove.h"

#include <algorithm>
#include <chrono>
#include <sluice/counted.hpp>

#include "cli/config.h"
#include "cli/find_document.h"
#include "cli/json.h"
#include "cli/lock_wait.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "owner/owner.h"
#include "platform/error.h"
#include "staging/staging.h"

namespace sluice::cli {
namespace {

using owner::Document;
using owner::DocumentResult;
using owner::KnowledgeBase;
using owner::Owner;

// A name that stands for no document, or for several, and what to try.
struct Doubt {
  std::string name;
  std::string cause;
  std::string next;
};

[[noreturn]] void refuse(const std::vector<Doubt>& doubts) {
  if (doubts.size() == 1) {
    throw Error("remove", doubts[0].name, doubts[0].cause, doubts[0].next);
  }
  std::string causes;
  for (const Doubt& doubt : doubts) {
    causes += (causes.empty() ? "" : "; ") + doubt.name + ": " + doubt.cause + ", " + doubt.next;
  }
  throw Error("remove", std::to_string(doubts.size()) + " of the names", causes,
              "nothing was removed: correct these names and run it again");
}

// What the names stand for, each document once. Throws Error, unless every name stands for one.
std::vector<Owner::Chosen> choose(KnowledgeBase& kb, const Io& io,
                                  const std::vector<std::string>& names) {
  std::vector<Owner::Chosen> chosen;
  std::vector<Doubt> doubts;
  for (const std::string& name : names) {
    const auto found = find_documents(kb, io.working_directory, name);
    if (found.empty()) {
      doubts.push_back({name, "there is no document with this name or path",
                        nearest_documents(kb.registry(), name)});
    } else if (found.size() > 1) {
      doubts.push_back({name, "it can be any of " + names_with_paths(found),
                        "give the name of the document to remove"});
    } else if (std::none_of(chosen.begin(), chosen.end(), [&](const Owner::Chosen& one) {
                 return one.document.id == found.front().id;
               })) {
      chosen.push_back({found.front(), name});
    }
  }
  if (!doubts.empty()) refuse(doubts);
  return chosen;
}

// "raw/a.md, wiki/sources/a.md, 3 images".
std::string files_of(const Document& document, owner::RawFile raw) {
  std::string text = raw == owner::RawFile::kKeep ? "" : document.raw + ", ";
  text += document.markdown;
  if (document.assets > 0) text += ", " + counted(document.assets, "image");
  return text;
}

int run_dry(platform::Files& files, const Args& args, const RemoveArgs& remove, Io& io) {
  auto kb = KnowledgeBase::open(files, need_kb(files, args, io), owner::Database::Mode::kReadOnly);
  const auto raw = remove.keep_raw ? owner::RawFile::kKeep : owner::RawFile::kRemove;
  for (const auto& [document, given] : choose(kb, io, remove.names)) {
    if (args.global.json) {
      io.out << JsonObject("plan")
                    .path("source", given)
                    .path("path", document.path_key)
                    .text("would", "remove")
                    .text("detail", document.name)
                    .line();
    } else {
      io.out << "would remove  " << visible(document.name) << "  ("
             << visible(files_of(document, raw)) << ")\n";
    }
    for (const auto& source : kb.registry().sources_of(document.id)) {
      if (source.path_key == document.path_key || args.global.json) continue;
      io.out << "  and with it its source " << visible(source.path_key) << "\n";
    }
    const auto within = kb.registry().children_of(document.path_key).size();
    if (within > 0 && !args.global.json) {
      io.out << "  and with it " << counted(within, "document") << " within it\n";
    }
  }
  return 0;
}

void report(const DocumentResult& result, const GlobalArgs& global, Io& io) {
  if (global.json) {
    io.out << doc_json(result);
    return;
  }
  if (global.quiet) return;
  io.out << "removed  " << visible(result.name) << "  (" << visible(result.source.relative)
         << ")\n";
  const Paint paint(global.color, io.err_is_terminal, io);
  for (const auto& warning : result.warnings) {
    io.err << paint.yellow("warning") << " " << visible(result.name) << ": "
           << visible(warning.message) << "\n";
  }
}

}  // namespace

int run_remove(platform::Files& files, const Args& args, const RemoveArgs& remove, Io& io) {
  if (remove.dry_run) return run_dry(files, args, remove, io);
  const auto start = std::chrono::steady_clock::now();
  const std::string path = need_kb(files, args, io);
  const Config config = Config::load(files, args, io, path);
  auto kb = KnowledgeBase::open(files, path, owner::Database::Mode::kReadWrite);
  say_lock_waits(kb, args.global, io);
  LazyStaging staging(files, kb.root());
  owner::OwnerSettings settings;
  settings.lock_timeout = config.settings().lock_timeout;
  settings.holder = "sluice remove";
  const Paint paint(args.global.color, io.err_is_terminal, io);
  SummaryCounts counts;
  // Nothing is prepared here: no bundle is handed in.
  Owner owner(kb, staging, settings,
              {{},
               [&](const DocumentResult& result) {
                 ++counts.removed;
                 report(result, args.global, io);
               },
               [&](const std::string& text) {
                 io.err << paint.yellow("warning") << " " << visible(text) << "\n";
               }});
  owner.start();
  owner.remove([&](const owner::Registry&) { return choose(kb, io, remove.names); },
               remove.keep_raw ? owner::RawFile::kKeep : owner::RawFile::kRemove);
  owner.finish();
  if (args.global.json) {
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    io.out << summary_json(counts, spent.count());
  }
  return static_cast<int>(owner.found_damage() ? ExitCode::kDamaged : ExitCode::kOk);
}

}  // namespace sluice::cli
