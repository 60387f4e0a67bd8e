#include "cli/commands/complete.h"

#include "cli/config.h"
#include "cli/manual/complete.h"
#include "cli/text.h"
#include "owner/knowledge_base.h"
#include "plugin/catalog.h"

namespace sluice::cli {
namespace {

// More than anybody reads; a shell would ask before it shows them.
constexpr int kMaxDocuments = 1000;

// What the words that are completed say about the knowledge base and the plugins.
Args args_of(const Args& args, const CompletionPlace& place, const Io& io) {
  Args all = args;
  if (!place.kb.empty()) all.global.kb = place.kb;
  all.plugins = place.plugins;
  // The shell hands over what is written, and "~" is written.
  const auto home = io.env("HOME");
  const auto expand = [&](std::string& path) {
    if (home && (path == "~" || path.starts_with("~/"))) path.replace(0, 1, *home);
  };
  if (all.global.kb) expand(*all.global.kb);
  for (std::string& path : all.plugins) expand(path);
  return all;
}

std::vector<Candidate> documents(platform::Files& files, const std::optional<std::string>& kb,
                                 const std::string& prefix) {
  std::vector<Candidate> found;
  if (!kb) return found;
  const auto opened = owner::KnowledgeBase::open(files, *kb, owner::Database::Mode::kReadOnly);
  for (std::string& name : opened.registry().names_beginning_with(prefix, kMaxDocuments)) {
    found.push_back({std::move(name), ""});
  }
  return found;
}

void add_options(std::vector<Candidate>& to, const plugin::ConverterManifest& converter) {
  for (const plugin::Option& option : converter.options) {
    to.push_back({converter.id + "." + option.name + "=", option.description});
  }
}

std::vector<Candidate> of_catalog(const plugin::Catalog& catalog, Values values) {
  std::vector<Candidate> found;
  for (const auto& one : catalog.plugins()) {
    if (values == Values::kPlugins || values == Values::kPluginsAndConverters) {
      found.push_back({one->id, one->description});
    }
    for (const auto& converter : one->converters) {
      const bool is_named_alike =
          values == Values::kPluginsAndConverters && converter.id == one->id;
      if (values == Values::kOptionKeys) {
        add_options(found, converter);
      } else if (values != Values::kPlugins && !is_named_alike) {
        found.push_back({converter.id, converter.description});
      }
    }
  }
  return found;
}

std::string_view word(Completion::Files files) {
  switch (files) {
    case Completion::Files::kAll:
      return "files";
    case Completion::Files::kFolders:
      return "folders";
    case Completion::Files::kNone:
      break;
  }
  return "words";
}

}  // namespace

int run_complete(platform::Files& files, const Args& args, const CompleteArgs& complete_args,
                 Io& io) {
  const NamesOf names_of = [&](Values values, const std::string& prefix,
                               const CompletionPlace& place) {
    const Args all = args_of(args, place, io);
    const auto kb = find_kb(files, all, io);
    if (values == Values::kDocuments || values == Values::kDocumentsAndPaths) {
      return documents(files, kb, prefix);
    }
    const Config config = Config::load(files, all, io, kb);
    // What is refused or denied is offered, too: `plugin enable` and `plugin info` want it.
    auto found = of_catalog(plugin::Catalog::scan(files, config.search_paths(), {}), values);
    std::erase_if(found, [&](const Candidate& one) { return !one.word.starts_with(prefix); });
    return found;
  };
  const Completion completion = complete(complete_args.words, names_of);
  io.out << word(completion.files) << "\n";
  for (const Candidate& one : completion.words) {
    io.out << visible(one.word) << "\t" << visible(one.about) << "\n";
  }
  return 0;
}

}  // namespace sluice::cli
