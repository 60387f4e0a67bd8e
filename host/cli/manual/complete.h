// What a shell offers for the word that a user is writing, worked out from the table of commands.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/manual/manual.h"

namespace sluice::cli {

struct Candidate {
  std::string word;   // the whole word in place of the one that is written
  std::string about;  // what it is, in a few words; may be empty
};

struct Completion {
  enum class Files { kNone, kAll, kFolders };
  Files files = Files::kNone;  // whether the shell adds names of files
  std::vector<Candidate> words;
};

// What the words in front say about where names are to be looked up.
struct CompletionPlace {
  std::string kb;                    // of -C, or empty
  std::vector<std::string> plugins;  // of --plugin
};

// Names that are not in the table: of documents, plugins, converters, and option keys, those that
// begin with `prefix`.
using NamesOf = std::function<std::vector<Candidate>(Values values, const std::string& prefix,
                                                     const CompletionPlace& place)>;

// `words`: those behind "sluice"; the last is the one that is written, maybe empty.
Completion complete(const std::vector<std::string>& words, const NamesOf& names_of);

}  // namespace sluice::cli
