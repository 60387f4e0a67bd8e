#include "owner/link_targets.h"

#include <algorithm>
#include <optional>

#include "model/names.h"
#include "model/nearest_file.h"
#include "model/source.h"

namespace sluice::owner {
namespace {

constexpr std::string_view kMarkdown = ".md";
constexpr std::string_view kIndexPage = "index.html";

std::string_view last_part(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string_view folder_of(std::string_view path) {
  return path.substr(0, path.rfind('/') + 1);
}

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    parts.push_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

// `folder` (empty, or with `/` at its end) and then `path`, without `.`, `..` and empty parts. An
// empty text if it leads above where `folder` begins. A folder's path ends in `/`.
std::optional<std::string> joined(std::string_view folder, std::string_view path) {
  std::vector<std::string_view> parts = parts_of(folder);
  bool is_folder = path.ends_with('/');
  for (const std::string_view part : parts_of(path)) {
    is_folder = path.ends_with('/') || part == "." || part == "..";
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      return std::nullopt;
    } else {
      parts.pop_back();
    }
  }
  std::string out;
  for (const std::string_view part : parts) {
    if (!out.empty()) out += '/';
    out += part;
  }
  if (is_folder && !out.empty()) out += '/';
  return out;
}

// A path key of the file that `path` leads to from a source of that key.
std::optional<std::string> key_of(std::string_view kb_path, std::string_view path_key,
                                  std::string_view path) {
  const std::string_view container = container_of(path_key);
  if (container.empty() && is_url(path_key)) {
    std::string why_not;
    const auto page = parse_url(path_key, why_not);
    const auto target = page ? resolve_url(*page, path, why_not) : std::nullopt;
    return target ? std::optional(target->text()) : std::nullopt;
  }
  if (!container.empty()) {
    auto within = joined(folder_of(path_key.substr(container.size())), path);
    if (within) within->insert(0, container);
    return within;
  }
  const bool is_absolute = path_key.starts_with('/');
  std::string folder;
  if (!is_absolute)
    folder = std::string(kb_path.substr(std::min<std::size_t>(1, kb_path.size()))) + '/';
  folder += folder_of(is_absolute ? path_key.substr(1) : path_key);
  const auto absolute = joined(folder, path);
  if (!absolute) return std::nullopt;
  std::string key = "/" + *absolute;
  const std::string kb = std::string(kb_path) + '/';
  if (key.starts_with(kb)) key.erase(0, kb.size());
  return key;
}

}  // namespace

std::string_view container_of(std::string_view path_key) {
  const std::size_t at = path_key.rfind(kWithin);
  return at == std::string_view::npos ? std::string_view()
                                      : path_key.substr(0, at + kWithin.size());
}

std::string file_key(std::string_view path_key) {
  return name_key(last_part(path_key));
}

std::vector<std::string> targets_by_path(std::string_view kb_path, std::string_view path_key,
                                         std::string_view path) {
  const auto key = key_of(kb_path, path_key, path);
  if (!key || key->empty()) return {};
  if (is_url(*key)) return {*key};
  if (key->ends_with('/')) return {*key + std::string(kIndexPage)};
  std::vector<std::string> targets = {*key};
  if (extension_of(last_part(*key)).empty()) {
    targets.push_back(*key + std::string(kMarkdown));
    targets.push_back(*key + '/' + std::string(kIndexPage));
  }
  return targets;
}

std::vector<std::string> file_keys_by_name(std::string_view path) {
  const std::string_view name = last_part(path);
  if (name.empty()) return {};
  const std::string key = name_key(name);
  const std::string note = key + std::string(kMarkdown);
  // "Node.js" may be a note of that name; a name without a dot surely is one.
  if (extension_of(name).empty()) return {note};
  return {key, note};
}

std::vector<std::string> link_targets(std::string_view kb_path, std::string_view path_key,
                                      const LinkWish& wish) {
  if (!wish.by_name) return targets_by_path(kb_path, path_key, wish.path);
  std::vector<std::string> targets = file_keys_by_name(wish.path);
  for (std::string& target : targets) target.insert(0, kByName);
  return targets;
}

int nearest_candidate(std::string_view path_key, std::string_view path,
                      const std::vector<std::string_view>& candidates) {
  const std::string_view container = container_of(path_key);
  for (const std::size_t place : nearest_files(path_key, path, candidates)) {
    if (container_of(candidates[place]) == container) return static_cast<int>(place);
  }
  return -1;
}

}  // namespace sluice::owner
