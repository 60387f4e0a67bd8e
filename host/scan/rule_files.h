// The ignore files of directories, as levels of rules: .sluiceignore over .gitignore over
// .git/info/exclude of one directory, and all of them over those of the directories above.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/files.h"
#include "scan/given_paths.h"
#include "scan/ignore.h"

namespace sluice::scan {

// The rules that hold everywhere ([ingest] ignore), below all ignore files; nullptr if there are
// none. Each pattern is a line of an ignore file.
std::shared_ptr<const IgnoreLevel> default_rules(const std::vector<std::string>& patterns);

// Puts the rules of `dir` on top of `above`. `offset` is where in a path the part below the
// directory begins; `shown` is what to call the directory to the user.
// Throws Error if there are rules that cannot be read: then nothing below may be taken, for it may
// be what they were to keep out.
std::shared_ptr<const IgnoreLevel> with_rules_of(platform::Files& files, const platform::Dir& dir,
                                                 std::shared_ptr<const IgnoreLevel> above,
                                                 std::size_t offset, const std::string& shown);

// Whether a directory with these entries has rules of its own.
bool has_rules(const std::vector<platform::DirEntry>& entries);

// Where rules begin to count for a directory that was given, and the path from there to it: the KB's
// root or the top of the repository that the directory is in, whichever is further up.
struct RuleBase {
  std::string path;
  std::string prefix;  // with a `/` behind, or empty
};
RuleBase rule_base(platform::Files& files, const KbPlace& kb, const std::string& directory,
                   bool ignore_files);

// The nearest directory above `path` (or itself) that is the top of a git repository: its ignore
// files count in all that is below it. `path` is absolute, without symlinks.
std::optional<std::string> repository_of(platform::Files& files, const std::string& path);

}  // namespace sluice::scan
