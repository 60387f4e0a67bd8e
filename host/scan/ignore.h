// Rules about which paths a scan takes: those of ignore files and those of -g. Both share
// the patterns of .gitignore: the last rule that matches wins; a pattern without `/` before its end
// matches base names at any depth, any other the whole path; a trailing `/` matches directories
// only.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scan/glob.h"

namespace sluice::scan {

enum class PathKind { kFile, kDirectory };

class PathPattern {
 public:
  // Nothing for a pattern that matches nothing: empty or malformed.
  static std::optional<PathPattern> parse(std::string_view text);
  bool matches(std::string_view path, PathKind kind) const;

 private:
  PathPattern(Glob glob, bool whole_path, bool directories_only)
      : glob_(std::move(glob)), whole_path_(whole_path), directories_only_(directories_only) {}

  Glob glob_;
  bool whole_path_;
  bool directories_only_;
};

// What one ignore file says.
class IgnoreRules {
 public:
  static constexpr const char* kFileName = ".sluiceignore";
  static constexpr const char* kGitFileName = ".gitignore";

  explicit IgnoreRules(std::string_view text);

  enum class Verdict { kNone, kIgnore, kKeep };
  struct Rule {
    PathPattern pattern;
    Verdict verdict;
    std::string text;
    unsigned line;  // from 1
  };
  // The rule that decides about a path, which is relative to the directory of the file; nullptr if
  // none does.
  const Rule* deciding_rule(std::string_view path, PathKind kind) const;
  Verdict verdict(std::string_view path, PathKind kind) const;

 private:
  std::vector<Rule> rules_;
};

// The rules of a directory and of those above it. A rule nearer to a path wins.
struct IgnoreLevel {
  std::shared_ptr<const IgnoreLevel> above;
  IgnoreRules rules;
  std::size_t offset;  // where in a path the part below this directory begins
  std::string origin;  // what to call it to the user: "docs/.gitignore"
  bool has_lines = true;
};

// Which rule decides about a path, and where it stands.
struct Decision {
  IgnoreRules::Verdict verdict = IgnoreRules::Verdict::kNone;
  const IgnoreLevel* level = nullptr;
  const IgnoreRules::Rule* rule = nullptr;

  // "docs/.gitignore:3: *.log"
  std::string text() const;
};
Decision decide(const IgnoreLevel* level, std::string_view path, PathKind kind);

// The globs of -g. A glob that begins with `!` excludes, and an excluded directory is not entered.
// With any other glob, only what one of them matches is taken; one that matches a directory takes
// all in it.
// `{a,b}` gives alternatives.
class Selection {
 public:
  // Throws Error (kUsage) for a malformed glob.
  explicit Selection(const std::vector<std::string>& globs);

  bool empty() const { return globs_.empty(); }

  // The last glob that matches a path or a directory above it; kNone if none does.
  static constexpr std::size_t kNone = 0;
  std::size_t last_match(std::string_view path, PathKind kind, std::size_t of_parent) const;
  // What that means for the path.
  bool takes_file(std::size_t match) const;
  bool enters_directory(std::size_t match) const;

 private:
  struct Item {
    std::vector<PathPattern> alternatives;
    bool excludes;
  };
  std::vector<Item> globs_;
  bool has_including_ = false;
};

}  // namespace sluice::scan
