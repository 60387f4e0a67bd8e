#include "scan/given_paths.h"

#include <algorithm>
#include <filesystem>

#include "model/layout.h"
#include "platform/error.h"

namespace sluice::scan {
namespace {

namespace fs = std::filesystem;
using platform::FileKind;

bool is_below(std::string_view path, std::string_view directory) {
  if (!path.starts_with(directory)) return false;
  return path.size() == directory.size() || directory == "/" || path[directory.size()] == '/';
}

std::string without_trailing_slashes(const std::string& path) {
  const std::size_t last = path.find_last_not_of('/');
  return last == std::string::npos ? path.substr(0, 1) : path.substr(0, last + 1);
}

}  // namespace

std::string without_symlinks(const std::string& path) {
  std::error_code error;
  const auto real = std::filesystem::canonical(path, error);
  if (error) throw SystemError("add", path, error);
  return real.string();
}

std::string joined_path(std::string_view directory, std::string_view name) {
  std::string path(directory);
  if (!path.ends_with('/')) path += '/';
  path += name;
  return path;
}

KbPlace::KbPlace(platform::Files& files, const std::optional<std::string>& kb_path) {
  if (!kb_path) return;
  path_ = without_symlinks(*kb_path);
  const auto place_of = [](const platform::FileIdentity& id) { return Place{id.device, id.inode}; };
  if (const auto root = files.open_dir(path_)) root_ = place_of(files.info(*root).identity);
  for (const char* name : {layout::kState, layout::kWiki, layout::kRaw}) {
    const std::string own = joined_path(path_, name);
    // Through a symlink too: then what it leads to is the KB's.
    if (const auto dir = files.open_dir(own)) {
      own_.push_back(place_of(files.info(*dir).identity));
      own_paths_.push_back(without_symlinks(own));
    }
  }
}

bool KbPlace::is_own(const platform::FileIdentity& directory) const {
  return std::any_of(own_.begin(), own_.end(), [&](const Place& place) {
    return place.device == directory.device && place.inode == directory.inode;
  });
}

bool KbPlace::is_root(const platform::FileIdentity& directory) const {
  return exists() && root_.device == directory.device && root_.inode == directory.inode;
}

bool KbPlace::owns(std::string_view path) const {
  return std::any_of(own_paths_.begin(), own_paths_.end(),
                     [&](const std::string& own) { return is_below(path, own); });
}

std::optional<std::string> KbPlace::prefix_of(const std::string& directory) const {
  if (!exists() || !is_below(directory, path_)) return std::nullopt;
  if (directory.size() == path_.size()) return std::string();
  return directory.substr(path_ == "/" ? 1 : path_.size() + 1) + "/";
}

GivenPaths::GivenPaths(platform::Files& files, const KbPlace& kb,
                       const std::vector<std::string>& paths) {
  auto working_dir = files.open_dir(".");
  if (!working_dir) throw Error("use", "the working directory", "it is gone", "change to another");
  working_dir_ = std::move(*working_dir);
  paths_.reserve(paths.size());
  by_path_.reserve(paths.size());
  for (const std::string& path : paths) {
    paths_.push_back(look_up(files, kb, path));
    if (!paths_.back().problem) by_path_.try_emplace(paths_.back().path, paths_.size() - 1);
  }
}

std::optional<std::size_t> GivenPaths::find(const std::string& path) const {
  const auto found = by_path_.find(path);
  if (found == by_path_.end()) return std::nullopt;
  return found->second;
}

// A path that cannot be used is not on record: typing it again reports it again.
GivenPath GivenPaths::look_up(platform::Files& files, const KbPlace& kb, const std::string& given) {
  SourceProblem problem;
  problem.on_record = false;
  try {
    return looked_up(files, kb, given);
  } catch (const SourceProblem& refused) {
    problem = refused;
    problem.on_record = false;
  } catch (const SystemError& error) {
    problem.reason = error.cause();
    problem.hint = error.next();
  }
  GivenPath found;
  found.given = given;
  const std::string possible = given.substr(0, given.find('\0'));
  if (is_url(given)) {
    found.path = given;
  } else if (!possible.empty()) {
    found.path = fs::absolute(possible).lexically_normal().string();
  }
  found.problem = std::make_shared<SourceProblem>(std::move(problem));
  return found;
}

GivenPath GivenPaths::looked_up(platform::Files& files, const KbPlace& kb,
                                const std::string& given) {
  if (is_url(given)) {
    std::string why_not;
    const auto url = parse_url(given, why_not);
    if (!url) throw SourceProblem{Outcome::kRefused, why_not, "check the URL"};
    return {.given = given, .path = url->text(), .is_web = true};
  }
  const bool possible = !given.empty() && given.find('\0') == std::string::npos;
  const auto info = possible ? files.resolve_info(working_dir_, given) : std::nullopt;
  if (!info) throw SourceProblem{Outcome::kIo, "no such file or directory", "check the path"};
  GivenPath found;
  if (info->kind == FileKind::kDirectory) {
    // Opened for the permission alone: a list of paths may be longer than the limit on open files.
    if (!files.open_dir(given)) throw SourceProblem{Outcome::kIo, "it is gone", "check the path"};
    found = {without_trailing_slashes(given), without_symlinks(given), PathKind::kDirectory};
  } else if (info->kind == FileKind::kRegular) {
    found = {given, path_of_file(files, given), PathKind::kFile};
  } else {
    throw SourceProblem{Outcome::kUnsupported, "it is neither a file nor a directory",
                        "copy what it holds to a file and add that"};
  }
  if (kb.owns(found.path) || kb.is_own(info->identity)) {
    throw SourceProblem{Outcome::kUnsupported, "it belongs to the knowledge base itself",
                        "add the documents it was made from"};
  }
  return found;
}

// The directory without symlinks and the file's own name, as a walk would find it. Only a symlink
// that leads out of its directory stands for the file behind it: it was named, so it is wanted.
std::string GivenPaths::path_of_file(platform::Files& files, const std::string& given) {
  const std::size_t slash = given.rfind('/');
  const std::string parent = slash == std::string::npos ? "." : given.substr(0, slash + 1);
  const std::string name = given.substr(slash + 1);
  if (parent != last_parent_) {
    last_parent_path_ = without_symlinks(parent);
    last_parent_ = parent;
  }
  const std::string path = joined_path(last_parent_path_, name);
  const auto itself = files.info(working_dir_, given);
  if (!itself || itself->kind != FileKind::kSymlink) return path;
  const std::string target = without_symlinks(given);
  return is_below(target, last_parent_path_) ? path : target;
}

}  // namespace sluice::scan
