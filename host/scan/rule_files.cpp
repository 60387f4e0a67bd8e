#include "scan/rule_files.h"

#include <algorithm>
#include <span>

#include "platform/error.h"
#include "scan/given_paths.h"

namespace sluice::scan {
namespace {

using platform::FileKind;

// Nobody writes a larger one by hand, and every file is matched against all of it.
constexpr std::size_t kMaxIgnoreFileBytes = 256 << 10;
constexpr const char* kNext = "mend the file, or give --no-ignore";
constexpr const char* kGitDirectory = ".git";
constexpr const char* kGitExclude = "info/exclude";

std::string read_rules(platform::Files& files, const platform::File& file,
                       const std::string& name) {
  const auto fail = [&name](const std::string& cause) {
    throw Error("read", "the ignore rules", "its " + name + " " + cause, kNext);
  };
  try {
    const platform::FileInfo info = files.info(file);
    if (info.kind != FileKind::kRegular) fail("is not a file");
    if (info.identity.size > kMaxIgnoreFileBytes) fail("is larger than 256 KiB");
    std::string text(static_cast<std::size_t>(info.identity.size), '\0');
    text.resize(files.read(file, 0, std::as_writable_bytes(std::span(text))));
    return text;
  } catch (const SystemError& error) {
    fail("cannot be read: " + error.cause());
  }
  return {};
}

std::optional<platform::File> open_rules(platform::Files& files, const platform::Dir& dir,
                                         const std::string& name, platform::Symlinks symlinks) {
  try {
    return files.open_read(dir, name, symlinks);
  } catch (const SystemError& error) {
    throw Error("read", "the ignore rules", "its " + name + " cannot be read: " + error.cause(),
                kNext);
  }
}

// Git follows no link to a .gitignore, and neither reads nor minds a directory of that name.
bool is_for_git(platform::Files& files, const platform::Dir& dir, const std::string& name) {
  const auto info = files.info(dir, name);
  return info && info->kind == FileKind::kRegular;
}

// A repository that somebody else keeps to himself gives no rules.
std::optional<platform::File> open_exclude(platform::Files& files, const platform::Dir& dir) {
  try {
    const auto git = files.open_dir(dir, kGitDirectory);
    if (!git) return std::nullopt;
    return files.open_read(*git, kGitExclude, platform::Symlinks::kInside);
  } catch (const SystemError&) {
    return std::nullopt;
  }
}

}  // namespace

std::shared_ptr<const IgnoreLevel> default_rules(const std::vector<std::string>& patterns) {
  if (patterns.empty()) return nullptr;
  std::string text;
  for (const std::string& pattern : patterns) text += pattern + "\n";
  return std::make_shared<IgnoreLevel>(
      IgnoreLevel{nullptr, IgnoreRules(text), 0, "[ingest] ignore", false});
}

std::shared_ptr<const IgnoreLevel> with_rules_of(platform::Files& files, const platform::Dir& dir,
                                                 std::shared_ptr<const IgnoreLevel> above,
                                                 std::size_t offset, const std::string& shown) {
  const auto add = [&](const platform::File& file, const std::string& name) {
    above = std::make_shared<IgnoreLevel>(IgnoreLevel{std::move(above),
                                                      IgnoreRules(read_rules(files, file, name)),
                                                      offset, joined_path(shown, name)});
  };
  if (const auto exclude = open_exclude(files, dir)) add(*exclude, ".git/info/exclude");
  if (is_for_git(files, dir, IgnoreRules::kGitFileName)) {
    const auto file =
        open_rules(files, dir, IgnoreRules::kGitFileName, platform::Symlinks::kRefuse);
    if (file) add(*file, IgnoreRules::kGitFileName);
  }
  const auto own = open_rules(files, dir, IgnoreRules::kFileName, platform::Symlinks::kInside);
  if (own) add(*own, IgnoreRules::kFileName);
  return above;
}

bool has_rules(const std::vector<platform::DirEntry>& entries) {
  return std::any_of(entries.begin(), entries.end(), [](const platform::DirEntry& entry) {
    return entry.name == IgnoreRules::kFileName || entry.name == IgnoreRules::kGitFileName ||
           entry.name == kGitDirectory;
  });
}

RuleBase rule_base(platform::Files& files, const KbPlace& kb, const std::string& directory,
                   bool ignore_files) {
  std::optional<std::string> top;
  if (kb.prefix_of(directory)) top = kb.path();
  if (ignore_files) {
    const auto repository = repository_of(files, directory);
    if (repository && (!top || repository->size() < top->size())) top = repository;
  }
  if (!top || top->size() >= directory.size()) return {directory, ""};
  return {*top, directory.substr(*top == "/" ? 1 : top->size() + 1) + "/"};
}

std::optional<std::string> repository_of(platform::Files& files, const std::string& path) {
  for (std::string directory = path;;) {
    try {
      const auto dir = files.open_dir(directory);
      if (dir && files.info(*dir, kGitDirectory)) return directory;
    } catch (const SystemError&) {
      return std::nullopt;  // what may not be looked at gives no rules
    }
    const std::size_t slash = directory.rfind('/');
    if (directory == "/" || slash == std::string::npos) return std::nullopt;
    directory.resize(std::max<std::size_t>(slash, 1));
  }
}

}  // namespace sluice::scan
