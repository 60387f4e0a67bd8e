// The walk behind the scanner: a stack of directories, one for each level on the way down, each
// with its sorted entries. Files come out as the walk meets them.
#include "scan/scanner.h"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <utility>

#include "model/names.h"
#include "platform/error.h"
#include "scan/given_paths.h"
#include "scan/ignore.h"

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
// Nobody writes a larger one by hand, and every file is matched against all of it.
constexpr std::size_t kMaxIgnoreFileBytes = 256 << 10;

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

struct Level {
  std::shared_ptr<const SourceRoot> root;
  std::size_t root_offset;  // where in the path the part below root begins
  Dir dir;
  std::vector<DirEntry> entries;  // sorted
  std::size_t next = 0;
  std::size_t path_size;  // of this directory's path, with the `/` behind it
  std::shared_ptr<const IgnoreLevel> ignore;
  std::size_t selected = Selection::kNone;
  // An earlier walk came through here and took what its own rules let it take.
  bool walked_before = false;
};

}  // namespace

class Scanner::Walk {
 public:
  Walk(platform::Files& files, const std::vector<std::string>& paths, ScanOptions options)
      : files_(files),
        options_(std::move(options)),
        selection_(options_.globs),
        kb_(files, options_.kb_path),
        given_(files, kb_, paths) {}

  std::optional<Source> next();

  std::vector<ScanProblem> problems;
  std::uint64_t passed_over = 0;

 private:
  // The rules under which an earlier walk reached a directory that was given as well.
  struct Passage {
    std::shared_ptr<const IgnoreLevel> ignore;
    std::string path;  // of the directory, as that walk's rules see it, with a `/` behind
  };

  std::optional<Source> begin(std::size_t index);
  std::optional<Source> take_given_file(GivenPath& given);
  std::shared_ptr<const SourceRoot> root_of_file(const std::string& parent);
  void begin_directory(const GivenPath& given);
  std::shared_ptr<const IgnoreLevel> rules_above(const std::string& kb_prefix);

  std::optional<Source> step();
  void visit_directory(const DirEntry& entry);
  std::optional<Source> visit_file(const DirEntry& entry);
  void enter(Level level);
  void read_ignore_file(Level& level);
  bool is_let_in(const Level& level, PathKind kind) const;
  bool was_walked_before(const Level& level, PathKind kind) const;
  bool met_as_given_directory(const Level& level);
  bool leads_to_source(const Level& level);

  std::string_view below_given() const { return std::string_view(path_).substr(given_offset_); }
  std::string shown() const;
  void report(std::string reason) { problems.push_back({shown(), std::move(reason)}); }

  platform::Files& files_;
  const ScanOptions options_;
  const Selection selection_;
  const KbPlace kb_;
  GivenPaths given_;
  std::size_t next_given_ = 0;
  std::unordered_map<std::size_t, Passage> passages_;
  std::unordered_map<std::string, std::weak_ptr<const SourceRoot>> file_roots_;

  // The walk of one given directory. Paths are relative to it or, where it lies in the KB, to the
  // KB: then the ignore files above it count as well.
  std::vector<Level> levels_;
  std::string path_;
  std::size_t given_offset_ = 0;  // where in the path the part below the given directory begins
  std::size_t current_ = 0;
  const Passage* passage_ = nullptr;
};

std::optional<Source> Scanner::Walk::next() {
  while (true) {
    std::optional<Source> source;
    if (!levels_.empty()) {
      source = step();
    } else if (next_given_ < given_.size()) {
      source = begin(next_given_++);
    } else {
      return std::nullopt;
    }
    if (source) return source;
  }
}

std::optional<Source> Scanner::Walk::begin(std::size_t index) {
  current_ = index;
  // The same path given twice counts once, in its first place.
  GivenPath& given = given_[given_.find(given_[index].path).value_or(index)];
  if (std::exchange(given.handed_out, true)) return std::nullopt;
  if (given.kind == PathKind::kFile) return take_given_file(given);
  begin_directory(given);
  return std::nullopt;
}

std::optional<Source> Scanner::Walk::take_given_file(GivenPath& given) {
  const std::size_t slash = given.path.rfind('/');
  Source source;
  source.given = given.given;
  try {
    source.root = root_of_file(given.path.substr(0, std::max<std::size_t>(slash, 1)));
  } catch (const Error& error) {
    problems.push_back({given.given, error.cause()});
    return std::nullopt;
  }
  source.relative = given.path.substr(slash + 1);
  return source;
}

// Files of one directory share its handle, however the list is ordered.
std::shared_ptr<const SourceRoot> Scanner::Walk::root_of_file(const std::string& parent) {
  constexpr std::size_t kManyRoots = 4096;
  if (const auto found = file_roots_.find(parent); found != file_roots_.end()) {
    if (auto root = found->second.lock()) return root;
  }
  if (file_roots_.size() >= kManyRoots) {
    std::erase_if(file_roots_, [](const auto& root) { return root.second.expired(); });
  }
  auto dir = files_.open_dir(parent);
  if (!dir) throw Error("open", parent, "it is gone");
  auto root = std::make_shared<SourceRoot>();
  root->dir = std::move(*dir);
  root->path = parent;
  root->given = parent;
  root->key_prefix = kb_.prefix_of(parent).value_or(joined_path(parent, ""));
  file_roots_[parent] = root;
  return root;
}

void Scanner::Walk::begin_directory(const GivenPath& given) {
  const auto kb_prefix = kb_.prefix_of(given.path);
  path_ = kb_prefix.value_or("");
  given_offset_ = path_.size();
  const auto passage = passages_.find(current_);
  passage_ = passage == passages_.end() ? nullptr : &passage->second;
  try {
    auto dir = files_.open_dir(given.path);
    if (!dir) throw Error("open", given.path, "it is gone");
    auto root = std::make_shared<SourceRoot>();
    root->dir = platform::duplicate(*dir);
    root->path = given.path;
    root->given = given.given;
    root->key_prefix = kb_prefix.value_or(joined_path(given.path, ""));
    Level level{std::move(root), given_offset_, std::move(*dir), {}, 0, path_.size(), nullptr};
    level.ignore = rules_above(path_);
    level.walked_before = passage_ != nullptr;
    enter(std::move(level));
  } catch (const Error& error) {
    problems.push_back({given.given, error.cause()});
  }
}

// The ignore files of the KB's root and of the directories between it and the one that was given.
std::shared_ptr<const IgnoreLevel> Scanner::Walk::rules_above(const std::string& kb_prefix) {
  if (kb_prefix.empty()) return nullptr;
  Level level{nullptr, 0, {}, {}, 0, 0, nullptr};
  if (auto kb = files_.open_dir(kb_.path())) level.dir = std::move(*kb);
  while (level.dir && level.path_size < kb_prefix.size()) {
    read_ignore_file(level);
    const std::size_t slash = kb_prefix.find('/', level.path_size);
    auto below =
        files_.open_dir(level.dir, kb_prefix.substr(level.path_size, slash - level.path_size));
    level.dir = below ? std::move(*below) : Dir{};
    level.path_size = slash + 1;
  }
  return level.ignore;
}

std::optional<Source> Scanner::Walk::step() {
  Level& level = levels_.back();
  path_.resize(level.path_size);
  if (level.next == level.entries.size()) {
    levels_.pop_back();
    return std::nullopt;
  }
  const DirEntry entry = std::move(level.entries[level.next++]);
  path_ += entry.name;
  if (entry.kind != FileKind::kDirectory) return visit_file(entry);
  visit_directory(entry);
  return std::nullopt;
}

void Scanner::Walk::visit_directory(const DirEntry& entry) {
  const Level& parent = levels_.back();
  if (!is_let_in(parent, PathKind::kDirectory)) return;
  const std::size_t selected =
      selection_.last_match(below_given(), PathKind::kDirectory, parent.selected);
  if (!selection_.enters_directory(selected)) return;
  if (levels_.size() >= kMaxDepth) {
    return report("it is more than " + std::to_string(kMaxDepth) + " directories deep");
  }
  if (path_.size() - parent.root_offset > kMaxPathBytes) return report(kPathTooLong);
  const bool walked_before = was_walked_before(parent, PathKind::kDirectory);
  try {
    auto dir = files_.open_dir(parent.dir, entry.name);
    if (!dir) return;  // gone since it was listed, or a symlink now
    Level level{parent.root, parent.root_offset, std::move(*dir), {}, 0, 0, parent.ignore};
    level.selected = selected;
    level.walked_before = walked_before;
    if (kb_.exists()) {
      const auto identity = files_.info(level.dir).identity;
      if (kb_.is_own(identity)) return;
      if (kb_.is_root(identity)) {
        // From here on sources are the KB's, with the keys that they have from within it.
        auto root = std::make_shared<SourceRoot>();
        root->dir = platform::duplicate(level.dir);
        root->path = kb_.path();
        root->given = shown();
        level.root = std::move(root);
        level.root_offset = path_.size() + 1;
      }
    }
    if (met_as_given_directory(level)) return;
    path_ += '/';
    level.path_size = path_.size();
    enter(std::move(level));
  } catch (const Error& error) {
    report(error.cause());
  }
}

// True if the directory was given before the current one, so that its own walk has taken all that
// this one could: rules only get stricter with the directories above. That does not hold for -g.
bool Scanner::Walk::met_as_given_directory(const Level& level) {
  if (given_.size() < 2 || !selection_.empty()) return false;
  const Level& parent = levels_.back();
  const auto index = given_.find(joined_path(parent.root->path, path_.substr(parent.root_offset)));
  if (!index) return false;
  if (given_[*index].handed_out) return true;
  passages_[*index] = {level.ignore, path_ + "/"};
  return false;
}

// Lists a directory and puts it on the stack.
void Scanner::Walk::enter(Level level) {
  level.entries = files_.list(level.dir);
  const bool has_rules =
      std::any_of(level.entries.begin(), level.entries.end(),
                  [](const DirEntry& entry) { return entry.name == IgnoreRules::kFileName; });
  if (has_rules) read_ignore_file(level);
  std::erase_if(level.entries, [this](const DirEntry& entry) {
    return entry.kind == FileKind::kOther || entry.name == IgnoreRules::kFileName ||
           (!options_.hidden && entry.name.starts_with('.'));
  });
  std::sort(level.entries.begin(), level.entries.end(), comes_before);
  levels_.push_back(std::move(level));
}

// Throws if there are rules that cannot be read: then nothing below is taken, for it may be what
// they were to keep out.
void Scanner::Walk::read_ignore_file(Level& level) {
  if (!options_.ignore_files) return;
  const auto fail = [](const std::string& cause) {
    throw Error("read", IgnoreRules::kFileName, "its .sluiceignore " + cause);
  };
  std::string text;
  try {
    const auto file =
        files_.open_read(level.dir, IgnoreRules::kFileName, platform::Symlinks::kInside);
    if (!file) return;
    const platform::FileInfo info = files_.info(*file);
    if (info.kind != FileKind::kRegular) fail("is not a file");
    if (info.identity.size > kMaxIgnoreFileBytes) fail("is too large");
    text.resize(static_cast<std::size_t>(info.identity.size));
    text.resize(files_.read(*file, 0, std::as_writable_bytes(std::span(text))));
  } catch (const SystemError& error) {
    fail("cannot be read: " + error.cause());
  }
  level.ignore = std::make_shared<IgnoreLevel>(
      IgnoreLevel{std::move(level.ignore), IgnoreRules(text), level.path_size});
}

std::optional<Source> Scanner::Walk::visit_file(const DirEntry& entry) {
  const Level& level = levels_.back();
  if (!is_let_in(level, PathKind::kFile)) return std::nullopt;
  if (!selection_.takes_file(
          selection_.last_match(below_given(), PathKind::kFile, level.selected))) {
    return std::nullopt;
  }
  if (was_walked_before(level, PathKind::kFile)) return std::nullopt;
  if (entry.kind == FileKind::kSymlink && !leads_to_source(level)) return std::nullopt;
  if (options_.takes_extension && !options_.takes_extension(extension_of(entry.name))) {
    ++passed_over;
    return std::nullopt;
  }
  Source source;
  source.root = level.root;
  source.relative = path_.substr(level.root_offset);
  source.given = shown();
  if (source.relative.size() > kMaxPathBytes) {
    report(kPathTooLong);
    return std::nullopt;
  }
  if (given_.size() > 1) {
    const auto index = given_.find(joined_path(level.root->path, source.relative));
    if (index && std::exchange(given_[*index].handed_out, true)) return std::nullopt;
  }
  return source;
}

bool Scanner::Walk::is_let_in(const Level& level, PathKind kind) const {
  return verdict(level.ignore.get(), path_, kind) != Verdict::kIgnore;
}

// Whether the earlier walk's rules let it in as well. Those it shares with this walk did: what is
// left are the ignore files above the directory that was given.
bool Scanner::Walk::was_walked_before(const Level& level, PathKind kind) const {
  if (!level.walked_before) return false;
  if (verdict(level.ignore.get(), path_, kind) == Verdict::kKeep) return true;
  const std::string path = passage_->path + std::string(below_given());
  return verdict(passage_->ignore.get(), path, kind) != Verdict::kIgnore;
}

// Whether a symlink leads to a file below the root that is not the KB's own.
bool Scanner::Walk::leads_to_source(const Level& level) {
  const std::string relative = path_.substr(level.root_offset);
  try {
    const auto file = files_.open_read(level.root->dir, relative, platform::Symlinks::kInside);
    if (!file || files_.info(*file).kind != FileKind::kRegular) return false;
    return !kb_.exists() || !kb_.owns(without_symlinks(joined_path(level.root->path, relative)));
  } catch (const SystemError&) {
    return false;
  }
}

std::string Scanner::Walk::shown() const {
  return joined_path(given_[current_].given, below_given());
}

Scanner::Scanner(platform::Files& files, const std::vector<std::string>& paths, ScanOptions options)
    : walk_(std::make_unique<Walk>(files, paths, std::move(options))) {}

Scanner::~Scanner() = default;

std::optional<Source> Scanner::next() {
  return walk_->next();
}

const std::vector<ScanProblem>& Scanner::problems() const {
  return walk_->problems;
}

std::uint64_t Scanner::passed_over() const {
  return walk_->passed_over;
}

}  // namespace sluice::scan
