#include "scan/walk.h"

#include <algorithm>
#include <utility>

#include "model/names.h"
#include "platform/error.h"
#include "scan/rule_files.h"
#include "scan/sibling_rules.h"

namespace sluice::scan {
namespace {

using platform::Dir;
using platform::DirEntry;
using platform::FileKind;
using Verdict = IgnoreRules::Verdict;

// One open directory for each level, and a path that the kernel still takes in one piece.
constexpr std::size_t kMaxDepth = 512;
constexpr std::size_t kMaxPathBytes = 4095;
constexpr const char* kPathTooLong = "its path is longer than 4095 bytes";

// Bytewise by path: a directory stands where its first file would, as if its name ended in `/`.
bool comes_before(const DirEntry& a, const DirEntry& b) {
  const std::size_t common = std::min(a.name.size(), b.name.size());
  const int order = a.name.compare(0, common, b.name, 0, common);
  if (order != 0) return order < 0;
  const auto next = [common](const DirEntry& entry) {
    if (entry.name.size() > common)
      return static_cast<int>(static_cast<unsigned char>(entry.name[common]));
    return entry.kind == FileKind::kDirectory ? int{'/'} : -1;
  };
  return next(a) < next(b);
}

std::string kind_of(const DirEntry& entry) {
  switch (entry.kind) {
    case FileKind::kDirectory:
      return "folder";
    case FileKind::kSymlink:
      return "link";
    case FileKind::kOther:
      return "special";
    case FileKind::kRegular:
      break;
  }
  std::string extension = extension_of(entry.name);
  return extension.empty() ? kNoExtension : extension;
}

}  // namespace

Walk::Walk(platform::Files& files, const std::vector<std::string>& paths, ScanOptions options)
    : files_(files),
      options_(std::move(options)),
      selection_(options_.globs),
      kb_(files, options_.kb_path),
      defaults_(default_rules(options_.ignore)),
      sibling_rules_(std::make_shared<ScanSiblingRules>(files, options_, kb_)),
      given_(files, kb_, paths) {}

std::vector<std::string> Walk::roots() const {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < given_.size(); ++i) {
    const GivenPath& given = given_[i];
    if (given.problem || given.is_web) continue;
    if (given.kind == PathKind::kDirectory) {
      keys.push_back(kb_.prefix_of(given.path).value_or(joined_path(given.path, "")));
      continue;
    }
    const std::size_t slash = given.path.rfind('/');
    const std::string parent = given.path.substr(0, std::max<std::size_t>(slash, 1));
    keys.push_back(kb_.prefix_of(parent).value_or(joined_path(parent, "")) +
                   given.path.substr(slash + 1));
  }
  return keys;
}

// A source is a handful of strings, and is moved as seldom as can be.
std::optional<Source> Walk::next() {
  while (!levels_.empty() || next_given_ < given_.size()) {
    std::optional<Source> source = levels_.empty() ? begin(next_given_++) : step();
    if (!source) continue;
    ++handed_out_;
    return source;
  }
  return std::nullopt;
}

std::optional<Source> Walk::begin(std::size_t index) {
  current_ = index;
  if (given_[index].problem) return refused_argument(given_[index]);
  // The same path given twice counts once, in its first place.
  GivenPath& given = given_[given_.find(given_[index].path).value_or(index)];
  if (std::exchange(given.handed_out, true)) return std::nullopt;
  if (given.is_web) return web_source(given.path, given.given);
  return given.kind == PathKind::kFile ? begin_file(given) : begin_directory(given);
}

Source Walk::refused_argument(const GivenPath& given) const {
  auto root = std::make_shared<SourceRoot>();
  root->given = given.given;
  Source source;
  source.root = std::move(root);
  source.relative = given.path;
  source.given = given.given;
  source.problem = given.problem;
  return source;
}

std::optional<Source> Walk::begin_file(const GivenPath& given) {
  const std::size_t slash = given.path.rfind('/');
  Source source;
  source.given = given.given;
  source.is_named = true;
  source.relative = given.path.substr(slash + 1);
  const std::string parent = given.path.substr(0, std::max<std::size_t>(slash, 1));
  try {
    source.root = root_of_file(parent);
  } catch (const Error& error) {
    GivenPath refused = given;
    refused.problem = std::make_shared<SourceProblem>(SourceProblem{
        .outcome = Outcome::kIo, .reason = error.cause(), .hint = {}, .on_record = false});
    return refused_argument(refused);
  }
  return source;
}

// Files of one directory share its handle, however the list is ordered.
std::shared_ptr<const SourceRoot> Walk::root_of_file(const std::string& parent) {
  constexpr std::size_t kMaxFileRoots = 4096;
  if (const auto found = file_roots_.find(parent); found != file_roots_.end()) {
    if (auto root = found->second.lock()) return root;
  }
  if (file_roots_.size() >= kMaxFileRoots) {
    std::erase_if(file_roots_, [](const auto& root) { return root.second.expired(); });
  }
  auto dir = files_.open_dir(parent);
  if (!dir) throw Error("open", parent, "it is gone", "check the path");
  auto root = std::make_shared<SourceRoot>();
  root->dir = std::move(*dir);
  root->path = parent;
  root->given = parent;
  root->key_prefix = kb_.prefix_of(parent).value_or(joined_path(parent, ""));
  root->sibling_rules = sibling_rules_;
  file_roots_[parent] = root;
  return root;
}

std::optional<Source> Walk::begin_directory(const GivenPath& given) {
  const auto kb_prefix = kb_.prefix_of(given.path);
  const RuleBase base = rule_base(files_, kb_, given.path, options_.ignore_files);
  path_ = base.prefix;
  given_offset_ = path_.size();
  const auto passage = passages_.find(current_);
  passage_ = passage == passages_.end() ? nullptr : &passage->second;
  try {
    auto dir = files_.open_dir(given.path);
    if (!dir) throw Error("open", given.path, "it is gone", "check the path");
    auto root = std::make_shared<SourceRoot>();
    root->dir = platform::duplicate(*dir);
    root->path = given.path;
    root->given = given.given;
    root->key_prefix = kb_prefix.value_or(joined_path(given.path, ""));
    root->sibling_rules = sibling_rules_;
    Level level{std::move(root), given_offset_, std::move(*dir), {}};
    level.path_size = path_.size();
    level.ignore = rules_above(base);
    level.walked_before = passage_ != nullptr;
    enter(std::move(level));
  } catch (const Error& error) {
    GivenPath refused = given;
    refused.problem = std::make_shared<SourceProblem>(SourceProblem{
        .outcome = Outcome::kIo, .reason = error.cause(), .hint = {}, .on_record = false});
    return refused_argument(refused);
  }
  return std::nullopt;
}

// The rules that hold everywhere, and those of the directories between the base and the one given.
std::shared_ptr<const IgnoreLevel> Walk::rules_above(const RuleBase& base) {
  auto rules = defaults_;
  if (base.prefix.empty() || !options_.ignore_files) return rules;
  auto dir = files_.open_dir(base.path);
  std::size_t offset = 0;
  while (dir && offset < base.prefix.size()) {
    rules = with_rules_of(files_, *dir, std::move(rules), offset,
                          joined_path(base.path, base.prefix.substr(0, offset)));
    const std::size_t slash = base.prefix.find('/', offset);
    dir = files_.open_dir(*dir, base.prefix.substr(offset, slash - offset));
    offset = slash + 1;
  }
  return rules;
}

std::optional<Source> Walk::step() {
  Level& level = levels_.back();
  path_.resize(level.path_size);
  if (level.next == level.entries.size()) {
    levels_.pop_back();
    return std::nullopt;
  }
  const DirEntry entry = std::move(level.entries[level.next++]);
  path_ += entry.name;
  return entry.kind == FileKind::kDirectory ? visit_directory(entry) : visit_file(entry);
}

// What holds for files and directories alike. `selected`: see Selection::last_match.
bool Walk::is_left_out(const DirEntry& entry, PathKind kind, std::size_t& selected) {
  const Level& level = levels_.back();
  const Decision decision = decide(level.ignore.get(), path_, kind);
  if (decision.verdict == Verdict::kIgnore) {
    skip(entry, SkipReason::kIgnored, decision.text());
    return true;
  }
  if (!options_.hidden && entry.name.starts_with('.')) {
    skip(entry, SkipReason::kHidden);
    return true;
  }
  selected = selection_.last_match(below_given(), kind, level.selected);
  const bool is_selected = kind == PathKind::kFile ? selection_.takes_file(selected)
                                                   : selection_.enters_directory(selected);
  if (!is_selected) skip(entry, SkipReason::kNotSelected);
  return !is_selected;
}

std::optional<Source> Walk::visit_directory(const DirEntry& entry) {
  std::size_t selected = Selection::kNone;
  if (is_left_out(entry, PathKind::kDirectory, selected)) return std::nullopt;
  const Level& parent = levels_.back();
  if (levels_.size() >= kMaxDepth) {
    return failing("it is more than " + std::to_string(kMaxDepth) + " directories deep",
                   PathKind::kDirectory);
  }
  if (path_.size() - parent.root_offset > kMaxPathBytes) {
    return failing(kPathTooLong, PathKind::kDirectory);
  }
  try {
    auto dir = files_.open_dir(parent.dir, entry.name);
    if (!dir) {  // gone since it was listed, or a symlink now
      skip(entry, SkipReason::kGone);
      return std::nullopt;
    }
    Level level{parent.root, parent.root_offset, std::move(*dir), {}};
    level.ignore = parent.ignore;
    level.selected = selected;
    level.walked_before = is_walked_before(parent, PathKind::kDirectory);
    level.is_walked_again = parent.is_walked_again;
    if (!become_kb(level)) {
      skip(entry, SkipReason::kKnowledgeBase);
      return std::nullopt;
    }
    if (met_as_given_directory(level)) return std::nullopt;
    path_ += '/';
    level.path_size = path_.size();
    enter(std::move(level));
  } catch (const Error& error) {
    if (path_.ends_with('/')) path_.pop_back();
    return failing(error.cause(), PathKind::kDirectory);
  }
  return std::nullopt;
}

// False for a directory that is the KB's own. From the KB's root on sources are the KB's, with the
// keys that they have from within it.
bool Walk::become_kb(Level& level) {
  if (!kb_.exists()) return true;
  const auto identity = files_.info(level.dir).identity;
  if (kb_.is_own(identity)) return false;
  if (!kb_.is_root(identity)) return true;
  auto root = std::make_shared<SourceRoot>();
  root->dir = platform::duplicate(level.dir);
  root->path = kb_.path();
  root->given = shown();
  root->sibling_rules = sibling_rules_;
  level.root = std::move(root);
  level.root_offset = path_.size() + 1;
  return true;
}

// True if the directory was given before the current one, so that its own walk has taken all that
// this one could: rules only get stricter with the directories above. That does not hold for -g.
bool Walk::met_as_given_directory(Level& level) {
  if (given_.size() < 2 || !selection_.empty()) return false;
  const Level& parent = levels_.back();
  const auto index = given_.find(joined_path(parent.root->path, below_root(parent)));
  if (!index) return false;
  if (given_[*index].handed_out) return true;
  passages_[*index] = {level.ignore, path_ + "/"};
  level.is_walked_again = true;
  return false;
}

// Lists a directory and puts it on the stack.
void Walk::enter(Level level) {
  if (options_.on_directory) {
    options_.on_directory(joined_path(level.root->path, path_.substr(level.root_offset)));
  }
  level.entries = files_.list(level.dir);
  if (options_.ignore_files && has_rules(level.entries)) {
    std::string directory = shown();
    level.ignore =
        with_rules_of(files_, level.dir, std::move(level.ignore), level.path_size, directory);
  }
  std::sort(level.entries.begin(), level.entries.end(), comes_before);
  levels_.push_back(std::move(level));
}

std::optional<Source> Walk::visit_file(const DirEntry& entry) {
  const Level& level = levels_.back();
  const auto leave_out = [&](SkipReason why) {
    skip(entry, why);
    return std::nullopt;
  };
  if (entry.name == IgnoreRules::kFileName) return leave_out(SkipReason::kIgnoreFile);
  std::size_t selected = Selection::kNone;
  if (is_left_out(entry, PathKind::kFile, selected)) return std::nullopt;
  if (entry.kind == FileKind::kOther) return leave_out(SkipReason::kSpecialFile);
  if (is_walked_before(level, PathKind::kFile)) return std::nullopt;
  if (entry.kind == FileKind::kSymlink) {
    if (const auto why = reason_against_link(level)) return leave_out(*why);
  }
  if (options_.takes_extension && !options_.takes_extension(extension_of(entry.name))) {
    return leave_out(SkipReason::kUnsupported);
  }
  Source source;
  source.root = level.root;
  source.relative = below_root(level);
  source.given = shown();
  if (source.relative.size() > kMaxPathBytes) return failing(kPathTooLong, PathKind::kFile);
  if (given_.size() > 1) {
    const auto index = given_.find(joined_path(level.root->path, source.relative));
    if (index && std::exchange(given_[*index].handed_out, true)) return std::nullopt;
  }
  return source;
}

// Why a symlink is no source; nothing if it leads to a file below the root that is not the KB's
// own, or to one that may not be read, which is its document's failure.
std::optional<SkipReason> Walk::reason_against_link(const Level& level) {
  const std::string relative = below_root(level);
  try {
    const auto target = files_.resolve_info(level.root->dir, relative);
    if (!target) return SkipReason::kBrokenLink;
    if (target->kind == FileKind::kDirectory) return SkipReason::kLinkToFolder;
    if (target->kind != FileKind::kRegular) return SkipReason::kSpecialFile;
    const std::string path = joined_path(level.root->path, relative);
    if (kb_.exists() && kb_.owns(without_symlinks(path))) return SkipReason::kKnowledgeBase;
    const auto file = files_.open_read(level.root->dir, relative, platform::Symlinks::kInside);
    if (!file) return SkipReason::kBrokenLink;
  } catch (const SystemError& error) {
    // The system's error for a link that would leave the root.
    if (error.is(std::errc::cross_device_link)) return SkipReason::kLinkOutside;
    if (error.is(std::errc::too_many_symbolic_link_levels)) return SkipReason::kBrokenLink;
  }
  return std::nullopt;
}

// Whether the earlier walk's rules let it in as well. Rules that both walks know are nearer than
// those above the directory that was given, which only the earlier one knew, and these are nearer
// than the rules that hold everywhere.
bool Walk::is_walked_before(const Level& level, PathKind kind) const {
  if (!level.walked_before) return false;
  const Decision shared = decide(level.ignore.get(), path_, kind);
  if (shared.level != nullptr && shared.level != defaults_.get()) {
    return shared.verdict == Verdict::kKeep;
  }
  const std::string path = passage_->path + std::string(below_given());
  return decide(passage_->ignore.get(), path, kind).verdict != Verdict::kIgnore;
}

// Reports an entry that is left out, unless another walk or the argument that names it does.
void Walk::skip(const DirEntry& entry, SkipReason why, std::string rule) {
  if (!options_.on_skipped) return;
  const Level& level = levels_.back();
  const auto kind = entry.kind == FileKind::kDirectory ? PathKind::kDirectory : PathKind::kFile;
  const bool is_rule_file = why == SkipReason::kIgnoreFile;
  if (level.is_walked_again && (why == SkipReason::kIgnored || is_rule_file)) return;
  if (!is_rule_file && is_walked_before(level, kind)) return;
  const std::string relative = below_root(level);
  if (given_.size() > 1 && given_.find(joined_path(level.root->path, relative))) return;
  options_.on_skipped({.given = shown(),
                       .path = level.root->key_prefix + relative,
                       .kind = kind_of(entry),
                       .why = why,
                       .rule = std::move(rule),
                       .before = handed_out_});
}

// A source for what cannot be read at the current path, unless an earlier walk had it.
std::optional<Source> Walk::failing(std::string reason, PathKind kind) const {
  const Level& level = levels_.back();
  if (is_walked_before(level, kind)) return std::nullopt;
  Source source;
  source.root = level.root;
  source.relative = below_root(level);
  source.given = shown();
  source.problem = std::make_shared<SourceProblem>(
      SourceProblem{Outcome::kIo, std::move(reason), "check the permissions of its folder"});
  return source;
}

std::string Walk::shown() const {
  return joined_path(given_[current_].given, below_given());
}

}  // namespace sluice::scan
