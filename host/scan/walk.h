// The walk behind a Scanner: one argument after the other, a directory with a stack of open levels.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/files.h"
#include "scan/given_paths.h"
#include "scan/ignore.h"
#include "scan/rule_files.h"
#include "scan/scanner.h"

namespace sluice::scan {

// Its functions are one for each kind of entry and one for each question about it.
class Walk {
 public:
  Walk(platform::Files& files, const std::vector<std::string>& paths, ScanOptions options);

  std::optional<Source> next();
  std::vector<std::string> roots() const;

 private:
  // An open directory on the way down.
  struct Level {
    std::shared_ptr<const SourceRoot> root;
    std::size_t root_offset;  // where in the path the part below root begins
    platform::Dir dir;
    std::vector<platform::DirEntry> entries;  // sorted
    std::size_t next = 0;
    std::size_t path_size = 0;  // of this directory's path, with the `/` behind it
    std::shared_ptr<const IgnoreLevel> ignore = nullptr;
    std::size_t selected = Selection::kNone;
    // An earlier walk came through here and took what its own rules let it take.
    bool walked_before = false;
    // A later walk comes through here, for what rules above it leave out of this one.
    bool is_walked_again = false;
  };
  // The rules under which an earlier walk reached a directory that was given as well.
  struct Passage {
    std::shared_ptr<const IgnoreLevel> ignore;
    std::string path;  // of the directory, as that walk's rules see it, with a `/` behind
  };
  // --- arguments ---
  std::optional<Source> begin(std::size_t index);
  std::optional<Source> begin_file(const GivenPath& given);
  std::optional<Source> begin_directory(const GivenPath& given);
  Source refused_argument(const GivenPath& given) const;
  std::shared_ptr<const SourceRoot> root_of_file(const std::string& parent);
  std::shared_ptr<const IgnoreLevel> rules_above(const RuleBase& base);

  // --- entries of a directory ---
  std::optional<Source> step();
  std::optional<Source> visit_directory(const platform::DirEntry& entry);
  std::optional<Source> visit_file(const platform::DirEntry& entry);
  void enter(Level level);
  bool become_kb(Level& level);
  bool met_as_given_directory(Level& level);
  std::optional<SkipReason> reason_against_link(const Level& level);
  bool is_left_out(const platform::DirEntry& entry, PathKind kind, std::size_t& selected);
  bool is_walked_before(const Level& level, PathKind kind) const;
  void skip(const platform::DirEntry& entry, SkipReason why, std::string rule = {});
  std::optional<Source> failing(std::string reason, PathKind kind) const;

  std::string_view below_given() const { return std::string_view(path_).substr(given_offset_); }
  std::string below_root(const Level& level) const { return path_.substr(level.root_offset); }
  std::string shown() const;

  platform::Files& files_;
  const ScanOptions options_;
  const Selection selection_;
  const KbPlace kb_;
  const std::shared_ptr<const IgnoreLevel> defaults_;
  const std::shared_ptr<const SiblingRules> sibling_rules_;
  GivenPaths given_;
  std::size_t next_given_ = 0;
  std::uint64_t handed_out_ = 0;
  std::unordered_map<std::size_t, Passage> passages_;
  std::unordered_map<std::string, std::weak_ptr<const SourceRoot>> file_roots_;

  // The walk of one given directory. Paths are relative to where its rules begin: see RuleBase.
  std::vector<Level> levels_;
  std::string path_;
  std::size_t given_offset_ = 0;  // where in the path the part below the given directory begins
  std::size_t current_ = 0;
  const Passage* passage_ = nullptr;
};

}  // namespace sluice::scan
