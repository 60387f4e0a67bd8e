#include "cli/commands/remove.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <sluice/counted.hpp>
#include <string_view>

#include "cli/config.h"
#include "cli/find_document.h"
#include "cli/ingest.h"
#include "cli/json.h"
#include "cli/lock_wait.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "owner/owner.h"
#include "owner/source_of_key.h"
#include "platform/error.h"
#include "scan/glob.h"
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

// What is to be removed: whole documents, and sources, whose documents go if they have no other.
struct Removals {
  std::vector<Owner::Chosen> documents;
  std::set<std::string> sources;  // path keys
};

bool is_pattern(std::string_view text) {
  return text.find_first_of("*?[") != std::string_view::npos;
}

class RemovalChoice {
 public:
  RemovalChoice(const KnowledgeBase& kb, const Io& io, const RemoveArgs& remove)
      : kb_(kb), io_(io), remove_(remove) {}

  // Throws Error, unless each name stands for something.
  Removals operator()();

 private:
  void choose(const std::string& name);
  std::size_t choose_below(const std::string& folder);
  std::size_t choose_matching(const std::string& pattern);
  void choose_missing();

  const KnowledgeBase& kb_;
  const Io& io_;
  const RemoveArgs& remove_;
  Removals chosen_;
  std::vector<Doubt> doubts_;
};

Removals RemovalChoice::operator()() {
  for (const std::string& name : remove_.names) choose(name);
  for (const std::string& root : remove_.from_roots) {
    if (choose_below(root) == 0) {
      doubts_.push_back({root, "no document came from this folder", "'sluice list' shows all"});
    }
  }
  if (!doubts_.empty()) refuse(doubts_);
  if (remove_.missing) choose_missing();
  return std::move(chosen_);
}

// A document's name or path first, then a folder, then a pattern.
void RemovalChoice::choose(const std::string& name) {
  const auto found = find_documents(kb_, io_.working_directory, name);
  if (found.size() > 1) {
    doubts_.push_back({name, "it can be any of " + names_with_paths(found),
                       "give the name of the document to remove"});
  } else if (found.size() == 1) {
    const bool is_new =
        std::none_of(chosen_.documents.begin(), chosen_.documents.end(),
                     [&](const Owner::Chosen& one) { return one.document.id == found.front().id; });
    if (is_new) chosen_.documents.push_back({found.front(), name});
  } else if (is_pattern(name)) {
    if (choose_matching(name) == 0) {
      doubts_.push_back({name, "no source and no document matches this pattern",
                         "'sluice list' shows what there is"});
    }
  } else if (choose_below(name) == 0) {
    doubts_.push_back({name, "there is no document with this name or path",
                       nearest_documents(kb_.registry(), name)});
  }
}

std::size_t RemovalChoice::choose_below(const std::string& folder) {
  std::size_t count = 0;
  for (std::string prefix : source_keys_of(kb_, io_.working_directory, folder)) {
    if (prefix == ".") prefix.clear();
    if (!prefix.empty() && !prefix.ends_with('/')) prefix += '/';
    auto cursor = kb_.registry().sources_below(prefix);
    for (; const auto source = cursor.next(); ++count) chosen_.sources.insert(source->path_key);
  }
  return count;
}

// Against names of documents, and path keys of sources as they look from the working directory.
std::size_t RemovalChoice::choose_matching(const std::string& pattern) {
  std::vector<scan::Glob> globs;
  for (const std::string& key : source_keys_of(kb_, io_.working_directory, pattern)) {
    const std::string_view parts = std::string_view(key).substr(key.starts_with('/') ? 1 : 0);
    if (auto glob = scan::Glob::parse(parts)) globs.push_back(std::move(*glob));
  }
  const auto matches = [&globs](std::string_view text) {
    if (text.starts_with('/')) text.remove_prefix(1);
    return std::any_of(globs.begin(), globs.end(),
                       [&](const scan::Glob& glob) { return glob.matches(text); });
  };
  std::size_t count = 0;
  for (const char* half : {"", "/", "http://", "https://"}) {
    auto cursor = kb_.registry().sources_below(half);
    while (const auto source = cursor.next()) {
      if (!matches(source->path_key) && !(source->is_primary && matches(source->name))) continue;
      chosen_.sources.insert(source->path_key);
      ++count;
    }
  }
  return count;
}

void RemovalChoice::choose_missing() {
  for (const char* half : {"", "/"}) {
    auto cursor = kb_.registry().sources_below(half);
    while (const auto source = cursor.next()) {
      if (owner::is_gone(kb_, source->path_key)) chosen_.sources.insert(source->path_key);
    }
  }
}

// "raw/a.md, wiki/sources/a.md, 3 images".
std::string files_of(const Document& document, owner::RawFile raw) {
  const bool raw_stays = raw == owner::RawFile::kKeep || document.raw.empty();
  std::string text = raw_stays ? "" : document.raw + ", ";
  text += document.markdown;
  if (document.assets > 0) text += ", " + counted(document.assets, "image");
  return text;
}

void print_removal(const std::string& path_key, const Document& document, const Args& args,
                   Io& io) {
  if (args.global.json) {
    io.out << plan_json(path_key, path_key, "remove", document.name);
  } else {
    io.out << "would remove  " << visible(path_key) << "  (" << visible(document.name) << ")\n";
  }
}

int run_dry(platform::Files& files, const Args& args, const RemoveArgs& remove, Io& io) {
  auto kb = KnowledgeBase::open(files, need_kb(files, args, io), owner::Database::Mode::kReadOnly);
  const auto raw = remove.keep_raw ? owner::RawFile::kKeep : owner::RawFile::kRemove;
  const Removals chosen = RemovalChoice(kb, io, remove)();
  for (const std::string& path_key : chosen.sources) {
    const auto source = kb.registry().source(path_key);
    const auto document = source ? kb.registry().document(source->document) : std::nullopt;
    if (document) print_removal(path_key, *document, args, io);
  }
  for (const auto& [document, given] : chosen.documents) {
    if (args.global.json) {
      io.out << plan_json(given, document.path_key, "remove", document.name);
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

class NoSources : public SourceFeed {
 public:
  std::optional<Source> next() override { return std::nullopt; }
};

// A name that stands for nothing yet may stand for a document once the lock is had.
bool chooses_sources(platform::Files& files, const Args& args, const RemoveArgs& remove,
                     const Io& io) {
  const auto kb =
      KnowledgeBase::open(files, need_kb(files, args, io), owner::Database::Mode::kReadOnly);
  try {
    return !RemovalChoice(kb, io, remove)().sources.empty();
  } catch (const Error&) {
    return false;
  }
}

// A document that was made from a source to be removed, and has another, is made again from that:
// this needs all that a run of `add` needs.
int remove_sources(platform::Files& files, const Args& args, const RemoveArgs& remove, Io& io) {
  Args named = args;
  if (!args.global.quiet) named.global.verbose = std::max(1U, args.global.verbose);
  const Workspace workspace = open_workspace(files, named, io, NeedsKb::kYes);
  auto kb = KnowledgeBase::open(files, *workspace.kb, owner::Database::Mode::kReadWrite);
  const Removals chosen = RemovalChoice(kb, io, remove)();
  const auto raw = remove.keep_raw ? owner::RawFile::kKeep : owner::RawFile::kRemove;
  IngestJob job;
  job.command = "remove";
  job.make_feed = [](const OnSkipped&) { return std::make_unique<NoSources>(); };
  job.afterwards = [&](Owner& owner) {
    owner.remove([&](const owner::Registry&) { return chosen.documents; }, raw);
    owner.remove_gone({chosen.sources.begin(), chosen.sources.end()}, raw,
                      [](const std::string&) { return true; });
  };
  return run_ingest(files, named, io, workspace, kb, job);
}

}  // namespace

int run_remove(platform::Files& files, const Args& args, const RemoveArgs& remove, Io& io) {
  if (remove.dry_run) return run_dry(files, args, remove, io);
  if (chooses_sources(files, args, remove, io)) return remove_sources(files, args, remove, io);
  const auto start = std::chrono::steady_clock::now();
  const std::string path = need_kb(files, args, io);
  const Config config = Config::load(files, args, io, path);
  auto kb = KnowledgeBase::open(files, path, owner::Database::Mode::kReadWrite);
  say_lock_waits(kb, args.global, io);
  LazyStaging staging(files, kb.root());
  owner::OwnerSettings settings;
  settings.lock_timeout = config.settings().lock_timeout;
  settings.holder = "sluice remove";
  settings.index = config.settings().index;
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
  const auto raw = remove.keep_raw ? owner::RawFile::kKeep : owner::RawFile::kRemove;
  owner.remove([&](const owner::Registry&) { return RemovalChoice(kb, io, remove)().documents; },
               raw);
  owner.settle_links([&io] { return io.interrupted && io.interrupted(); });
  owner.finish();
  Hooks(files, config.settings(), path).finish([&](const std::string& text) {
    io.err << paint.yellow("warning") << " " << visible(text) << "\n";
  });
  if (args.global.json) {
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    io.out << summary_json(counts, spent.count());
  }
  return static_cast<int>(owner.found_damage() ? ExitCode::kDamaged : ExitCode::kOk);
}

}  // namespace sluice::cli
