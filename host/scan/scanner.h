// Lists the sources below the paths a user handed in, root by root in the order given, each
// bytewise by path relative to it. A source stands below its root even where a symlink leads to it.
// Lazy: memory grows with the paths given and the entries of the directories on the way down, not
// with the sources.
//
// A file named by the user is taken whatever its name. In a directory every rule can only leave
// out: hidden names, .sluiceignore, -g, extensions nobody converts, symlinks to directories or out
// of the root, the KB's own. A file that two roots reach comes once (with -g, nested roots may
// repeat it). Ignore files count from the given directory down or, within the KB, from the KB's
// root.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/source.h"
#include "model/source_feed.h"
#include "platform/files.h"

namespace sluice::scan {

struct ScanOptions {
  // -g, in order, on paths relative to the directory given; a leading `!` excludes; the last that
  // matches wins (prepare/ignore.h).
  std::vector<std::string> globs;
  bool ignore_files = true;  // .sluiceignore
  bool hidden = false;       // names that begin with a dot
  // The KB's root, whose own files (.sluice, wiki, and raw with them) are never sources, wherever
  // the scan meets them; nothing if there is no KB.
  std::optional<std::string> kb_path;
  // Whether a directory scan takes a file of this extension (lower case, without dot). A file named
  // on the command line is always taken.
  std::function<bool(const std::string& extension)> takes_extension;
};

// A path that could not be scanned: said to the user, and counted as a failure.
struct ScanProblem {
  std::string given;
  std::string reason;
};

class Scanner : public SourceFeed {
 public:
  // Throws Error before anything is handed out: kFatal if a path does not exist, cannot be read, is
  // no file or directory, or belongs to the KB itself; kUsage for a malformed glob.
  Scanner(platform::Files& files, const std::vector<std::string>& paths, ScanOptions options);
  ~Scanner() override;

  std::optional<Source> next() override;

  // Directories that could not be read and the like, so far. Call after the feed's end.
  const std::vector<ScanProblem>& problems() const;
  // Files that a directory scan passed over because no converter claims their extension.
  std::uint64_t passed_over() const;

 private:
  class Walk;
  std::unique_ptr<Walk> walk_;
};

}  // namespace sluice::scan
