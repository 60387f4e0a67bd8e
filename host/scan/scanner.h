// Lists the sources below the paths a user handed in, root by root in the order given, each
// bytewise by path relative to it. A source stands below its root even where a symlink leads to it.
// Lazy: memory grows with the paths given and the entries of the directories on the way down, not
// with the sources.
//
// Nothing is passed over in silence: every entry of a directory is a source, a directory that is
// entered, or skipped with a reason (skipped.h), each once. What cannot be read is a source with a
// problem, which fails in its place.
//
// A file named by the user is taken whatever its name. In a directory every rule can only leave
// out: hidden names, ignore files, -g, extensions nobody converts, symlinks to directories or out
// of the root, the KB's own. A file that two roots reach comes once (with -g, nested roots may
// repeat it). Ignore files count from the given directory down and, where it lies in the KB or in a
// git repository, from the top of that.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/source.h"
#include "model/source_feed.h"
#include "platform/files.h"
#include "scan/skipped.h"

namespace sluice::scan {

struct ScanOptions {
  // -g, in order, on paths relative to the directory given; a leading `!` excludes; the last that
  // matches wins (scan/ignore.h).
  std::vector<std::string> globs;
  bool ignore_files = true;         // .sluiceignore, .gitignore, .git/info/exclude
  std::vector<std::string> ignore;  // patterns that hold everywhere, weaker than any ignore file
  bool hidden = false;              // names that begin with a dot
  // The KB's root, whose own files (.sluice, wiki, and raw with them) are never sources, wherever
  // the scan meets them; nothing if there is no KB.
  std::optional<std::string> kb_path;
  // Whether a directory scan takes a file of this extension (lower case, without dot). A file named
  // on the command line is always taken.
  std::function<bool(const std::string& extension)> takes_extension;
  // Called with the absolute path of each directory before it is listed; may be empty.
  std::function<void(const std::string& path)> on_directory;
  // Called for each entry that is left out, in the order of the walk, by whoever calls next(); may
  // be empty.
  std::function<void(Skipped&&)> on_skipped;
};

class Walk;

class Scanner : public SourceFeed {
 public:
  // Throws Error (kUsage) for a malformed glob.
  Scanner(platform::Files& files, const std::vector<std::string>& paths, ScanOptions options);
  ~Scanner() override;

  std::optional<Source> next() override;

  // Path keys of what was scanned: a directory's ends in `/`, "" is the KB's root. Of arguments
  // that could be used.
  std::vector<std::string> roots() const;

 private:
  std::unique_ptr<Walk> walk_;
};

}  // namespace sluice::scan
